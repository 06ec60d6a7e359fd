/// Events as the elements of one JSON array, split without parsing them.
///
/// Its faults stay with the elements: whatever stands where an event should is passed on, for
/// intake to reject with its text.
struct EventArray {
  let limits: FileLimits
  private(set) var events = 0
  private(set) var notes: [String] = []
  private var scratch: [UInt8] = []

  init(limits: FileLimits) { self.limits = limits }

  /// Loads the array whose bracket the window is at.
  mutating func load(
    _ window: inout ByteWindow, into sink: inout some InboundSink, _ progress: (Int64) -> Void
  ) throws {
    window.consume(1)
    while let next = try window.skipWhitespace() {
      switch next {
      case UInt8(ascii: ","):
        window.consume(1)
      case UInt8(ascii: "]"):
        window.consume(1)
        try loadTrailing(&window, into: &sink, progress)
        return
      default:
        try passElement(&window, into: &sink, progress)
      }
    }
    notes.append("the array of events is not closed: the file may be cut short")
    progress(window.position)
  }

  /// What follows the array has no business there, but is not lost.
  private mutating func loadTrailing(
    _ window: inout ByteWindow, into sink: inout some InboundSink, _ progress: (Int64) -> Void
  ) throws {
    var lines = EventLines(limits: limits)
    try lines.load(&window, into: &sink, progress)
    events += lines.events
  }

  private mutating func passElement(
    _ window: inout ByteWindow, into sink: inout some InboundSink, _ progress: (Int64) -> Void
  ) throws {
    var scanner = ElementScanner()
    var passed = false
    while true {
      let end = window.withRest { scanner.end(in: $0) }
      if end != nil || window.atEnd || scanner.scanned > limits.maxLine {
        let count = end ?? scanner.scanned
        if !passed {
          try window.withRest { rest in
            try pass(UnsafeRawBufferPointer(rebasing: rest[..<count]), into: &sink)
          }
          passed = true
        }
        window.consume(count)
        scanner.scanned = 0
        if end != nil || window.atEnd { return }
      }
      progress(window.position)
      try window.more()
    }
  }

  private mutating func pass(
    _ text: UnsafeRawBufferPointer, into sink: inout some InboundSink
  ) throws {
    let element = Blank.trim(text)
    let kept = element.count > limits.maxLine ? limits.keptOfTooLong : element.count
    let event = UnsafeRawBufferPointer(rebasing: element.prefix(kept))
    events += 1
    guard event.contains(where: Self.breaksLine) else { return try sink.take(event: event) }
    // A tab is white space between tokens, as a line's end is, and forbidden within a string, as a
    // line's end is: what was valid stays valid, and what was not does not become so.
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: event.lazy.map { Self.breaksLine($0) ? 0x09 : $0 })
    try scratch.withUnsafeBytes { try sink.take(event: $0) }
  }

  private static func breaksLine(_ byte: UInt8) -> Bool {
    byte == Lines.feed || byte == Lines.carriageReturn
  }
}

/// Finds where an array's element ends, over as many windows as it takes.
package struct ElementScanner {
  /// The bytes of the window that are known to belong to the element.
  package var scanned = 0
  private var depth = 0
  /// Whether the window ends within a string.
  package private(set) var inString = false
  private var escaped = false

  /// A scanner at an element's first byte.
  package init() {}

  /// The element's end in the window, or nil where it goes on after it.
  package mutating func end(in rest: UnsafeRawBufferPointer) -> Int? {
    while scanned < rest.count {
      let byte = rest[scanned]
      if inString {
        scanned += 1
        if escaped {
          escaped = false
        } else if byte == UInt8(ascii: "\\") {
          escaped = true
        } else if byte == UInt8(ascii: "\"") {
          inString = false
          if depth == 0 { return scanned }
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        inString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0, byte == UInt8(ascii: "]") { return scanned }
        if depth == 1 { return scanned + 1 }
        depth = max(0, depth - 1)
      case UInt8(ascii: ",") where depth == 0:
        return scanned
      default:
        break
      }
      scanned += 1
    }
    return nil
  }
}
