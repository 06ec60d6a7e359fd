import IngestFiles

/// A body that holds no events: neither a JSON object nor an array comes first.
struct NotEvents: Error {}

/// Splits a body into events as it comes in: one object over any number of lines, an array, or
/// NDJSON, told by the content. Of the body no more is held than one event.
///
/// Its faults stay with the events: what stands where an event should is passed, for intake to
/// reject with its text.
struct EventSplitter {
  private let limits: FileLimits
  private var bytes: [UInt8] = []
  private var start = 0
  private var form = Form.undecided
  private var scanner = ElementScanner()
  /// Whether the rest of an event that is too long is being dropped.
  private var isCut = false

  private enum Form {
    /// Nothing but blanks came so far.
    case undecided
    /// At an object that ends in its line, or does not.
    case object
    /// Within an object of several lines.
    case longObject
    case lines
    case array
  }

  init(limits: FileLimits = .init()) { self.limits = limits }

  /// What came and was not passed.
  var rest: ArraySlice<UInt8> { bytes[start...] }

  /// Adds what came.
  mutating func append(_ chunk: UnsafeRawBufferPointer) {
    if start > 0 {
      bytes.removeSubrange(..<start)
      start = 0
    }
    bytes.append(contentsOf: chunk)
  }

  /// Passes the events that are whole, and at the end whatever is left.
  ///
  /// - Throws: ``NotEvents``, before any event was passed.
  mutating func split(
    atEnd: Bool, _ pass: (UnsafeRawBufferPointer) -> Void
  ) throws(NotEvents) {
    while start < bytes.count {
      let goesOn =
        switch form {
        case .undecided: try decide(atEnd)
        case .object: lookAtObject(atEnd)
        case .longObject: passLongObject(atEnd, pass)
        case .lines: passLine(atEnd, pass)
        case .array: passElement(atEnd, pass)
        }
      if !goesOn { return }
    }
  }

  private mutating func decide(_ atEnd: Bool) throws(NotEvents) -> Bool {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if rest.starts(with: mark) {
      start += mark.count
    } else if !atEnd, mark.starts(with: rest) {
      return false
    }
    guard let first = skipBlanks() else { return false }
    switch first {
    case UInt8(ascii: "{"): form = .object
    case UInt8(ascii: "["):
      form = .array
      start += 1
    default: throw NotEvents()
    }
    return true
  }

  /// Tells an object of one line, with which lines of events begin, from one of several.
  private mutating func lookAtObject(_ atEnd: Bool) -> Bool {
    guard let first = skipBlanks() else { return false }
    guard first == UInt8(ascii: "{") else {
      form = .lines
      return true
    }
    let newline = withRest { Lines.newline(in: $0, from: 0) }
    if newline == nil, !atEnd, rest.count <= limits.maxLine { return false }
    let isLong = withRest { rest in
      var scanner = ElementScanner()
      let line = UnsafeRawBufferPointer(rebasing: rest[..<(newline ?? rest.count)])
      // No string goes on over a line's end, so such a line is malformed and not long.
      return scanner.end(in: line) == nil && !scanner.inString
    }
    form = isLong && newline != nil ? .longObject : .lines
    return true
  }

  private mutating func passLongObject(
    _ atEnd: Bool, _ pass: (UnsafeRawBufferPointer) -> Void
  ) -> Bool {
    if let end = scan() {
      withRest { passJoined($0[..<end], pass) }
      start += end
      form = .object
    } else if atEnd || rest.count > limits.maxLine {
      // It never closes: its first line was malformed, and the others are to be seen by themselves.
      form = .lines
    } else {
      return false
    }
    scanner = ElementScanner()
    return true
  }

  private mutating func passLine(_ atEnd: Bool, _ pass: (UnsafeRawBufferPointer) -> Void) -> Bool {
    let newline = withRest { Lines.newline(in: $0, from: scanner.scanned) }
    guard newline != nil || atEnd || rest.count > limits.maxLine else {
      scanner.scanned = rest.count
      return false
    }
    if !isCut {
      withRest { rest in
        let line = Lines.withoutReturn(
          UnsafeRawBufferPointer(rebasing: rest[..<(newline ?? rest.count)]))
        if !line.allSatisfy(Blank.isSpace) { pass(kept(line)) }
      }
    }
    isCut = newline == nil
    start += newline.map { $0 + 1 } ?? rest.count
    scanner.scanned = 0
    return true
  }

  private mutating func passElement(
    _ atEnd: Bool, _ pass: (UnsafeRawBufferPointer) -> Void
  ) -> Bool {
    if !isCut, scanner.scanned == 0 {
      guard let next = skipBlanks() else { return false }
      if next == UInt8(ascii: ",") || next == UInt8(ascii: "]") {
        start += 1
        // What follows the array has no business there, but is not lost.
        if next == UInt8(ascii: "]") { form = .lines }
        return true
      }
    }
    let end = scan()
    guard end != nil || atEnd || scanner.scanned > limits.maxLine else { return false }
    let count = end ?? rest.count
    if !isCut { withRest { passJoined($0[..<count], pass) } }
    isCut = end == nil
    start += count
    if end == nil { scanner.scanned = 0 } else { scanner = ElementScanner() }
    return true
  }

  private mutating func scan() -> Int? {
    bytes.withUnsafeBytes { scanner.end(in: UnsafeRawBufferPointer(rebasing: $0[start...])) }
  }

  private func withRest<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
    bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start...])) }
  }

  /// Drops blanks and answers the byte after them.
  private mutating func skipBlanks() -> UInt8? {
    start = rest.firstIndex { !Blank.isSpace($0) } ?? bytes.count
    return rest.first
  }

  private func kept(_ event: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    event.count > limits.maxLine
      ? UnsafeRawBufferPointer(rebasing: event.prefix(limits.keptOfTooLong)) : event
  }

  /// Passes an event of several lines as one.
  private func passJoined(
    _ text: Slice<UnsafeRawBufferPointer>, _ pass: (UnsafeRawBufferPointer) -> Void
  ) {
    let event = kept(Blank.trim(UnsafeRawBufferPointer(rebasing: text)))
    guard event.contains(where: Self.breaksLine) else { return pass(event) }
    // A tab is white space where a line's end is, and as forbidden as that within a string.
    event.map { Self.breaksLine($0) ? 0x09 : $0 }.withUnsafeBytes(pass)
  }

  private static func breaksLine(_ byte: UInt8) -> Bool {
    byte == Lines.feed || byte == Lines.carriageReturn
  }
}
