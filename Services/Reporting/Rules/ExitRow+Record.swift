import Ledger
import Messages

extension ExitRow {
  /// The exits of a document as its record says it stands.
  public static func of(_ record: DocumentRecord) -> [ExitRow] {
    guard DocumentPlace(record) == .exits else { return [] }
    return zip(record.firstLine..., record.lines).map { item, line in
      let name = "exit/\(record.rfc)/\(record.kind.rawValue)/\(record.document)/\(item)"
      return ExitRow(
        clave: record.clave, date: record.date, document: record.document, item: Int32(item),
        kind: record.kind, line: line.line, nico: line.nico, operation: record.operation,
        part: line.part, plant: line.plant, quantity: line.quantity, received: record.received,
        rfc: record.rfc, row: name, tariffItem: line.tariffItem, uom: line.uom, value: line.value,
        version: record.revision, withdrawn: false)
    }
  }
}
