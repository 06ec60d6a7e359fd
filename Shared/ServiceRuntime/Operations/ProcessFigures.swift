#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a process knows of itself.
struct ProcessFigures: Sendable {
  /// When its services were set up, in seconds since 1970.
  let started = WallClock.milliseconds / 1_000

  /// Resident memory in bytes; nil if the system does not say.
  static var residentBytes: Int64? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return nil
    }
    let pages = text.split(separator: " ")
    guard pages.count > 1, let resident = Int64(pages[1]) else { return nil }
    return resident * Int64(sysconf(Int32(_SC_PAGESIZE)))
  }
}
