import ArgumentParser
import Foundation
import Ledger
import ReportingService

/// What the reports depend on beside the books.
struct ReportOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How many days ahead an entry counts as soon due.", valueName: "days"))
  var dueSoonDays = 30

  @Option(
    help: ArgumentHelp(
      "How many days before an act of destruction its notice must be given; sources say 15 or 30.",
      valueName: "days"))
  var noticeDays = 30

  @Option(
    help: ArgumentHelp(
      "The day, YYYY-MM-DD, against which time limits are held. (default: today, UTC)",
      valueName: "day"),
    transform: { text in
      do {
        return try CalendarDate(text)
      } catch {
        throw ValidationError("'\(text)' is not a day of the form YYYY-MM-DD.")
      }
    })
  var today: CalendarDate?

  func validate() throws {
    guard (0...36_500).contains(dueSoonDays) else {
      throw ValidationError("--due-soon-days must be 0 to 36500.")
    }
    guard (0...36_500).contains(noticeDays) else {
      throw ValidationError("--notice-days must be 0 to 36500.")
    }
  }

  /// An export of a data folder.
  ///
  /// - Parameter isSettled: whether the services have taken all that was sent and stand still.
  func export(of data: String, isSettled: Bool = false) -> ReportExport {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return ReportExport(
      dataDirectory: data,
      today: today ?? CalendarDate(days: Int32(truncatingIfNeeded: now.tv_sec / 86_400)),
      dueSoonDays: dueSoonDays, noticeDays: noticeDays, isSettled: isSettled)
  }
}
