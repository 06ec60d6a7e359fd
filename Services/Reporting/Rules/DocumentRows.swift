import Ledger
import Messages

/// A row that a document's record makes of one of its lines: named by the line's place, and
/// withdrawn where the document has no line there any more.
public protocol DocumentRow: ReportRow, Equatable {
  var quantity: Quantity { get set }
  var version: Int64 { get set }
  var withdrawn: Bool { get set }

  /// Sets what the row counts to zero.
  mutating func clear()
}

extension DocumentRow {
  /// Sets the quantity to zero.
  public mutating func clear() { quantity = .zero }

  /// The rows that turn those before a record into those of it: what is new or differs, and what
  /// is there no longer.
  ///
  /// - Parameter version: the record's revision.
  public static func changes(from before: [Self], to now: [Self], version: Int64) -> [Self] {
    var changes = now.enumerated().filter { item, row in
      var old = item < before.count ? before[item] : nil
      old?.version = row.version
      return old != row
    }.map(\.element)
    for var row in before.dropFirst(now.count) {
      row.clear()
      row.version = version
      row.withdrawn = true
      changes.append(row)
    }
    return changes
  }
}

extension ExitRow: DocumentRow {
  /// Sets quantity and value to zero.
  public mutating func clear() {
    quantity = .zero
    value = .zero
  }
}

extension MoveRow: DocumentRow {
  /// The moves of a document as its record says it stands.
  public static func of(_ record: DocumentRecord) -> [MoveRow] {
    zip(record.firstLine..., record.moves ?? []).map { item, move in
      MoveRow(
        avisos: move.avisos.joined(separator: " "), date: move.date, document: record.document,
        item: Int32(item), part: move.part, plant: move.plant, quantity: move.quantity,
        received: record.received, rfc: record.rfc,
        row: "move/\(record.rfc)/\(record.document)/\(item)", toPlant: move.toPlant,
        version: record.revision, withdrawn: false)
    }
  }
}

extension SubmanufactureRow: DocumentRow {
  /// The goods of a document as its record says it stands.
  public static func of(_ record: DocumentRecord) -> [SubmanufactureRow] {
    zip(record.firstLine..., record.submanufacture ?? []).map { item, line in
      SubmanufactureRow(
        date: line.date, document: record.document, item: Int32(item), kind: line.kind,
        noticeFolio: line.noticeFolio, ofDocument: line.ofDocument, part: line.part,
        plant: line.plant, quantity: line.quantity, received: record.received, rfc: record.rfc,
        row: "submanufacture/\(record.rfc)/\(record.document)/\(item)",
        submanufacturer: line.submanufacturer, version: record.revision, withdrawn: false)
    }
  }
}
