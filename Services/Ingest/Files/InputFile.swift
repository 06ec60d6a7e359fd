import Ledger
import Messages

/// Turns a file into inbound events. A file's values stay the strings that they are: intake judges
/// them, and rejects by name what it cannot accept.
public enum InputFile {
  /// Loads a file from disk. Its format is told by its content, never by its name.
  ///
  /// Event files are streamed in constant memory, and so are spreadsheets but for what tells a row
  /// that is repeated; bills are put together once all of a file is read, and a Data Stage is read
  /// and joined as a whole, and refused before its first event when any part of it that is used is
  /// damaged.
  ///
  /// - Parameters:
  ///   - loaded: when it is loaded: the time of what its rows say of the catalogue.
  ///   - progress: Told now and then how many bytes of the file are done.
  /// - Throws: ``InputFileError``, or what the sink throws.
  public static func load(
    path: String, limits: FileLimits = .init(), loaded: Instant = .now(),
    into sink: inout some InboundSink, progress: (Int64) -> Void
  ) throws -> FileSummary {
    let file = try OpenFile(path: path)
    var window = try ByteWindow(file: file, chunk: limits.chunk, name: path)
    guard ZipArchive.isSignature(window.rest) else {
      return try load(&window, name: path, limits, loaded, into: &sink, progress)
    }
    let archive = try ZipArchive(path: path, size: file.size)
    let summary = try DataStage.load(archive, limits, into: &sink)
    progress(file.size)
    return summary
  }

  /// Loads a file that is in memory already, such as an upload. `name` is for messages only.
  ///
  /// - Throws: ``InputFileError``, or what the sink throws.
  public static func load(
    bytes: [UInt8], name: String, limits: FileLimits = .init(), loaded: Instant = .now(),
    into sink: inout some InboundSink
  ) throws -> FileSummary {
    var window = try ByteWindow(bytes: bytes, name: name)
    guard ZipArchive.isSignature(window.rest) else {
      return try load(&window, name: name, limits, loaded, into: &sink) { _ in }
    }
    return try bytes.withUnsafeBytes { buffer in
      try DataStage.load(ZipArchive(bytes: buffer, name: name), limits, into: &sink)
    }
  }

  private static func load(
    _ window: inout ByteWindow, name: String, _ limits: FileLimits, _ loaded: Instant,
    into sink: inout some InboundSink, _ progress: (Int64) -> Void
  ) throws -> FileSummary {
    switch try window.skipWhitespace() {
    case nil:
      progress(window.position)
      let what = window.position == 0 ? "a file of 0 bytes" : "the file holds nothing but blanks"
      let note = FileNote(.empty, detail: what)
      try sink.take(note: note)
      return FileSummary(format: .events, events: 0, notes: [note])
    case UInt8(ascii: "{"), UInt8(ascii: "["), 0x1E:
      return try loadEvents(&window, limits, into: &sink, progress)
    default:
      return try loadSheet(&window, name: name, limits, loaded, into: &sink, progress)
    }
  }

  private static func loadSheet(
    _ window: inout ByteWindow, name: String, _ limits: FileLimits, _ loaded: Instant,
    into sink: inout some InboundSink, _ progress: (Int64) -> Void
  ) throws -> FileSummary {
    let sheets = FactSheet.all
    let header = try SheetHeader(
      &window, of: [PartesColumn.kind] + sheets.map(\.kind), file: name, limits: limits)
    func load(_ rows: some SheetEvents, _ format: FileFormat) throws -> FileSummary {
      var rows = rows
      try rows.load(header, &window, limits, into: &sink, progress)
      return FileSummary(format: format, events: rows.events, notes: rows.notes.summary)
    }
    guard let sheet = sheets.first(where: { $0.kind.title == header.kind.title }) else {
      return try load(PartesEvents(), .partes)
    }
    guard case .bills = sheet.format else {
      return try load(FactRows(sheet, loaded: loaded), sheet.format)
    }
    return try load(BillRows(sheet, file: name, limits: limits, loaded: loaded), sheet.format)
  }

  private static func loadEvents(
    _ window: inout ByteWindow, _ limits: FileLimits, into sink: inout some InboundSink,
    _ progress: (Int64) -> Void
  ) throws -> FileSummary {
    var splitter = EventSplitter(limits: limits, line: window.line)
    var notes = FileNotes()
    var events = 0
    while true {
      let isLast = window.atEnd
      try window.withRest { rest in
        try splitter.take(rest, atEnd: isLast) { event, line in
          try sink.take(event: event, at: FilePlace(line: line))
          events += 1
        }
      }
      window.consume(window.count)
      progress(window.position)
      if isLast { break }
      try window.more()
    }
    if splitter.isWithinArray || window.isCut {
      let what =
        window.isCut
        ? "the text ends within a character: the file is cut short"
        : "the array of events is not closed: the file is cut short"
      try notes.add(FileNote(.cut, line: splitter.line, detail: what), into: &sink)
    }
    return FileSummary(format: .events, events: events, notes: notes.summary)
  }
}
