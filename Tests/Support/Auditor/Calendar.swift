/// Rules.md#R2.4: calendar months, clamped to the month's last day.
func addMonths(_ date: Text, _ months: Int) -> Text {
  let parts = date.string.split(separator: "-").compactMap { Int($0) }
  guard parts.count == 3 else { return date }
  let month = parts[0] * 12 + parts[1] - 1 + months
  let (y, m) = (month / 12, month % 12 + 1)
  return Text("\(padded(y, 4))-\(padded(m, 2))-\(padded(min(parts[2], lastDay(y, m)), 2))")
}

private func padded(_ n: Int, _ width: Int) -> String {
  let digits = String(n)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

private func isLeap(_ y: Int) -> Bool { y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) }

private func lastDay(_ y: Int, _ m: Int) -> Int {
  switch m {
  case 2: isLeap(y) ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}

/// A point in time, to any fraction of a second.
struct Instant: Comparable, Sendable {
  let seconds: Int
  /// Digits after the point, without trailing zeros: their order as text is their order.
  let fraction: Text

  /// Before any other: of an event without a time.
  static let never = Instant(seconds: Int.min, fraction: "")

  static func < (a: Instant, b: Instant) -> Bool {
    (a.seconds, a.fraction) < (b.seconds, b.fraction)
  }
}

extension Instant {
  /// Reads RFC 3339: `2024-01-31T10:00:00.25-06:00`.
  init?(rfc3339 text: String) {
    let s = Array(text.utf8)
    guard s.count >= 20, s[4] == UInt8(ascii: "-"), s[7] == UInt8(ascii: "-"),
      s[13] == UInt8(ascii: ":"), s[16] == UInt8(ascii: ":")
    else { return nil }
    func number(_ digits: some Collection<UInt8>) -> Int? {
      digits.isEmpty ? nil : Int(String(decoding: digits, as: UTF8.self))
    }
    guard let year = number(s[0..<4]), let month = number(s[5..<7]), let day = number(s[8..<10]),
      let hour = number(s[11..<13]), let minute = number(s[14..<16]),
      let second = number(s[17..<19])
    else { return nil }
    var rest = s[19...]
    var digits: [UInt8] = []
    if rest.first == UInt8(ascii: ".") {
      digits = rest.dropFirst().prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      rest = rest.dropFirst(1 + digits.count)
      while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    }
    var offset = 0
    if rest.count == 6, let hours = number(rest.dropFirst().prefix(2)),
      let m = number(rest.suffix(2))
    {
      offset = (rest.first == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + m) * 60
    } else if rest.count != 1 {
      return nil
    }
    let inYear = (1..<max(1, month)).reduce(day - 1) { $0 + lastDay(year, $1) }
    let before = year - 1
    let days = before * 365 + before / 4 - before / 100 + before / 400 + inYear
    seconds = ((days * 24 + hour) * 60 + minute) * 60 + second - offset
    fraction = Text(String(decoding: digits, as: UTF8.self))
  }
}

extension Instant {
  /// RFC 3339 in UTC, to the second.
  var text: String {
    var (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
    var (year, month) = (1, 1)
    while days >= (isLeap(year) ? 366 : 365) {
      (days, year) = (days - (isLeap(year) ? 366 : 365), year + 1)
    }
    while days >= lastDay(year, month) { (days, month) = (days - lastDay(year, month), month + 1) }
    let hour = rest / 3_600
    rest %= 3_600
    let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(days + 1, 2))"
    return "\(date)T\(padded(hour, 2)):\(padded(rest / 60, 2)):\(padded(rest % 60, 2))Z"
  }
}

/// The number of a day: those that follow one another differ by one.
func dayNumber(_ date: String) -> Int {
  (Instant(rfc3339: date + "T00:00:00Z")?.seconds ?? 0) / 86_400
}
