import GRDB
import Ledger
import Messages
import ReportingRules
import Store

/// Reads the moves and the goods at sub-manufacturers of a document as its last record left them:
/// the rows as they were sent.
enum DocumentRowReader {
  /// The rows of a document's moves.
  static func moves(
    of document: Int64, _ record: DocumentRecord, _ db: Database
  ) throws -> [MoveRow] {
    var before = record
    before.moves = []
    try db.cachedStatement(
      sql: """
        SELECT m.plant, m.to_plant, m.part, m.date, m.quantity, m.avisos, d.received
        FROM move m JOIN document d ON d.id = m.document
        WHERE m.document = ? ORDER BY m.position
        """
    ).bindAndRead {
      $0.bind(1, document)
    } _: { row in
      before.received = row.integer(6)
      // The notices stand in one text, as in the row.
      before.moves?.append(
        MoveLine(
          avisos: [row.text(5)], date: CalendarDate(days: Int32(row.integer(3))), part: row.text(2),
          plant: row.text(0), quantity: Quantity(millionths: row.integer(4)), toPlant: row.text(1)))
    }
    return MoveRow.of(before)
  }

  /// The rows of a document's goods at sub-manufacturers.
  static func submanufacture(
    of document: Int64, _ record: DocumentRecord, _ db: Database
  ) throws -> [SubmanufactureRow] {
    var before = record
    before.submanufacture = []
    try db.cachedStatement(
      sql: """
        SELECT s.kind, s.plant, s.submanufacturer, s.part, s.folio, s.date, s.quantity,
          s.of_document, d.received
        FROM submanufacture s JOIN document d ON d.id = s.document
        WHERE s.document = ? ORDER BY s.position
        """
    ).bindAndRead {
      $0.bind(1, document)
    } _: { row in
      guard let kind = SubmanufactureEvent.Kind(rawValue: row.text(0)) else {
        throw StoreError.failed("document \(document) has a sub-manufacture of \(row.text(0))")
      }
      before.received = row.integer(8)
      before.submanufacture?.append(
        SubmanufactureLine(
          date: CalendarDate(days: Int32(row.integer(5))), kind: kind, noticeFolio: row.text(4),
          ofDocument: row.isNull(7) ? nil : row.text(7), part: row.text(3), plant: row.text(1),
          quantity: Quantity(millionths: row.integer(6)), submanufacturer: row.text(2)))
    }
    return SubmanufactureRow.of(before)
  }
}
