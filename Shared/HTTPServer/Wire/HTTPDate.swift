import Glibc
import Synchronization

/// The time as headers have it: `Mon, 30 Nov 2026 00:00:41 GMT`.
enum HTTPDate {
  private struct Cached {
    var second: time_t = -1
    var text = ""
  }

  private static let cached = Mutex(Cached())
  private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Now.
  static var now: String {
    let second = time(nil)
    return cached.withLock { cached in
      if cached.second != second { cached = Cached(second: second, text: text(second)) }
      return cached.text
    }
  }

  /// A time in seconds since 1970.
  static func text(_ second: time_t) -> String {
    var (second, parts) = (second, tm())
    gmtime_r(&second, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) "
      + "\(parts.tm_year + 1900) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
  }
}
