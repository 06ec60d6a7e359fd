import Ledger
import ReportingRules

/// The reports of a data folder at one moment: every partition's store is read as it stood when
/// this was made.
struct ReportMoment {
  private let export: ReportExport
  private let stores: ReportStores
  private let names: CatalogNames
  private let day: ReportDay
  private let writer: RowWriter
  /// The moment that reports are held against; none for the reports themselves.
  private let earlier: [ReportMoment]
  /// The same for the same books and days.
  let mark: String
  /// The moment's name.
  let corte: Corte
  /// What is to be said of books as they were known at an instant; nil for others.
  let head: MomentHead?

  /// - Throws: ``ReportingError``, ``MomentError``.
  init(_ export: ReportExport) throws {
    let opened: OpenedStores
    (opened, earlier) = try Self.open(export)
    (stores, corte, head) = (opened.stores, opened.corte, opened.head)
    var export = export
    // Where the days are those of another moment, they are judged as they were then.
    if export.moment != .now { export.now = corte.now }
    self.export = export
    names = try CatalogNames(stores[.catalog])
    day = ReportDay(export.today, now: export.now, names)
    mark = ([opened.mark, day.mark, "\(export.asOf.map { "\($0)" } ?? "-")"] + earlier.map(\.mark))
      .joined(separator: "\n")
    writer = RowWriter(names: names, notices: try DestructionNotices(stores[.records]), day, export)
  }

  /// The moment, and the one that it is held against. What is the books of now as of a day is of
  /// the same now, though the services go on.
  private static func open(_ export: ReportExport) throws -> (OpenedStores, [ReportMoment]) {
    guard var earlier = export.earlier else { return (try OpenedStores(export), []) }
    var triesLeft = 5
    while true {
      let opened = try OpenedStores(export)
      triesLeft -= 1
      if case .asOf = export.contrast, export.moment == .now {
        earlier.moment = .corte(opened.corte)
        if triesLeft > 0, try !OpenedStores.isLiving(earlier, opened.corte) { continue }
      }
      return (opened, [try ReportMoment(earlier)])
    }
  }

  /// The name of a report's view at this moment.
  func viewName(of file: ReportFile) -> ViewName {
    ViewName(ViewName.base(of: file, corte, export), quarters)
  }

  /// For which quarters of an hour days are the same as at this moment: all if the day was given.
  private var quarters: ClosedRange<Int64> {
    guard export.today == nil else { return 0...Int64.max }
    func isSame(_ quarter: Int64) -> Bool {
      let now = Instant(nanoseconds: quarter * Corte.quarterNanoseconds)
      return ReportDay(nil, now: now, names).mark == day.mark
    }
    // Days begin one after the other: what holds at a quarter holds at all between.
    func last(_ step: Int64) -> Int64 {
      var (same, other) = (Int64(0), Int64(97))
      while other - same > 1 {
        let middle = (same + other) / 2
        if isSame(corte.quarter + step * middle) { same = middle } else { other = middle }
      }
      return corte.quarter + step * same
    }
    return last(-1)...last(1)
  }

  /// What came in against what is there and went out.
  func conservation() throws -> Conservation {
    try Conservation(stores, names, isSettled: export.isSettled)
  }

  /// How much the books hold.
  func totals() throws -> ReportTotals { try ReportTotals.of(stores) }

  /// Writes the rows of a report, or of its difference.
  ///
  /// - Parameters:
  ///   - conservation: the sums, where they are known; else they are made where the report needs
  ///     them.
  ///   - filter: which rows of both moments are wanted, where it is a difference; else the rows'
  ///     own filter says so.
  ///   - wrote: called behind each row, which is ended by then.
  func write(
    _ file: ReportFile, _ conservation: Conservation? = nil, _ filter: RowFilter = .init(),
    to rows: inout ReportRows, _ wrote: (inout ReportRows) throws -> Void
  ) throws {
    guard let earlier = earlier.first else {
      return try writeOwn(file, conservation, to: &rows, wrote)
    }
    let spool = try RowSpool(in: MomentFolder(dataDirectory: export.dataDirectory).path)
    var before = ReportRows(file, filter) { try spool.append($0) }
    try earlier.writeOwn(file, nil, to: &before) { _ in }
    try withoutActuallyEscaping(wrote) { wrote in
      let output = RowOutput(rows)
      let contrast = try RowContrast(file, against: spool) { side, row in
        try output.rows.write(side, row)
        try wrote(&output.rows)
      }
      var after = ReportRows(file, filter) { try contrast.add($0) }
      try writeOwn(file, conservation, to: &after) { _ in }
      try contrast.finish()
      rows = output.rows
    }
  }

  /// Writes the rows of a report at this moment.
  private func writeOwn(
    _ file: ReportFile, _ conservation: Conservation?, to rows: inout ReportRows,
    _ wrote: (inout ReportRows) throws -> Void
  ) throws {
    func endRow(_ rows: inout ReportRows) throws {
      try rows.endRow()
      try wrote(&rows)
    }
    switch file {
    case .submanufacture:
      // Its rows are computed from several of the store's.
      try SubmanufactureReport(names: names, today: day, days: export.submanufactureDays)
        .write(stores[.records], to: &rows, endRow)
    case .moves:
      try MovesReport(names: names, today: day, days: export.transitDays)
        .write(stores, to: &rows, endRow)
    case .byTariffItem:
      try BalanceReports(stores: stores, names: names, today: day)
        .writeByTariffItem(to: &rows, endRow)
    case .aging:
      try BalanceReports(stores: stores, names: names, today: day).writeAging(to: &rows, endRow)
    case .assets:
      try AssetReport(stores: stores, names: names).write(to: &rows, endRow)
    case .taxpayers, .materials, .products, .bills, .parties:
      try CatalogReports(stores: stores[.catalog], names: names, today: day.usual)
        .write(file, to: &rows, endRow)
    case .conservation:
      for line in try (conservation ?? self.conservation()).lines {
        line.write(names, to: &rows)
        try endRow(&rows)
      }
    default:
      var merged = MergedRows(try cursors(of: file))
      var writer = writer
      if file == .transfers {
        writer.transfers = try TransferRows(
          stores, today: day, allowedDays: export.transferDays, asOf: export.asOf)
      }
      try merged.forEach { row in
        if try writer.write(row, of: file, to: &rows) { try endRow(&rows) }
      }
    }
  }

  /// Writes a report, and hands its bytes on as they come.
  ///
  /// - Returns: how many rows there are.
  @discardableResult
  func write(
    _ file: ReportFile, as format: ReportFormat, _ filter: RowFilter = .init(),
    piece: Int = 256 << 10, to sink: ([UInt8]) throws -> Void
  ) throws -> Int {
    var rows =
      earlier.isEmpty
      ? try ReportRows(file, as: format, filter)
      : try ReportRows(file, as: format, isContrast: true)
    try write(file, nil, filter, to: &rows) { rows in
      if rows.count >= piece { try rows.take(sink) }
    }
    try rows.finish()
    try rows.take(sink)
    return rows.written
  }

  private func cursors(of file: ReportFile) throws -> [RowCursor] {
    try ReportQuery.of(file).flatMap { query in
      try stores[query.model].map { try RowCursor($0, query.sql, keys: query.keys) }
    }
  }
}

/// Rows of an output that several closures write to in turn.
private final class RowOutput {
  var rows: ReportRows

  init(_ rows: ReportRows) { self.rows = rows }
}
