import Ledger
import Messages

/// Makes the exit rows of the report topic out of a document's record and of what the one before it
/// came to.
public enum ExitRows {
  /// The exits of a document as its record says it stands.
  public static func of(_ record: DocumentRecord) -> [ExitRow] {
    guard DocumentPlace(record) == .exits else { return [] }
    return record.lines.enumerated().map { item, line in
      let name = "exit/\(record.rfc)/\(record.kind.rawValue)/\(record.document)/\(item)"
      return ExitRow(
        clave: record.clave, date: record.date, document: record.document, item: Int32(item),
        kind: record.kind, line: line.line, nico: line.nico, operation: record.operation,
        part: line.part, plant: line.plant, quantity: line.quantity, received: record.received,
        rfc: record.rfc, row: name, tariffItem: line.tariffItem, uom: line.uom, value: line.value,
        version: record.revision, withdrawn: false)
    }
  }

  /// The rows that turn the exits before a record into those of it: what is new or differs, and
  /// what is there no longer.
  public static func changes(from before: [ExitRow], to record: DocumentRecord) -> [ExitRow] {
    let now = of(record)
    var changes = now.enumerated().filter { item, row in
      var old = item < before.count ? before[item] : nil
      old?.version = row.version
      return old != row
    }.map(\.element)
    for var row in before.dropFirst(now.count) {
      row.quantity = .zero
      row.value = .zero
      row.version = record.revision
      row.withdrawn = true
      changes.append(row)
    }
    return changes
  }
}
