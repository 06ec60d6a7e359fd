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
  /// The same for the same books and days.
  let mark: String

  /// - Throws: ``ReportingError``.
  init(_ export: ReportExport) throws {
    self.export = export
    stores = try ReportStores(
      dataDirectory: export.dataDirectory, asOf: export.asOf, rules: export.rules)
    names = try CatalogNames(stores[.catalog])
    day = ReportDay(export.today, now: export.now, names)
    mark = (try stores.marks() + [day.mark]).joined(separator: "\n")
    writer = RowWriter(names: names, notices: try DestructionNotices(stores[.records]), day, export)
  }

  /// What came in against what is there and went out.
  func conservation() throws -> Conservation {
    try Conservation(stores, names, isSettled: export.isSettled)
  }

  /// Writes the rows of a report.
  ///
  /// - Parameters:
  ///   - conservation: the sums, where they are known; else they are made where the report needs
  ///     them.
  ///   - wrote: called behind each row, which is ended by then.
  func write(
    _ file: ReportFile, _ conservation: Conservation? = nil, to rows: inout ReportRows,
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
    case .taxpayers, .materials, .products, .bills:
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
    var rows = try ReportRows(file, as: format, filter)
    try write(file, to: &rows) { rows in
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
