import Ledger
import Messages
import ReportingRules
import SQLite
import Store

/// Reads the moves and the goods at sub-manufacturers of a document as its last record left them:
/// the rows as they were sent.
enum DocumentRowReader {
  /// The rows of a page of a document's moves.
  static func moves(
    of document: Int64, _ record: DocumentRecord, _ db: Connection
  ) throws -> [MoveRow] {
    var before = record
    before.moves = []
    try db.statement(
      """
      SELECT m.plant, m.to_plant, m.part, m.date, m.quantity, m.avisos, d.received
      FROM move m JOIN document d ON d.id = m.document
      WHERE m.document = ? AND m.position BETWEEN ? AND ? ORDER BY m.position
      """
    ).bind(document, RecordPage.first(of: record), RecordPage.last(of: record)).query { row in
      before.received = try row[6]
      // The notices stand in one text, as in the row.
      before.moves?.append(
        try MoveLine(
          avisos: [row[5]], date: CalendarDate(days: row[3]), part: row[2], plant: row[0],
          quantity: Quantity(millionths: row[4]), toPlant: row[1]))
    }
    return MoveRow.of(before)
  }

  /// The rows of a page of a document's goods at sub-manufacturers.
  static func submanufacture(
    of document: Int64, _ record: DocumentRecord, _ db: Connection
  ) throws -> [SubmanufactureRow] {
    var before = record
    before.submanufacture = []
    try db.statement(
      """
      SELECT s.kind, s.plant, s.submanufacturer, s.part, s.folio, s.date, s.quantity,
        s.of_document, d.received
      FROM submanufacture s JOIN document d ON d.id = s.document
      WHERE s.document = ? AND s.position BETWEEN ? AND ? ORDER BY s.position
      """
    ).bind(document, RecordPage.first(of: record), RecordPage.last(of: record)).query { row in
      let word: String = try row[0]
      guard let kind = SubmanufactureEvent.Kind(rawValue: word) else {
        throw StoreError.failed("document \(document) has a sub-manufacture of \(word)")
      }
      before.received = try row[8]
      before.submanufacture?.append(
        try SubmanufactureLine(
          date: CalendarDate(days: row[5]), kind: kind, noticeFolio: row[4], ofDocument: row[7],
          part: row[3], plant: row[1], quantity: Quantity(millionths: row[6]),
          submanufacturer: row[2]))
    }
    return SubmanufactureRow.of(before)
  }
}
