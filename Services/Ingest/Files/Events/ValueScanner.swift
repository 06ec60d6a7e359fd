/// Finds the values of JSON text as it comes in: any sequence of values and arrays, however laid
/// out. Each byte is looked at once.
///
/// Arrays are opened: their elements are the values, at any depth of arrays in arrays. A comma
/// between values is passed over, also where no array is open.
struct ValueScanner {
  /// What was found, and where in the bytes.
  enum Found: Equatable {
    case value(Range<Int>)
    /// What is no value, as far as it can be told from the next one.
    case malformed(Range<Int>)
    /// More bytes are needed.
    case more
  }

  private enum State {
    case outside
    case value(ValueGrammar)
    case malformed(MalformedValue)
  }

  private var state = State.outside
  /// The first byte that was not looked at.
  private(set) var next = 0
  /// Where the value at hand begins.
  private(set) var start = 0
  /// How many arrays around the values are open.
  private(set) var arrays = 0
  /// The line of the next byte, and of the value at hand, from 1.
  private(set) var line: Int64
  private(set) var startLine: Int64
  /// Where the line of the next byte begins; before the bytes that are at hand where negative.
  private var lineStart = 0
  private var column = 0
  private var endsInReturn = false

  init(line: Int64 = 1) { (self.line, startLine) = (line, line) }

  /// Whether a value is at hand.
  var isWithin: Bool { if case .outside = state { false } else { true } }

  /// Finds the next value, from where the last one ended.
  mutating func find(in bytes: UnsafeRawBufferPointer, atEnd: Bool) -> Found {
    while true {
      switch state {
      case .outside:
        guard let first = begin(in: bytes, atEnd: atEnd) else { return .more }
        state = first
      case .value(var grammar):
        // Taken out, so that it is not copied with every byte.
        state = .outside
        if let found = scan(bytes, &grammar) {
          switch found {
          case .ends: return .value(start..<next)
          case .fails: state = .malformed(malformed(bytes, after: grammar))
          case .goesOn, .endsBefore: state = .value(grammar)
          }
          continue
        }
        if atEnd { return grammar.isWholeAtEnd ? .value(start..<next) : .malformed(start..<next) }
        state = .value(grammar)
        return .more
      case .malformed(var rest):
        state = .outside
        while next < bytes.count {
          let step = rest.take(bytes[next])
          if step == .endsBefore { return .malformed(start..<next) }
          pass(bytes[next])
          if step == .ends { return .malformed(start..<next) }
        }
        if atEnd { return .malformed(start..<next) }
        state = .malformed(rest)
        return .more
      }
    }
  }

  /// Tells that the first bytes are gone; of the value at hand as well, where it is too long.
  mutating func drop(_ count: Int) {
    next -= count
    lineStart -= count
    start = max(0, start - count)
  }

  /// Takes bytes into a value until it ends or fails; nil if more are needed.
  private mutating func scan(
    _ bytes: UnsafeRawBufferPointer, _ grammar: inout ValueGrammar
  ) -> ValueGrammar.Step? {
    while next < bytes.count {
      if grammar.isInString {
        while next < bytes.count, Self.isPlain(bytes[next]) { next += 1 }
        endsInReturn = false
        if next == bytes.count { return nil }
      }
      switch grammar.take(bytes[next]) {
      case .goesOn: pass(bytes[next])
      case .ends:
        pass(bytes[next])
        return .ends
      case .endsBefore: return .ends
      case .fails: return .fails
      }
    }
    return nil
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte >= 0x20
  }

  /// Goes to the first byte of the next value; nil if there is none yet.
  private mutating func begin(in bytes: UnsafeRawBufferPointer, atEnd: Bool) -> State? {
    while next < bytes.count {
      let byte = bytes[next]
      switch byte {
      case _ where Blank.isSpace(byte), UInt8(ascii: ","), Self.recordSeparator: pass(byte)
      case UInt8(ascii: "["):
        arrays += 1
        pass(byte)
      case UInt8(ascii: "]") where arrays > 0:
        arrays -= 1
        pass(byte)
      case Self.mark[0]:
        // Files that were put one behind the other have their marks within.
        let count = min(3, bytes.count - next)
        guard bytes[next..<next + count].elementsEqual(Self.mark.prefix(count)) else {
          return begin(with: byte)
        }
        if count < 3 {
          guard atEnd else { return nil }
          return begin(with: byte)
        }
        next += 3
        if lineStart == next - 3 { lineStart = next }
      default: return begin(with: byte)
      }
    }
    return nil
  }

  private mutating func begin(with byte: UInt8) -> State {
    (start, startLine, column) = (next, line, next - lineStart)
    // Beside arrays only objects are events: other text is one by the line.
    guard arrays == 0, byte != UInt8(ascii: "{") else { return .value(ValueGrammar()) }
    return .malformed(
      MalformedValue(depth: 0, inString: false, column: column, isElement: false, indent: nil))
  }

  private func malformed(
    _ bytes: UnsafeRawBufferPointer, after grammar: ValueGrammar
  ) -> MalformedValue {
    var indent: Int?
    if lineStart > start, bytes[lineStart..<next].allSatisfy(Blank.isSpace) {
      indent = next - lineStart
    }
    return MalformedValue(
      depth: grammar.depth, inString: grammar.isInString, column: column, isElement: arrays > 0,
      indent: indent)
  }

  /// Passes a byte, and counts the lines.
  private mutating func pass(_ byte: UInt8) {
    next += 1
    if byte == Lines.carriageReturn || byte == Lines.feed {
      if byte == Lines.carriageReturn || !endsInReturn { line += 1 }
      lineStart = next
    }
    endsInReturn = byte == Lines.carriageReturn
  }

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
  /// What stands before each text of a JSON text sequence (RFC 7464).
  private static let recordSeparator: UInt8 = 0x1E
}
