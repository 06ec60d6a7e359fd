import Messages

/// One event for each row of partes.csv.
///
/// A row's identity is its content and how-manieth of that content in the file it is. So the same
/// file, or a longer one, gives the rows that it repeats the identities that they had.
struct PartesEvents {
  let header: PartesHeader
  let limits: FileLimits
  private(set) var events = 0

  private var cells = CSVCells()
  private var occurrences: [UInt64: Int64] = [:]
  /// Rows below the header, blank ones included, so that a row is found by its number.
  private var row: Int64 = 0
  private var text: [UInt8] = []
  private var event: [UInt8] = []

  init(header: PartesHeader, limits: FileLimits) {
    self.header = header
    self.limits = limits
  }

  mutating func load(
    _ window: inout ByteWindow, into sink: inout some InboundSink, _ progress: (Int64) -> Void
  ) throws {
    while true {
      // A whole record is in sight when more than the longest one is.
      while !window.atEnd, window.count <= limits.maxRow {
        progress(window.position)
        try window.more()
      }
      guard window.count > 0 else { break }
      let isAll = window.atEnd
      let used = try window.withRest { rest in try passRecords(of: rest, isAll, into: &sink) }
      window.consume(used ?? window.count)
      if used == nil { try window.skipLine() }
    }
    progress(window.position)
  }

  /// Passes the records that are in sight and returns how many bytes they are; nil where the last
  /// of them goes on beyond, and is cut.
  private mutating func passRecords(
    of rest: UnsafeRawBufferPointer, _ isAll: Bool, into sink: inout some InboundSink
  ) throws -> Int? {
    var start = 0
    while start < rest.count, isAll || rest.count - start > limits.maxRow {
      let bytes = UnsafeRawBufferPointer(rebasing: rest[start...])
      let record = CSVRecord.first(in: bytes, separator: header.separator, limits)
      try pass(.init(rebasing: bytes[..<record.end]), isBroken: record.isBroken, into: &sink)
      guard let next = record.next else { return nil }
      start += next
    }
    return start
  }

  private mutating func pass(
    _ record: UnsafeRawBufferPointer, isBroken: Bool, into sink: inout some InboundSink
  ) throws {
    row += 1
    text.removeAll(keepingCapacity: true)
    FileText.utf8.append(Lines.withoutReturn(record), to: &text)
    text.withUnsafeBytes { cells.split($0, separator: header.separator) }
    guard !cells.areBlank else { return }
    let hash = cells.hash
    let occurrence = (occurrences[hash] ?? 0) + 1
    occurrences[hash] = occurrence

    event.removeAll(keepingCapacity: true)
    event.append(json: "{\"data\":{")
    if isBroken || cells.count != header.width { appendRaw() } else { appendCells() }
    event.append(json: "},\"id\":\"")
    event.append(hex: hash)
    event.append(json: "-")
    event.append(jsonInteger: occurrence)
    event.append(json: "\",\"row\":")
    event.append(jsonInteger: row)
    event.append(json: ",\"source\":\"/partes\",\"specversion\":\"1.0\"")
    event.append(json: ",\"type\":\"saldo.partes.v1\"}")
    try event.withUnsafeBytes { try sink.take(event: $0) }
    events += 1
  }

  private mutating func appendCells() {
    for column in PartesHeader.Column.allCases {
      guard let place = header.place(of: column) else { continue }
      cells.withCell(place) { event.append(member: column.key, text: $0) }
    }
  }

  /// What cannot be told apart into cells is passed as it is, for intake to reject.
  private mutating func appendRaw() {
    event.append(json: "\"columns\":\"")
    event.append(jsonInteger: Int64(cells.count))
    event.append(json: "\",\"raw\":")
    text.withUnsafeBytes { event.append(jsonString: $0) }
  }
}
