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
  let dataDirectory: String
  private let today: CalendarDate?
  private let now: Instant
  let dueSoonDays: Int
  let transferDays: Int
  let noticeDays: Int
  let submanufactureDays: Int
  let transitDays: Int
  let isSettled: Bool
  /// The day after which nothing is in the books; nil where they are as they stand.
  let asOf: CalendarDate?
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
  /// - Parameter progress: called now and then with a file's name and how many rows it has, and
  ///   with the final number once the file is whole.
  /// - Throws: ``ReportingError``, or what the file system reports.
  public func write(
    to directory: String, progress: (String, Int) -> Void
  ) throws -> ExportSummary {
    let stores = try ReportStores(dataDirectory: dataDirectory, asOf: asOf, rules: rules)
    let names = try CatalogNames(stores[.catalog])
    let notices = try DestructionNotices(stores[.records])
    let conservation = try Conservation(stores, names, isSettled: isSettled)
    let folder = try ReportFolder(directory)
    var summary = ExportSummary()
    summary.inTransit = conservation.lines.count { $0.state == .inTransit }
    summary.alarms = conservation.alarms
    do {
      let day = ReportDay(today, now: now, names)
      let writer = RowWriter(names: names, notices: notices, day, self)
      for file in ReportFile.allCases {
        let rows =
          file == .conservation
          ? try write(conservation, names, folder)
          : try write(file, stores, writer, folder) { progress(file.fileName, $0) }
        progress(file.fileName, rows)
        summary.files.append(.init(name: file.fileName, rows: rows))
      }
      try folder.publish()
    } catch {
      folder.discard()
      throw error
    }
    return summary
  }

  private func write(
    _ file: ReportFile, _ stores: ReportStores, _ writer: RowWriter, _ folder: ReportFolder,
    _ progress: (Int) -> Void
  ) throws -> Int {
    var count = 0
    try folder.write(file) { rows, wrote in
      func endRow(_ rows: inout CSVRows) throws {
        rows.endRow()
        try wrote(&rows)
        count += 1
        if count % 100_000 == 0 { progress(count) }
      }
      if file == .submanufacture {
        // Its rows are computed from several of the store's.
        let report = SubmanufactureReport(
          names: writer.names, today: writer.today, days: submanufactureDays)
        return try report.write(stores[.records], to: &rows, endRow)
      }
      if file == .moves {
        let report = MovesReport(names: writer.names, today: writer.today, days: transitDays)
        return try report.write(stores, to: &rows, endRow)
      }
      var merged = MergedRows(try cursors(of: file, stores))
      var writer = writer
      if file == .transfers {
        writer.transfers = try TransferRows(
          stores, today: writer.today, allowedDays: transferDays, asOf: asOf)
      }
      try merged.forEach { row in
        if try writer.write(row, of: file, to: &rows) { try endRow(&rows) }
      }
    }
    return count
  }

  private func write(
    _ conservation: Conservation, _ names: CatalogNames, _ folder: ReportFolder
  ) throws -> Int {
    try folder.write(.conservation) { rows, wrote in
      for line in conservation.lines {
        line.write(names, to: &rows)
        rows.endRow()
        try wrote(&rows)
      }
    }
    return conservation.lines.count
  }

  private func cursors(of file: ReportFile, _ stores: ReportStores) throws -> [RowCursor] {
    try ReportQuery.of(file).flatMap { query in
      try stores[query.model].map { try RowCursor($0, query.sql, keys: query.keys) }
    }
  }
}

/// What an export wrote.
public struct ExportSummary: Sendable, Equatable {
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
