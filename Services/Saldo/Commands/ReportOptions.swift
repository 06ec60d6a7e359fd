import ArgumentParser
import Foundation
import Ledger
import ReportingRules
import ReportingService
import ServiceRuntime

/// What the reports depend on beside the books.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The day, YYYY-MM-DD, as of which the books are reported: without anything dated later, and "
        + "judged on that day. (default: the books as they are now)", valueName: "day"),
    transform: Self.parseDay)
  var al: CalendarDate?

  @Option(
    help: ArgumentHelp(
      "How many days before its time limit an entry counts as due soon.", valueName: "days"))
  var dueSoonDays = 30

  @Option(help: "The format of the reports.")
  var format = ReportFormat.csv

  @Option(
    help: ArgumentHelp(
      "How many days before an act of destruction its notice must be given; sources say 15 or 30.",
      valueName: "days"))
  var noticeDays = 30

  @Option(
    help: ArgumentHelp(
      "The day, YYYY-MM-DD, on which time limits are judged; with --al it is that day. "
        + "(default: today, in the time zone of each plant)",
      valueName: "day"),
    transform: Self.parseDay)
  var today: CalendarDate?

  @Option(
    help: ArgumentHelp(
      "How many days goods may be at a sub-manufacturer.", valueName: "days"))
  var submanufactureDays = 180

  @Option(
    help: ArgumentHelp(
      "How many days a side of a virtual transfer may lack the other.", valueName: "days"))
  var transferDays = ReportExport.transferDays

  @Option(
    help: ArgumentHelp(
      "How many days goods may be in transit between plants.", valueName: "days"))
  var transitDays = ReportExport.transitDays

  func validate() throws {
    try Self.checkDays(transitDays, of: "--transit-days")
    try Self.checkDays(transferDays, of: "--transfer-days")
    try Self.checkDays(dueSoonDays, of: "--due-soon-days")
    try Self.checkDays(noticeDays, of: "--notice-days")
    try Self.checkDays(submanufactureDays, of: "--submanufacture-days")
  }

  /// Refuses a number of days that no report can mean.
  static func checkDays(_ days: Int, of option: String) throws {
    guard (0...36_500).contains(days) else {
      throw ValidationError("\(option) must be 0 to 36500.")
    }
  }

  /// An export of a data folder.
  ///
  /// - Parameter isSettled: whether the services have taken all that was sent and stand still.
  func export(of data: String, isSettled: Bool = false) -> ReportExport {
    ReportExport(
      dataDirectory: data, today: today, dueSoonDays: dueSoonDays, transferDays: transferDays,
      noticeDays: noticeDays, submanufactureDays: submanufactureDays, transitDays: transitDays,
      isSettled: isSettled, asOf: al)
  }

  /// The day of a text.
  static func parseDay(_ text: String) throws -> CalendarDate {
    do {
      return try CalendarDate(text)
    } catch {
      throw ValidationError("'\(text)' is not a day of the form YYYY-MM-DD.")
    }
  }
}

extension ReportFormat: ExpressibleByArgument {}
