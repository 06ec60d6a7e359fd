import Ledger
import ReportingRules

/// Writes `traslados.csv`: one row for each move between two plants, with what of it the books had
/// and what of it was received.
///
/// The three stores give their rows in one order, so that all that there is of a part, a document
/// and a receiving plant comes together and memory holds no more than that.
struct MovesReport {
  let names: CatalogNames
  let today: ReportDay
  /// How many days goods may be under way.
  let days: Int

  /// Writes all rows, each ended by `endRow`.
  ///
  /// - Throws: ``ReportingError`` or what `endRow` throws.
  func write(
    _ stores: ReportStores, to rows: inout ReportRows, _ endRow: (inout ReportRows) throws -> Void
  ) throws {
    let cursors =
      try stores[.ledger].flatMap { store in
        try [Self.receipts, Self.taken].map { try RowCursor(store, $0, keys: Self.keys) }
      } + stores[.records].map { try RowCursor($0, Self.moves, keys: Self.keys) }
    var merged = MergedRows(cursors)
    var group: MovesGroup?
    try merged.forEach { row in
      if let known = group, !known.has(row) {
        try write(known, to: &rows, endRow)
        group = nil
      }
      var next = group ?? MovesGroup(row)
      try next.take(row, names)
      group = next
    }
    if let group { try write(group, to: &rows, endRow) }
  }

  private func write(
    _ group: MovesGroup, to cells: inout ReportRows, _ endRow: (inout ReportRows) throws -> Void
  ) throws {
    let shares = MoveStanding.shares(of: group.received, among: group.moves.map(\.sent))
    let today = group.plant.withUnsafeBytes { self.today.at(plant: $0) }
    for (move, received) in zip(group.moves, shares) {
      let age = MoveStanding.days(from: move.date, to: today)
      let standing = MoveStanding(sent: move.sent, received: received, days: age, allowed: days)
      cells.text(move.rfc)
      cells.text(names.name(of: move.rfc))
      group.part.withUnsafeBytes { part in
        group.plant.withUnsafeBytes { cells.text(utf8: $0) }
        cells.text(utf8: part)
        group.document.withUnsafeBytes { cells.text(utf8: $0) }
        cells.date(move.date)
        cells.text(move.plant)
        cells.text(move.avisos)
        cells.quantity(move.sent.millionths)
        cells.quantity(sum: move.covered)
        cells.quantity(received.millionths)
        cells.text(group.unconverted.joined(separator: "; "))
        cells.quantity((received - move.sent).millionths)
        cells.text(names.unit(ofPart: part))
      }
      cells.text(standing.rawValue)
      cells.text("\(age)")
      cells.text(group.latest.map { $0.description } ?? "")
      try endRow(&cells)
    }
  }

  /// How many columns give the order: receiving plant, part, document, what the row is, the move's
  /// day, sending plant. Behind them come the columns of each.
  private static let keys = 6

  /// Columns behind the key: unit, quantity, when the last came.
  private static let receipts = """
    SELECT b.plant, b.part, r.document, '\(MovesGroup.Row.receipt.rawValue)', '', '', r.uom,
      r.quantity, r.latest
    FROM receipt r JOIN book b ON b.id = r.book
    ORDER BY 1, 2, 3, r.uom
    """

  /// Columns behind the key: what the move took of lots, the day.
  private static let taken = """
    SELECT d.to_plant, b.part, d.document, '\(MovesGroup.Row.taken.rawValue)',
      \(day("d.date")), b.plant, exact_sum(p.incorporated, p.waste, p.scrap), d.date
    FROM posting p
      JOIN demand d ON d.id = p.demand
      JOIN book b ON b.id = d.book
    WHERE p.reverses IS NULL AND p.reversed = 0 AND d.to_plant IS NOT NULL
    GROUP BY 1, 2, 3, 5, 6
    ORDER BY 1, 2, 3, 5, 6
    """

  /// Columns behind the key: quantity, the day, RFC, notices.
  private static let moves = """
    SELECT m.to_plant, m.part, d.document, '\(MovesGroup.Row.move.rawValue)', \(day("m.date")),
      m.plant, m.quantity, m.date, d.rfc, m.avisos
    FROM move m JOIN document d ON d.id = m.document
    ORDER BY 1, 2, 3, 5, 6, 9
    """

  /// Days since 1970 as text in their own order: of the years in which facts may be they have four
  /// digits or five.
  private static func day(_ column: String) -> String { "printf('%06d', \(column))" }
}
