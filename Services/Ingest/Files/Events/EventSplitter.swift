/// Splits text into events as it comes in: one reader of JSON for files and for posts. Of the text
/// no more is held than one event and what came last.
///
/// Its faults stay with the events: what stands where an event should is passed, for intake to
/// reject with its text.
package struct EventSplitter {
  private let limits: FileLimits
  private var bytes: [UInt8] = []
  private var scanner: ValueScanner
  /// Whether the event at hand is too long, and was passed as far as it is kept.
  private var isCut = false

  /// What the text is, by its first byte that is not blank.
  package enum Form { case undecided, events, somethingElse }
  /// What the text turned out to be so far.
  package private(set) var form = Form.undecided

  /// A splitter at the beginning of a text, or of one of its lines.
  package init(limits: FileLimits = .init(), line: Int64 = 1) {
    self.limits = limits
    scanner = ValueScanner(line: line)
  }

  /// What came and was not passed.
  package var rest: ArraySlice<UInt8> { bytes[...] }

  /// Whether an array is open: at the text's end it was cut short.
  package var isWithinArray: Bool { scanner.arrays > 0 }

  /// The line of what comes next, from 1.
  package var line: Int64 { scanner.line }

  /// Takes what came and passes the events that are whole, each with the line on which it begins;
  /// at the end passes whatever is left. Where the text is something else nothing is passed.
  ///
  /// - Throws: what `pass` throws.
  package mutating func take<Failure: Error>(
    _ chunk: UnsafeRawBufferPointer, atEnd: Bool = false,
    _ pass: (UnsafeRawBufferPointer, Int64) throws(Failure) -> Void
  ) throws(Failure) {
    bytes.append(contentsOf: chunk)
    if form == .undecided { decide(atEnd: atEnd) }
    guard form == .events else { return }
    var taken = bytes
    bytes = []
    let result = taken.withUnsafeBytes { buffer in
      Result { () throws(Failure) in try split(buffer, atEnd: atEnd, pass) }
    }
    let done = try result.get()
    if done > 0 {
      taken.removeSubrange(..<done)
      scanner.drop(done)
    }
    bytes = taken
  }

  private mutating func decide(atEnd: Bool) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if !atEnd, bytes.count < mark.count, mark.starts(with: bytes) { return }
    let text = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    guard let first = text.first(where: { !Blank.isSpace($0) }) else {
      // What begins with so many blanks is nobody's text.
      if bytes.count > limits.maxLine { form = .somethingElse }
      return
    }
    let begins = [UInt8(ascii: "{"), UInt8(ascii: "["), 0x1E].contains(first)
    form = begins ? .events : .somethingElse
  }

  /// Passes what is whole, and returns how many bytes are done with.
  private mutating func split<Failure: Error>(
    _ buffer: UnsafeRawBufferPointer, atEnd: Bool,
    _ pass: (UnsafeRawBufferPointer, Int64) throws(Failure) -> Void
  ) throws(Failure) -> Int {
    while true {
      switch scanner.find(in: buffer, atEnd: atEnd) {
      case .value(let range):
        if !isCut {
          try self.pass(Self.part(buffer, range), scanner.startLine, pass)
        }
        isCut = false
      case .malformed(let range):
        if !isCut { try passMalformed(Self.part(buffer, range), pass) }
        isCut = false
      case .more:
        guard scanner.isWithin else { return scanner.next }
        let length = scanner.next - scanner.start
        guard isCut || length > limits.maxLine else { return scanner.start }
        if !isCut {
          try self.pass(
            Self.part(buffer, scanner.start..<scanner.next), scanner.startLine, pass)
        }
        isCut = true
        return scanner.next
      }
    }
  }

  private static func part(
    _ buffer: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[range]) }

  /// Passes text that is no value. Where it goes over lines, those that are values by themselves
  /// were taken for a part of one that never ended.
  private func passMalformed<Failure: Error>(
    _ text: UnsafeRawBufferPointer,
    _ pass: (UnsafeRawBufferPointer, Int64) throws(Failure) -> Void
  ) throws(Failure) {
    var (bad, badLine) = (0, scanner.startLine)
    var (lineStart, line) = (0, scanner.startLine)
    while lineStart < text.count {
      let end = Lines.end(in: text, from: lineStart) ?? (text.count, text.count)
      let range = lineStart..<end.text
      if lineStart > 0, let value = Self.value(Self.part(text, range)) {
        try self.pass(Self.part(text, bad..<lineStart), badLine, pass)
        try self.pass(value, line, pass)
        (bad, badLine) = (end.next, line + 1)
      }
      (lineStart, line) = (end.next, line + 1)
    }
    try self.pass(Self.part(text, bad..<text.count), badLine, pass)
  }

  /// The object that a line is, from its beginning and but for a comma behind it; nil if it is
  /// not one.
  private static func value(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard line.first == UInt8(ascii: "{") else { return nil }
    var scanner = ValueScanner()
    guard case .value(let range) = scanner.find(in: line, atEnd: true),
      scanner.find(in: line, atEnd: true) == .more
    else { return nil }
    return part(line, range)
  }

  /// Passes an event, without the blanks around it and as one line.
  private func pass<Failure: Error>(
    _ text: UnsafeRawBufferPointer, _ line: Int64,
    _ pass: (UnsafeRawBufferPointer, Int64) throws(Failure) -> Void
  ) throws(Failure) {
    var event = Blank.trim(text)
    guard event.count > 0 else { return }
    if event.count > limits.maxLine {
      event = UnsafeRawBufferPointer(rebasing: event.prefix(limits.keptOfTooLong))
    }
    guard Lines.end(in: event, from: 0) != nil else { return try pass(event, line) }
    // A tab is white space where a line's end is, and as forbidden as that within a string.
    let joined = event.map { $0 == Lines.feed || $0 == Lines.carriageReturn ? 0x09 : $0 }
    let result = joined.withUnsafeBytes { bytes in
      Result { () throws(Failure) in try pass(bytes, line) }
    }
    try result.get()
  }
}
