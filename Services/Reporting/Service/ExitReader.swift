import Ledger
import Messages
import ReportingRules
import SQLite
import Store

/// Reads the exits of a document as its last record left them.
enum ExitReader {
  /// The rows of a page of a document's exits, as they were sent; none where it stands in another
  /// report.
  static func exits(of document: Int64, page: Int32, _ db: Connection) throws -> [ExitRow] {
    guard var record = try record(document, db) else { return [] }
    record.page = page
    try db.statement(
      """
      SELECT line, plant, part, quantity, uom, tariff_item, nico, value, origin, due
      FROM line WHERE document = ? AND position BETWEEN ? AND ? ORDER BY position
      """
    ).bind(document, RecordPage.first(page), RecordPage.last(page)).query { row in
      let unit: Int? = try row[4]
      let uom = unit.flatMap { UnitOfMeasure(code: $0) }
      guard unit == nil || uom != nil else {
        throw StoreError.failed("document \(document) has a line in unit \(unit ?? 0)")
      }
      record.lines.append(
        try RecordLine(
          dueOn: nil, line: row[0], nico: row[6], originCountry: row[8], part: row[2],
          plant: row[1], quantity: Quantity(millionths: row[3]), tariffItem: row[5], uom: uom,
          value: Money(centavos: row[7])))
    }
    return ExitRow.of(record)
  }

  /// A document without its lines.
  private static func record(_ document: Int64, _ db: Connection) throws -> DocumentRecord? {
    try db.statement(
      """
      SELECT kind, rfc, document, revision, state, clave, operation, date, received
      FROM document WHERE id = ? AND place = ?
      """
    ).bind(document, DocumentPlace.exits.rawValue).first { row in
      let words: (kind: String, state: String) = try (row[0], row[4])
      guard let kind = DocumentRecord.Kind(rawValue: words.kind),
        let state = DocumentRecord.State(rawValue: words.state)
      else { throw StoreError.failed("document \(document) is \(words.kind), \(words.state)") }
      return try DocumentRecord(
        document: row[2], kind: kind, rfc: row[1], state: state, clave: row[5],
        date: (row[7] as Int32?).map(CalendarDate.init(days:)),
        operation: (row[6] as String?).flatMap(Operation.init(rawValue:)), received: row[8],
        revision: row[3])
    }
  }
}
