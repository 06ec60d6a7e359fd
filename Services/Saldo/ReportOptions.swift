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
    transform: Self.parseDay)
  var today: CalendarDate?

  @Option(
    help: ArgumentHelp(
      "How many days a side of a virtual transfer may be without the other.", valueName: "days"))
  var transferDays = ReportExport.transferDays

  func validate() throws {
    guard (0...36_500).contains(transferDays) else {
      throw ValidationError("--transfer-days must be 0 to 36500.")
    }
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
    ReportExport(
      dataDirectory: data, today: day, dueSoonDays: dueSoonDays, transferDays: transferDays,
      noticeDays: noticeDays, isSettled: isSettled)
  }

  /// The day that was asked for, or today.
  var day: CalendarDate { today ?? Self.currentDay() }

  /// The day of a text.
  static func parseDay(_ text: String) throws -> CalendarDate {
    do {
      return try CalendarDate(text)
    } catch {
      throw ValidationError("'\(text)' is not a day of the form YYYY-MM-DD.")
    }
  }

  /// Today, UTC.
  static func currentDay() -> CalendarDate {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return CalendarDate(days: Int32(truncatingIfNeeded: now.tv_sec / 86_400))
  }
}
