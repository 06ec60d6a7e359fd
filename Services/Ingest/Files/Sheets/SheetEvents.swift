/// What makes events of a spreadsheet's rows.
protocol SheetEvents {
  /// The events that were passed.
  var events: Int { get }
  var notes: FileNotes { get set }

  /// Takes a row that is not blank.
  mutating func take(_ row: SheetRow, into sink: inout some InboundSink) throws

  /// Passes what had to wait for the last row.
  mutating func finish(into sink: inout some InboundSink) throws
}

extension SheetEvents {
  mutating func finish(into sink: inout some InboundSink) throws {}

  /// Reads the rows below the header, and notes what is to be said of the file as a whole.
  mutating func load(
    _ header: SheetHeader, _ window: inout ByteWindow, _ limits: FileLimits,
    into sink: inout some InboundSink, _ progress: (Int64) -> Void
  ) throws {
    if !header.unknown.isEmpty {
      // People give them any names; many of them are told by the first.
      let names = header.unknown.prefix(Self.unknownShown).map { $0.prefix(40) }
      let rest = header.unknown.count - names.count
      try notes.add(
        FileNote(
          .columnUnknown, line: header.line,
          detail: "columns that are not used: \(names.joined(separator: ", "))"
            + (rest > 0 ? " and \(rest) more" : "")), into: &sink)
    }
    var (rows, count) = (SheetRows(header: header, limits: limits), 0)
    var unended: Int64?
    try rows.read(&window, progress) { row in
      unended = row.isUnended && row.fault == nil ? row.line : nil
      if row.isBlank, row.fault == nil { return }
      count += 1
      if row.fault == nil, row.isHeader {
        let what = "the header row stands there again: it is passed over"
        return try notes.add(FileNote(.rowRepeated, line: row.line, detail: what), into: &sink)
      }
      try take(row, into: &sink)
    }
    if let unended, !window.isCut {
      // Some programs write none. But an end that is lost within a number leaves a number.
      let what =
        "the last row has no line's end: taken as it stands, but it may be cut"
      try notes.add(FileNote(.cut, line: unended, detail: what), into: &sink)
    }
    let isCutInHeader = header.isLast
    if isCutInHeader || window.isCut {
      let what =
        isCutInHeader
        ? "the file ends within its header row" : "the text ends within a character"
      try notes.add(FileNote(.cut, line: window.line, detail: what), into: &sink)
    } else if count == 0 {
      let note = FileNote(.noRows, line: header.line, detail: "there are no rows below the header")
      try notes.add(note, into: &sink)
    }
    try finish(into: &sink)
    try notes.finish(into: &sink)
  }

  private static var unknownShown: Int { 20 }
}
