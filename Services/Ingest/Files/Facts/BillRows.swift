import Ledger
import Messages

/// An event for each bill of materials: of all the rows with its product, version and plant,
/// wherever they stand in the file.
///
/// A bill that lacks a row asks for too little, and nobody would see it. So one whose rows
/// contradict each other, or of which a row cannot be read, is not taken at all.
struct BillRows: SheetEvents {
  private(set) var events = 0
  var notes = FileNotes()

  private let sheet: FactSheet
  private let file: String
  private let limits: FileLimits
  private let loaded: Instant
  private var seen = SeenRows()
  /// The components' text, one behind the other.
  private var text: [UInt8] = []
  private var components: [Component] = []
  private var bills: [Bill] = []
  private var places: [RowHash: Int] = [:]
  /// The cells of rows that cannot be read: a bill of a product among them may lack a row.
  private var unread: Set<[UInt8]> = []
  private var values: [UInt8] = []
  private var decoder = EventDecoder()

  private struct Component {
    var bill: Int
    var range: Range<Int>
    var line: Int64
  }

  private struct Bill {
    var product: [UInt8]
    var version: [UInt8]
    var plant: [UInt8]
    var validFrom: [UInt8]
    /// Of its first row.
    var number: Int64
    var line: Int64
    /// The line of the first row that says another day; nil if none does.
    var otherDay: Int64?
  }

  private enum Column: Int { case product, version, validFrom, part, perUnit, plant, waste, scrap }

  init(_ sheet: FactSheet, file: String, limits: FileLimits, loaded: Instant) {
    (self.sheet, self.file, self.limits, self.loaded) = (sheet, file, limits, loaded)
  }

  mutating func take(_ row: SheetRow, into sink: inout some InboundSink) throws {
    if let fault = row.fault {
      noteUnread(row)
      return try notes.add(FileNote(fault, line: row.line), into: &sink)
    }
    values.removeAll(keepingCapacity: true)
    for column in sheet.columns.indices { row.withValue(of: column) { values.append(value: $0) } }
    switch seen.note(RowHash(values), row) {
    case .new: break
    case .repeated:
      let what = "a row that is repeated word for word counts once"
      return try notes.add(FileNote(.rowRepeated, line: row.line, detail: what), into: &sink)
    case .alike:
      // Two places of one component, perhaps: then both count, and else one.
      let place = bill(of: row)
      bills[place].otherDay = bills[place].otherDay ?? row.line
      let what =
        "differs from another only in columns that are not used: its bill is not taken"
      return try notes.add(FileNote(.rowAlike, line: row.line, detail: what), into: &sink)
    }
    let place = bill(of: row)
    let isOtherDay = row.withValue(of: Column.validFrom.rawValue) { day in
      !day.elementsEqual(bills[place].validFrom)
    }
    if isOtherDay { bills[place].otherDay = bills[place].otherDay ?? row.line }
    try add(row, to: place)
  }

  /// The bill of a row's product, version and plant.
  private mutating func bill(of row: SheetRow) -> Int {
    func cell(_ column: Column) -> [UInt8] { row.withValue(of: column.rawValue) { Array($0) } }
    let (product, version, plant) = (cell(.product), cell(.version), cell(.plant))
    values.removeAll(keepingCapacity: true)
    for name in [product, version, plant] { name.withUnsafeBytes { values.append(value: $0) } }
    let name = RowHash(values)
    if let place = places[name] { return place }
    places[name] = bills.count
    bills.append(
      Bill(
        product: product, version: version, plant: plant, validFrom: cell(.validFrom),
        number: row.number, line: row.line))
    return bills.count - 1
  }

  private mutating func add(_ row: SheetRow, to place: Int) throws {
    let start = text.count
    text.append(json: "{")
    for column in [Column.part, .perUnit, .scrap, .waste] {
      row.withValue(of: column.rawValue) { value in
        text.append(member: sheet.columns[column.rawValue].key, text: value)
      }
    }
    text.append(json: "}")
    components.append(Component(bill: place, range: start..<text.count, line: row.line))
    let held = text.count + components.count * MemoryLayout<Component>.stride
    guard held <= limits.maxBills else {
      throw InputFileError(
        file: file, code: .tooLarge,
        detail: "more bills than \(limits.maxBills >> 20) MiB hold: split it, each bill whole")
    }
  }

  /// Keeps what may name the product of a row whose cells cannot be told.
  private mutating func noteUnread(_ row: SheetRow) {
    let marks = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "\"")]
    for cell in row.text.split(whereSeparator: { marks.contains($0) }) {
      let trimmed = cell.withUnsafeBytes { Array(Blank.trim($0)) }
      if !trimmed.isEmpty { unread.insert(trimmed) }
    }
    row.withCells { unread.insert(Array($0)) }
  }

  mutating func finish(into sink: inout some InboundSink) throws {
    let text = self.text
    components.sort { a, b in
      if a.bill != b.bill { return a.bill < b.bill }
      // In the order of their content: the same rows in another order are the same bill.
      return text[a.range].lexicographicallyPrecedes(text[b.range])
    }
    var start = 0
    for (place, bill) in bills.enumerated() {
      var end = start
      while end < components.count, components[end].bill == place { end += 1 }
      defer { start = end }
      if let line = bill.otherDay {
        try refuse(bill, line, "its rows say different things", into: &sink)
      } else if unread.contains(bill.product) {
        try refuse(bill, bill.line, "one of its rows cannot be read", into: &sink)
      } else {
        try pass(bill, components[start..<end], into: &sink)
      }
    }
  }

  private mutating func refuse(
    _ bill: Bill, _ line: Int64, _ why: String, into sink: inout some InboundSink
  ) throws {
    let note = FileNote(
      .billRefused, line: line, detail: "a bill of materials is not taken: \(why)")
    try notes.add(note, into: &sink)
  }

  private mutating func pass(
    _ bill: Bill, _ rows: ArraySlice<Component>, into sink: inout some InboundSink
  ) throws {
    var data: [UInt8] = []
    data.append(json: "{\"components\":[")
    for row in rows {
      data.appendElement()
      data.append(contentsOf: text[row.range])
    }
    data.append(json: "]")
    func append(_ name: StaticString, _ value: [UInt8]) {
      value.withUnsafeBytes { data.append(member: name, text: $0) }
    }
    append("plant", bill.plant)
    append("product", bill.product)
    append("validFrom", bill.validFrom)
    append("version", bill.version)
    data.append(json: "}")
    var event: [UInt8] = []
    event.append(json: "{\"data\":")
    event.append(contentsOf: data)
    event.append(json: ",\"id\":\"")
    event.append(hex: RowHash(data))
    event.append(json: "\",\"saldoloaded\":true,\"source\":\"")
    event.append(json: sheet.source)
    event.append(json: "\",\"specversion\":\"1.0\",\"time\":")
    event.append(jsonString: loaded.ofRow(bill.number).description)
    event.append(json: ",\"type\":\"")
    event.append(json: sheet.type)
    event.append(json: "\"}")
    let place = self.place(of: event, bill, rows)
    try event.withUnsafeBytes { try sink.take(event: $0, at: place) }
    events += 1
  }

  /// Where a bill stands, or the cell of it for which intake will reject it.
  private mutating func place(
    of event: [UInt8], _ bill: Bill, _ rows: ArraySlice<Component>
  ) -> FilePlace {
    guard let field = event.withUnsafeBytes({ decoder.wrongField(of: $0) }) else {
      return FilePlace(line: bill.line)
    }
    let path = field.split(separator: ".").map { String($0) }
    guard path.count > 1 else { return FilePlace(line: bill.line) }
    var line = bill.line
    if path.count == 3, path[1].hasPrefix("components["),
      let number = Int(path[1].dropFirst("components[".count).dropLast()), number < rows.count
    {
      line = rows[rows.startIndex + number].line
    }
    let column = path.last.flatMap { sheet.place(of: $0) }
    return FilePlace(line: line, column: column.map { sheet.columns[$0].column.name })
  }
}
