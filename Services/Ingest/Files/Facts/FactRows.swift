import Ledger
import Messages

/// An event for each row of companies, plants, parts or stock movements.
///
/// A row's identity is its content, or what the row itself says that it is (`id`). A fact of the
/// catalogue is dated by when it is loaded, and within a file by its row: of two that are about one
/// thing the later one counts. A movement is dated by itself.
struct FactRows: SheetEvents {
  private(set) var events = 0
  var notes = FileNotes()

  private let sheet: FactSheet
  private let loaded: Instant
  private let id: Int?
  private let fecha: Int?
  private var seen = SeenRows()
  /// The hash of what a row says of a thing, by that of the thing's name.
  private var things: [UInt64: UInt64] = [:]
  private var event: [UInt8] = []
  private var values: [UInt8] = []
  /// The pairs of unit and factor that the row in hand has.
  private var pairs: [Int] = []
  private var decoder = EventDecoder()

  init(_ sheet: FactSheet, loaded: Instant) {
    (self.sheet, self.loaded) = (sheet, loaded)
    id = sheet.place(of: "id")
    fecha = sheet.place(of: "occurredAt")
  }

  mutating func take(_ row: SheetRow, into sink: inout some InboundSink) throws {
    if let fault = row.fault {
      return try notes.add(FileNote(fault, line: row.line), into: &sink)
    }
    let hash = hash(row)
    switch seen.note(hash, row) {
    case .new: break
    case .repeated:
      let remedy = id == nil ? "" : " (id tells such rows apart)"
      let what = "a row that is repeated word for word counts once" + remedy
      return try notes.add(FileNote(.rowRepeated, line: row.line, detail: what), into: &sink)
    case .alike where id == nil:
      // Of a thing it says the same.
      let what = "a row that repeats another but for columns that are not used counts once"
      return try notes.add(FileNote(.rowRepeated, line: row.line, detail: what), into: &sink)
    case .alike:
      let what =
        "differs from another only in columns that are not used (id tells them apart)"
      return try notes.add(FileNote(.rowAlike, line: row.line, detail: what), into: &sink)
    }
    try noteThing(row, hash, into: &sink)
    write(row, hash)
    let place = FilePlace(line: row.line, column: wrongColumn())
    try event.withUnsafeBytes { try sink.take(event: $0, at: place) }
    events += 1
  }

  /// The hash of a row's values; columns that come to be later count where they say something.
  private mutating func hash(_ row: SheetRow) -> RowHash {
    values.removeAll(keepingCapacity: true)
    var end = 0
    for column in sheet.columns.indices {
      row.withValue(of: column) { value in
        values.append(value: value)
        if !value.isEmpty { end = values.count }
      }
    }
    values.removeSubrange(end...)
    return RowHash(values)
  }

  /// Tells where rows say different things of one.
  private mutating func noteThing(
    _ row: SheetRow, _ hash: RowHash, into sink: inout some InboundSink
  ) throws {
    guard !sheet.naming.isEmpty else { return }
    values.removeAll(keepingCapacity: true)
    for column in sheet.naming { row.withValue(of: column) { values.append(value: $0) } }
    guard things.updateValue(hash.first, forKey: RowHash(values).first) != nil else { return }
    let names = sheet.naming.map { sheet.columns[$0].column.name }.joined(separator: ", ")
    let what = "another row before says otherwise of the same \(names): this one counts"
    try notes.add(FileNote(.rowReplaced, line: row.line, detail: what), into: &sink)
  }

  private mutating func write(_ row: SheetRow, _ hash: RowHash) {
    event.removeAll(keepingCapacity: true)
    event.append(json: "{\"data\":{")
    pairs.removeAll(keepingCapacity: true)
    for (place, column) in sheet.columns.enumerated() where place != id && !isOfPair(place) {
      row.withValue(of: place) { value in
        if column.mayBeEmpty, value.isEmpty {
          event.append(member: column.key)
          event.append(jsonString: value)
        } else {
          event.append(member: column.key, text: value)
        }
      }
    }
    if case .parts = sheet.format { writeConversions(row) }
    event.append(json: "},\"id\":\"")
    let isNamed = id.map { row.withValue(of: $0) { !$0.isEmpty } } ?? false
    if let id, isNamed {
      event.removeLast()
      row.withValue(of: id) { event.append(jsonString: $0) }
    } else {
      event.append(hex: hash)
      event.append(json: "\"")
    }
    if fecha == nil { event.append(json: ",\"saldoloaded\":true") }
    event.append(json: ",\"source\":\"")
    event.append(json: sheet.source)
    event.append(json: "\",\"specversion\":\"1.0\"")
    if let fecha {
      row.withValue(of: fecha) { value in
        guard !value.isEmpty else { return }
        event.append(json: ",\"time\":")
        event.append(jsonString: value)
      }
    } else {
      event.append(json: ",\"time\":")
      event.append(jsonString: loaded.ofRow(row.number).description)
    }
    event.append(json: ",\"type\":\"")
    event.append(json: sheet.type)
    event.append(json: "\"}")
  }

  private func isOfPair(_ place: Int) -> Bool {
    guard case .parts = sheet.format else { return false }
    return place >= Self.firstPair
  }

  /// Behind the columns of a part that each stands for itself.
  private static let firstPair = 7

  /// The units of a part beside its base unit.
  private mutating func writeConversions(_ row: SheetRow) {
    event.append(member: "conversions")
    event.append(json: "[")
    for pair in stride(from: Self.firstPair, to: sheet.columns.count, by: 2) {
      let isThere = (pair...pair + 1).contains { row.withValue(of: $0) { !$0.isEmpty } }
      guard isThere else { continue }
      pairs.append(pair)
      event.appendElement()
      event.append(json: "{")
      row.withValue(of: pair + 1) { event.append(member: "factor", text: $0) }
      row.withValue(of: pair) { event.append(member: "uom", text: $0) }
      event.append(json: "}")
    }
    event.append(json: "]")
  }

  /// The column that intake will find wrong; nil if it finds none.
  private mutating func wrongColumn() -> String? {
    guard let field = event.withUnsafeBytes({ decoder.wrongField(of: $0) }) else {
      return nil
    }
    let path = field.split(separator: ".").map { String($0) }
    switch path.first {
    case "time": return fecha.map { sheet.columns[$0].column.name }
    case "id": return id.map { sheet.columns[$0].column.name }
    default: break
    }
    guard path.count > 1 else { return nil }
    if path.count == 3, path[1].hasPrefix("conversions["),
      let number = Int(path[1].dropFirst("conversions[".count).dropLast()),
      pairs.indices.contains(number)
    {
      return sheet.columns[pairs[number] + (path[2] == "factor" ? 1 : 0)].column.name
    }
    return sheet.place(of: path[1]).map { sheet.columns[$0].column.name }
  }
}

extension EventDecoder {
  /// The field for which intake will reject an event; nil if it will not.
  mutating func wrongField(of event: UnsafeRawBufferPointer) -> String? {
    do throws(Rejection) {
      guard case .plant(let plant) = try decode(event).payload, let zone = plant.timeZone else {
        return nil
      }
      return TimeZones.isKnown(zone) ? nil : "data.timeZone"
    } catch {
      return error.field
    }
  }
}

extension Instant {
  /// The time of a row of a file that is loaded now: later rows are later.
  func ofRow(_ number: Int64) -> Instant {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(number)
    return overflow ? self : Instant(nanoseconds: sum)
  }
}

extension FileNote {
  /// What is to be said of a row whose cells cannot be told.
  init(_ fault: SheetRow.Fault, line: Int64) {
    switch fault {
    case .quote:
      self.init(
        .rowColumns, line: line,
        detail: "a row with a quote that is never closed, or one that is too long")
    case .surplus:
      self.init(
        .rowColumns, line: line,
        detail: "more cells than columns: what holds a separator must stand in quotes")
    case .cut: self.init(.cut, line: line, detail: "the text ends within a row")
    }
  }
}
