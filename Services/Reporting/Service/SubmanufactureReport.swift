import Ledger
import Messages
import ReportingRules

/// Writes `submaquila.csv`: the accounts of goods at sub-manufacturers, one after the other.
struct SubmanufactureReport {
  let names: CatalogNames
  let today: ReportDay
  let days: Int

  /// Columns: plant, sub-manufacturer, part, RFC, kind, document, folio, date, quantity, the
  /// document by which the goods went.
  private static let lines = """
    SELECT s.plant, s.submanufacturer, s.part, d.rfc, s.kind, d.document, s.folio, s.date,
      s.quantity, s.of_document
    FROM submanufacture s JOIN document d ON d.id = s.document
    ORDER BY s.plant, s.submanufacturer, s.part, d.rfc
    """

  /// The cells that the rows of an account have in common.
  private struct Account: Equatable {
    var plant: [UInt8]
    var submanufacturer: [UInt8]
    var part: [UInt8]
    var rfc: [UInt8]

    init(_ row: RowCursor) {
      (plant, submanufacturer) = (Array(row.bytes(0)), Array(row.bytes(1)))
      (part, rfc) = (Array(row.bytes(2)), Array(row.bytes(3)))
    }
  }

  /// Writes all rows, each ended by `endRow`.
  ///
  /// - Throws: ``ReportingError`` or what `endRow` throws.
  func write(
    _ stores: [ReadOnlyStore], to rows: inout ReportRows,
    _ endRow: (inout ReportRows) throws -> Void
  ) throws {
    var merged = MergedRows(try stores.map { try RowCursor($0, Self.lines, keys: 4) })
    var account: Account?
    var lines: [SubmanufactureAccount.Line] = []
    try merged.forEach { row in
      let next = Account(row)
      if let account, account != next {
        try write(account, lines, to: &rows, endRow)
        lines.removeAll(keepingCapacity: true)
      }
      account = next
      lines.append(try Self.line(row))
    }
    if let account { try write(account, lines, to: &rows, endRow) }
  }

  private static func line(_ row: RowCursor) throws -> SubmanufactureAccount.Line {
    func text(_ column: Int32) -> String { String(decoding: row.bytes(column), as: UTF8.self) }
    guard let kind = SubmanufactureEvent.Kind(rawValue: text(4)) else {
      throw ReportingError.failed("\(row.store.path): a sub-manufacture of kind \(text(4))")
    }
    return SubmanufactureAccount.Line(
      kind: kind, document: text(5), noticeFolio: text(6),
      date: row.day(7),
      ofDocument: row.isNull(9) ? nil : text(9), quantity: Quantity(millionths: row.integer(8)))
  }

  private func write(
    _ account: Account, _ lines: [SubmanufactureAccount.Line], to cells: inout ReportRows,
    _ endRow: (inout ReportRows) throws -> Void
  ) throws {
    let company = account.rfc.withUnsafeBytes { names.company($0) }
    let place = names.submanufacturer(
      account.submanufacturer.withUnsafeBytes { String(decoding: $0, as: UTF8.self) },
      of: company.rfc)
    let today = account.plant.withUnsafeBytes { self.today.at(plant: $0) }
    let unit = account.part.withUnsafeBytes { names.unit(ofPart: $0) }
    for row in SubmanufactureAccount(lines).rows {
      cells.text(company.rfc)
      cells.text(company.name)
      account.plant.withUnsafeBytes { cells.text(utf8: $0) }
      account.submanufacturer.withUnsafeBytes { cells.text(utf8: $0) }
      cells.text(place.name)
      cells.text(place.site)
      account.part.withUnsafeBytes { cells.text(utf8: $0) }
      cells.text(row.document)
      cells.text(row.noticeFolio)
      cells.date(row.sentOn)
      for quantity in [row.sent, row.back, row.out] { cells.quantity(sum: quantity.millionths) }
      cells.text(unit)
      cells.date(row.lastBackOn)
      cells.text(Self.days(row, today).map { "\($0)" } ?? "")
      cells.text(SubmanufactureStanding(row, today: today, days: days).rawValue)
      try endRow(&cells)
    }
  }

  /// For how long the goods are out, or were until the last of them came back.
  private static func days(_ row: SubmanufactureAccount.Row, _ today: CalendarDate) -> Int? {
    guard let sentOn = row.sentOn else { return nil }
    let end = row.out > .zero ? today : row.lastBackOn ?? today
    return max(0, Int(end.days) - Int(sentOn.days))
  }
}
