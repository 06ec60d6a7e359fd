import Ledger
import Messages
import ReportingRules
import ServiceRuntime

/// Writes the reports as files, out of the stores of a data folder, while the services run.
///
/// Every partition's store is read as it stands at one moment, so that the files agree with one
/// another. Rows are sorted in SQLite, on disk where they are many, and merged as they are written:
/// memory does not grow with the books.
public struct ReportExport: Sendable {
  /// The data folder whose books are reported.
  public let dataDirectory: String
  var today: CalendarDate?
  var now: Instant
  let dueSoonDays: Int
  let transferDays: Int
  let noticeDays: Int
  let submanufactureDays: Int
  let transitDays: Int
  let isSettled: Bool
  /// The day after which nothing is in the books; nil where they are as they stand.
  var asOf: CalendarDate?
  /// Which knowledge of the books is reported.
  public var moment = MomentChoice.now
  /// What the reports are held against, so that their difference is written; nil for the reports
  /// themselves.
  public var contrast: ContrastChoice?
  /// Opens the log that books of an earlier moment are made of.
  public var log: LogOpening = { nil }
  /// The version of the rules that must have made the books; nil for any.
  public var rules: UInt32? = RulesVersion.current

  /// How many days a side of a virtual transfer may be without the other, where nothing else is
  /// asked for.
  public static let transferDays = 10

  /// How many days goods that move between plants may be under way, where nothing else is asked
  /// for.
  public static let transitDays = 5

  /// - Parameters:
  ///   - dataDirectory: the services' data folder.
  ///   - today: the day against which time limits are held; nil for the day that it is at each
  ///     plant.
  ///   - now: the moment that such a day is of; nil for now.
  ///   - dueSoonDays: how many days ahead an entry counts as soon due.
  ///   - transferDays: how many days a side of a virtual transfer may be without the other.
  ///   - noticeDays: how many days before an act of destruction its notice must be given. Sources
  ///     conflict, 15 or 30: the longer is the default.
  ///   - submanufactureDays: for how many days goods may be at a sub-manufacturer.
  ///   - transitDays: how many days goods that move between plants may be under way.
  ///   - isSettled: whether the services have taken all that was sent and stand still, so that
  ///     goods which are at no plant are an alarm.
  ///   - asOf: the day as of which the books are reported, and against which time limits are held
  ///     then; nil for the books as they stand.
  public init(
    dataDirectory: String, today: CalendarDate?, now: Instant? = nil,
    dueSoonDays: Int = 30,
    transferDays: Int = transferDays, noticeDays: Int = 30, submanufactureDays: Int = 180,
    transitDays: Int = transitDays,
    isSettled: Bool = false, asOf: CalendarDate? = nil
  ) {
    self.asOf = asOf
    self.transferDays = transferDays
    self.dataDirectory = dataDirectory
    self.today = asOf ?? today
    self.now = now ?? Instant(nanoseconds: WallClock.nanoseconds)
    self.dueSoonDays = dueSoonDays
    self.noticeDays = noticeDays
    self.submanufactureDays = submanufactureDays
    self.transitDays = transitDays
    self.isSettled = isSettled
  }

  /// Writes all reports into a folder; none of them is there under its own name before all are
  /// whole.
  ///
  /// - Parameters:
  ///   - format: how they are written.
  ///   - progress: called now and then with a file's name and how many rows it has, and with the
  ///     final number once the file is whole.
  /// - Throws: ``ReportingError``, `WorkbookError`, or what the file system reports.
  public func write(
    to directory: String, as format: ReportFormat = .csv, progress: (String, Int) -> Void
  ) throws -> ExportSummary {
    let moment = try ReportMoment(self)
    let conservation = try moment.conservation()
    let folder = try ReportFolder(directory, format, isContrast: contrast != nil)
    var summary = ExportSummary(
      corte: moment.corte, head: moment.head, totals: try moment.totals())
    summary.inTransit = conservation.lines.count { $0.state == .inTransit }
    summary.alarms = conservation.alarms
    do {
      for file in ReportFile.allCases {
        let name = folder.name(of: file)
        let rows = try folder.write(file) { rows, wrote in
          try moment.write(file, conservation, to: &rows) { rows in
            if try wrote(&rows) % 100_000 == 0 { progress(name, rows.written) }
          }
        }
        progress(name, rows)
        summary.files.append(.init(name: name, rows: rows))
      }
      try folder.publish()
    } catch {
      folder.discard()
      throw error
    }
    return summary
  }
}

/// What an export wrote.
public struct ExportSummary: Sendable, Equatable {
  /// The name of the moment that it is of.
  public var corte: Corte
  /// What is to be said of books as they were known at an instant; nil for others.
  public var head: MomentHead?
  /// How much those books hold.
  public var totals: ReportTotals

  /// A file and how many rows it has, without the header.
  public struct File: Sendable, Equatable {
    /// Its name within the folder.
    public var name: String
    /// How many rows it has.
    public var rows: Int
  }

  /// A part of which what came in is not accounted for.
  public struct Alarm: Sendable, Hashable {
    /// The company's; empty where the plant is not known.
    public var rfc: String
    /// The part.
    public var part: String
    /// Documents whose rows do not agree.
    public var documents: [String]
  }

  /// The files, in the order in which they were written.
  public var files: [File] = []
  /// Parts of which something travels between the services at this moment.
  public var inTransit = 0
  /// Parts of which what came in is not what is there or went out.
  public var alarms: [Alarm] = []

  /// How many rows a file has; nil where it was not written.
  public func rows(of name: String) -> Int? { files.first { $0.name == name }?.rows }
}
