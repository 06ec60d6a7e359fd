import Foundation
import Ledger

extension Instant {
  /// The system's clock: when a file is loaded that begins now.
  public static func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let (seconds, overflow) = Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    return Instant(nanoseconds: overflow ? .max : seconds + Int64(time.tv_nsec))
  }
}
