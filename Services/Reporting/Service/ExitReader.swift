import GRDB
import Ledger
import Messages
import ReportingRules
import Store

/// Reads the exits of a document as its last record left them.
enum ExitReader {
  /// The rows of a document's exits, as they were sent; none where it stands in another report.
  static func exits(of document: Int64, _ db: Database) throws -> [ExitRow] {
    guard var record = try record(document, db) else { return [] }
    try db.cachedStatement(
      sql: """
        SELECT line, plant, part, quantity, uom, tariff_item, nico, value, origin, due
        FROM line WHERE document = ? ORDER BY position
        """
    ).bindAndRead {
      $0.bind(1, document)
    } _: { row in
      guard let uom = UnitOfMeasure(code: Int(row.integer(4))) else {
        throw StoreError.failed("document \(document) has a line in unit \(row.integer(4))")
      }
      record.lines.append(
        RecordLine(
          dueOn: nil, line: Int32(row.integer(0)), nico: row.text(6), originCountry: row.text(8),
          part: row.text(2), plant: row.text(1), quantity: Quantity(millionths: row.integer(3)),
          tariffItem: row.text(5), uom: uom, value: Money(centavos: row.integer(7))))
    }
    return ExitRow.of(record)
  }

  /// A document without its lines.
  private static func record(_ document: Int64, _ db: Database) throws -> DocumentRecord? {
    var found: DocumentRecord?
    try db.cachedStatement(
      sql: """
        SELECT kind, rfc, document, revision, state, clave, operation, date, received
        FROM document WHERE id = ? AND place = ?
        """
    ).bindAndRead { row in
      row.bind(1, document)
      row.bind(2, DocumentPlace.exits.rawValue)
    } _: { row in
      guard let kind = DocumentRecord.Kind(rawValue: row.text(0)),
        let state = DocumentRecord.State(rawValue: row.text(4))
      else { throw StoreError.failed("document \(document) is \(row.text(0)), \(row.text(4))") }
      found = DocumentRecord(
        document: row.text(2), kind: kind, rfc: row.text(1), state: state,
        clave: row.isNull(5) ? nil : row.text(5),
        date: row.isNull(7) ? nil : CalendarDate(days: Int32(row.integer(7))),
        operation: row.isNull(6) ? nil : Operation(rawValue: row.text(6)),
        received: row.integer(8), revision: row.integer(3))
    }
    return found
  }
}
