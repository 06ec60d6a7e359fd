import Ledger
import Messages

/// One event for each row of partes.csv.
///
/// A row's identity is its content, as the event has it. So the same row is the same fact wherever
/// it stands, and rows that are alike but for their `referencia` are different ones.
struct PartesEvents: SheetEvents {
  private(set) var events = 0
  var notes = FileNotes()

  private var seen: Set<UInt64> = []
  private var event: [UInt8] = []

  mutating func take(_ row: SheetRow, into sink: inout some InboundSink) throws {
    event.removeAll(keepingCapacity: true)
    event.append(json: "{\"data\":{")
    let hash: UInt64
    if let fault = row.fault {
      hash = Self.hash([row.text])
      append(row, fault)
    } else {
      hash = Self.hash(row)
      for column in PartesColumn.byKey {
        row.withValue(of: column.rawValue) { event.append(member: column.key, text: $0) }
      }
    }
    guard seen.insert(hash).inserted else {
      let note = FileNote(
        .rowRepeated, line: row.line,
        detail:
          "a row that is repeated word for word counts once (referencia tells such rows apart)")
      return try notes.add(note, into: &sink)
    }
    event.append(json: "},\"id\":\"")
    event.append(hex: hash)
    event.append(json: "-1\",\"row\":")
    event.append(jsonInteger: row.number)
    event.append(json: ",\"source\":\"/partes\",\"specversion\":\"1.0\"")
    event.append(json: ",\"type\":\"saldo.partes.v1\"}")
    try event.withUnsafeBytes { try sink.take(event: $0, at: FilePlace(line: row.line)) }
    events += 1
  }

  /// What cannot be told apart into cells is passed as it is, for intake to reject; of its cells
  /// those that can be nothing else.
  private mutating func append(_ row: SheetRow, _ fault: SheetRow.Fault) {
    event.append(json: "\"columns\":\"")
    event.append(jsonInteger: Int64(row.count))
    event.append(json: "\",\"fault\":\"")
    event.append(contentsOf: fault.rawValue.utf8)
    event.append(json: "\"")
    let shapes: [(PartesColumn, (String) -> Bool)] = [
      (.pedimento, Shapes.isPedimento), (.rfc, Shapes.isRFC),
    ]
    for (column, isRight) in shapes {
      row.withValue(of: column.rawValue) { cell in
        if isRight(FileText.utf8.text(cell)) { event.append(member: column.key, text: cell) }
      }
    }
    event.append(member: "raw")
    row.text.withUnsafeBytes { event.append(jsonString: $0) }
  }

  /// A hash of a row's values, the last ones left out where they are empty.
  private static func hash(_ row: SheetRow) -> UInt64 {
    var values = PartesColumn.allCases.map { column in
      row.withValue(of: column.rawValue, Array.init)
    }
    // The ten columns of old stay; later ones count where they say something.
    while values.count > PartesColumn.referencia.rawValue, values.last?.isEmpty == true {
      values.removeLast()
    }
    return hash(values)
  }

  private static func hash(_ values: [[UInt8]]) -> UInt64 {
    var hash = FNV1a()
    for (index, value) in values.enumerated() {
      if index > 0 { hash.combine(0x1F) }
      hash.combine(value)
    }
    return hash.value
  }
}
