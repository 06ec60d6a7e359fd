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

  @Option(
    help: ArgumentHelp(
      "For how many days goods may be at a sub-manufacturer.", valueName: "days"))
  var submanufactureDays = 180

  func validate() throws {
    guard (0...36_500).contains(submanufactureDays) else {
      throw ValidationError("--submanufacture-days must be 0 to 36500.")
    }
    guard (0...36_500).contains(dueSoonDays) else {
      throw ValidationError("--due-soon-days must be 0 to 36500.")
    }
  }

  /// An export of a data folder.
  func export(of data: String) -> ReportExport {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return ReportExport(
      dataDirectory: data,
      today: today ?? CalendarDate(days: Int32(truncatingIfNeeded: now.tv_sec / 86_400)),
      dueSoonDays: dueSoonDays, submanufactureDays: submanufactureDays)
  }
}
