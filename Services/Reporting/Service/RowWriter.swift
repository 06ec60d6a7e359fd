import Ledger
import Messages
import ReportingRules

/// Writes a row of a query as a row of its report.
struct RowWriter {
  let names: CatalogNames
  let today: ReportDay
  let dueSoonDays: Int
  let noticeDays: Int
  let notices: DestructionNotices
  /// Writes the rows of transfers, where that is the report.
  var transfers: TransferRows?
  /// The plant or RFC of the row before: most rows have the same.
  private var lastKey: [UInt8] = []
  private var lastTaxpayer: CatalogNames.Taxpayer?

  init(names: CatalogNames, notices: DestructionNotices, _ today: ReportDay, _ export: ReportExport)
  {
    self.names = names
    self.notices = notices
    self.today = today
    dueSoonDays = export.dueSoonDays
    noticeDays = export.noticeDays
  }

  /// Writes the cells of a row, without its end.
  ///
  /// - Returns: false where the row is not in the report, and nothing is written.
  mutating func write(
    _ row: RowCursor, of file: ReportFile, to cells: inout ReportRows
  ) throws -> Bool {
    switch file {
    case .entries: try entry(row, &cells)
    case .exits: try exit(row, &cells)
    case .balances: balance(row, &cells)
    case .discharges: try discharge(row, &cells)
    case .shortages: shortage(row, &cells)
    case .transfers: return try transfers?.write(row, names, to: &cells) ?? false
    case .scrap: scrap(row, &cells)
    case .disposals: disposal(row, &cells)
    case .destructions: destruction(row, &cells)
    // Written out of accounts, sums and groups, not out of rows.
    case .submanufacture, .conservation, .moves, .byTariffItem, .aging, .assets, .taxpayers,
      .materials, .products, .bills, .parties:
      return false
    case .byPart: try partBalance(row, &cells)
    case .withdrawals: withdrawal(row, &cells)
    case .pending: pending(row, &cells)
    }
    return true
  }

  private func withdrawal(_ row: RowCursor, _ cells: inout ReportRows) {
    for column: Int32 in 0..<12 { cells.text(utf8: row.bytes(column)) }
    cells.text(WithdrawalStanding(cancels: row.integer(12) != 0, state: row.text(13)).rawValue)
    company(row.bytes(14), plant: row.bytes(15), &cells)
  }

  /// RFC, name and plant of a fact, of whom the one or the other may be known.
  private func company(
    _ rfc: UnsafeRawBufferPointer, plant: UnsafeRawBufferPointer, _ cells: inout ReportRows
  ) {
    let taxpayer = rfc.isEmpty ? names.company(ofPlant: plant) : names.company(rfc)
    cells.text(taxpayer.rfc)
    cells.text(taxpayer.name)
    cells.text(utf8: plant)
  }

  private func pending(_ row: RowCursor, _ cells: inout ReportRows) {
    for column: Int32 in 0..<6 { cells.text(utf8: row.bytes(column)) }
    let line = row.integer(6)
    cells.number(line > 0 ? line : nil)
    cells.text(utf8: row.bytes(7))
    company(row.bytes(8), plant: row.bytes(9), &cells)
  }

  private mutating func entry(_ row: RowCursor, _ cells: inout ReportRows) throws {
    taxpayer(row.bytes(4), &cells) { $0.company($1) }
    cells.text(utf8: row.bytes(0))
    cells.text(utf8: row.bytes(1))
    cells.text(utf8: row.bytes(5))
    cells.text(utf8: row.bytes(2))
    cells.text(utf8: row.bytes(3))
    cells.date(date(row, 6))
    cells.text(utf8: row.bytes(7))
    cells.text(utf8: row.bytes(8))
    cells.text(try names.description(ofPart: row.bytes(3)))
    amounts(row, &cells)
    cells.text(utf8: row.bytes(12))
    cells.date(date(row, 13))
    cells.details(of: .entries, row.text(1), try document(row), try line(row))
  }

  private mutating func exit(_ row: RowCursor, _ cells: inout ReportRows) throws {
    taxpayer(row.bytes(4), &cells) { $0.company($1) }
    cells.text(utf8: row.bytes(0))
    cells.text(utf8: row.bytes(1))
    cells.text(utf8: row.bytes(5))
    cells.text(utf8: row.bytes(2))
    cells.text(utf8: row.bytes(3))
    cells.date(date(row, 6))
    cells.text(utf8: row.bytes(7))
    cells.text(utf8: row.bytes(8))
    amounts(row, &cells)
    let line = try line(row)
    cells.text(line[.destinationCountry] ?? "")
    cells.details(of: .exits, row.text(1), try document(row), line)
  }

  /// What the document of a line says beside.
  private func document(_ row: RowCursor) throws -> Details<DocumentDetail> {
    row.isNull(14) ? Details() : try Details(json: row.bytes(14))
  }

  /// What a line says beside.
  private func line(_ row: RowCursor) throws -> Details<LineDetail> {
    row.isNull(15) ? Details() : try Details(json: row.bytes(15))
  }

  /// Quantity, unit and value of a line; empty for a document without lines.
  private func amounts(_ row: RowCursor, _ cells: inout ReportRows) {
    guard !row.isNull(9) else {
      for _ in 0..<3 { cells.text("") }
      return
    }
    cells.quantity(row.integer(9))
    cells.text(row.isNull(10) ? "" : CatalogNames.unit(row.integer(10)))
    cells.money(row.integer(11))
  }

  private mutating func balance(_ row: RowCursor, _ cells: inout ReportRows) {
    let dueOn = date(row, 5)
    let balance = row.sum(6) - row.sum(7) - row.sum(8)
    let standing = EntryStanding(
      balance: QuantitySum(millionths: balance), dueOn: dueOn, today: today.at(plant: row.bytes(0)),
      soon: dueSoonDays)
    taxpayer(row.bytes(0), &cells) { $0.company(ofPlant: $1) }
    for column: Int32 in 0..<4 { cells.text(utf8: row.bytes(column)) }
    cells.date(date(row, 4))
    cells.date(dueOn)
    for column: Int32 in 6..<9 { cells.quantity(sum: row.sum(column)) }
    cells.quantity(sum: balance)
    cells.text(names.unit(ofPart: row.bytes(1)))
    cells.money(sum: row.sum(9))
    cells.money(sum: row.sum(9) - row.sum(10))
    cells.text(standing.rawValue)
  }

  private mutating func partBalance(_ row: RowCursor, _ cells: inout ReportRows) throws {
    taxpayer(row.bytes(0), &cells) { $0.company(ofPlant: $1) }
    for column: Int32 in 0..<2 { cells.text(utf8: row.bytes(column)) }
    cells.text(try names.description(ofPart: row.bytes(1)))
    cells.number(row.integer(2))
    for column: Int32 in 3..<6 { cells.quantity(sum: row.sum(column)) }
    cells.quantity(sum: row.sum(3) - row.sum(4) - row.sum(5))
    cells.text(names.unit(ofPart: row.bytes(1)))
    cells.money(sum: row.sum(6))
    cells.money(sum: row.sum(6) - row.sum(7))
    cells.date(date(row, 8))
  }

  private mutating func discharge(_ row: RowCursor, _ cells: inout ReportRows) throws {
    guard !row.isNull(0), !row.isNull(5) else {
      throw ReportingError.incompletePosting(store: row.store.path)
    }
    taxpayer(row.bytes(0), &cells) { $0.company(ofPlant: $1) }
    for column: Int32 in 0..<7 { cells.text(utf8: row.bytes(column)) }
    cells.date(date(row, 7))
    cells.date(date(row, 8))
    for column: Int32 in 9..<12 { cells.quantity(sum: row.sum(column)) }
    cells.text(names.unit(ofPart: row.bytes(3)))
    cells.money(sum: row.sum(12))
  }

  private mutating func shortage(_ row: RowCursor, _ cells: inout ReportRows) {
    taxpayer(row.bytes(0), &cells) { $0.company(ofPlant: $1) }
    for column: Int32 in 0..<4 { cells.text(utf8: row.bytes(column)) }
    cells.quantity(sum: row.sum(4))
    cells.text(names.unit(ofPart: row.bytes(3)))
    cells.date(date(row, 5))
  }

  mutating func taxpayer(
    _ key: UnsafeRawBufferPointer, _ cells: inout ReportRows,
    _ find: (CatalogNames, UnsafeRawBufferPointer) -> CatalogNames.Taxpayer
  ) {
    let taxpayer: CatalogNames.Taxpayer
    if let lastTaxpayer, lastKey.elementsEqual(key) {
      taxpayer = lastTaxpayer
    } else {
      taxpayer = find(names, key)
      lastKey = Array(key)
      lastTaxpayer = taxpayer
    }
    cells.text(taxpayer.rfc)
    cells.text(taxpayer.name)
  }

  func date(_ row: RowCursor, _ column: Int32) -> CalendarDate? {
    row.isNull(column) ? nil : row.day(column)
  }
}
