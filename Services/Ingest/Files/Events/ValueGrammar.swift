/// The grammar of one JSON value, byte by byte: where it ends, or where it stops being JSON.
///
/// It knows of structure alone. Numbers, literals and escapes are for intake to judge, which says
/// what was expected.
struct ValueGrammar {
  /// What may come next, white space aside.
  private enum Expected { case value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd, nothing }
  private enum Token { case none, string, escape, scalar }

  /// How deep a value may be: beyond it no value is meant, and memory must not grow with brackets.
  private static let depthLimit = 10_000

  private var expected = Expected.value
  private var token = Token.none
  /// Of every open bracket whether it is an object's.
  private var objects: [Bool] = []

  /// How many brackets are open.
  var depth: Int { objects.count }

  /// What a byte is to the value.
  enum Step { case goesOn, ends, endsBefore, fails }

  /// Takes the next byte. After an end or a failure the grammar is done.
  mutating func take(_ byte: UInt8) -> Step {
    switch token {
    case .string: return string(byte)
    case .escape:
      token = .string
      return byte < 0x20 ? .fails : .goesOn
    case .scalar:
      if Self.isScalar(byte) { return .goesOn }
      token = .none
      if depth == 0 { return .endsBefore }
    case .none: break
    }
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      return .goesOn
    case UInt8(ascii: "\""): return quote()
    case UInt8(ascii: "{"): return open(object: true)
    case UInt8(ascii: "["): return open(object: false)
    case UInt8(ascii: "}"): return close(object: true)
    case UInt8(ascii: "]"): return close(object: false)
    case UInt8(ascii: ","):
      guard expected == .commaOrEnd, let object = objects.last else { return .fails }
      expected = object ? .key : .value
      return .goesOn
    case UInt8(ascii: ":"):
      guard expected == .colon else { return .fails }
      expected = .value
      return .goesOn
    default:
      guard expected == .value || expected == .valueOrEnd, Self.isScalar(byte) else {
        return .fails
      }
      token = .scalar
      expected = depth == 0 ? .nothing : .commaOrEnd
      return .goesOn
    }
  }

  /// Whether the bytes so far are a value if nothing comes after them.
  var isWholeAtEnd: Bool { depth == 0 && token == .scalar }

  /// Whether the next byte is within a string, where most are alike.
  var isInString: Bool { token == .string }

  private mutating func string(_ byte: UInt8) -> Step {
    switch byte {
    case UInt8(ascii: "\\"): token = .escape
    case UInt8(ascii: "\""):
      token = .none
      if expected == .nothing { return .ends }
    // Neither a line's end nor any other control character stands in a string.
    case ..<0x20: return .fails
    default: break
    }
    return .goesOn
  }

  private mutating func quote() -> Step {
    switch expected {
    case .key, .keyOrEnd: expected = .colon
    case .value, .valueOrEnd: expected = depth == 0 ? .nothing : .commaOrEnd
    case .colon, .commaOrEnd, .nothing: return .fails
    }
    token = .string
    return .goesOn
  }

  private mutating func open(object: Bool) -> Step {
    guard expected == .value || expected == .valueOrEnd, depth < Self.depthLimit else {
      return .fails
    }
    objects.append(object)
    expected = object ? .keyOrEnd : .valueOrEnd
    return .goesOn
  }

  private mutating func close(object: Bool) -> Step {
    let mayEnd = expected == .commaOrEnd || expected == (object ? .keyOrEnd : .valueOrEnd)
    guard mayEnd, objects.last == object else { return .fails }
    objects.removeLast()
    expected = .commaOrEnd
    return objects.isEmpty ? .ends : .goesOn
  }

  /// What numbers and literals are made of; a word that is none is for intake to refuse.
  private static func isScalar(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }
}

/// Where a value ends that stopped being JSON: the next value after it is to be found, and no more
/// of the text than need be given up.
struct MalformedValue {
  /// Brackets that are open.
  private var depth: Int
  /// How far from its line's beginning the value began.
  private let column: Int
  /// Whether the value is an element of an array.
  private let isElement: Bool
  private var inString: Bool
  private var isEscaped = false
  /// Blanks at the beginning of the line so far; nil behind its first other byte.
  private var indent: Int?

  /// - Parameter indent: the blanks of a line of which the byte at hand is the first other one; nil
  ///   where it is not.
  init(depth: Int, inString: Bool, column: Int, isElement: Bool, indent: Int?) {
    self.depth = depth
    self.inString = inString
    self.column = column
    self.isElement = isElement
    self.indent = indent
  }

  /// Takes the next byte; never fails.
  mutating func take(_ byte: UInt8) -> ValueGrammar.Step {
    if byte == Lines.feed || byte == Lines.carriageReturn {
      // No string goes on over a line's end, and no text that is not in brackets.
      if depth == 0 && !isElement { return .endsBefore }
      (inString, isEscaped, indent) = (false, false, 0)
      return .goesOn
    }
    if let blanks = indent {
      if Blank.isSpace(byte) {
        indent = blanks + 1
        return .goesOn
      }
      indent = nil
      // A line that begins as far out as the value did begins another one, or ends the array.
      let opens = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
      if opens && blanks <= column { return .endsBefore }
      if isElement && byte == UInt8(ascii: "]") && blanks < max(1, column) { return .endsBefore }
    }
    if inString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        inString = false
      }
      return .goesOn
    }
    switch byte {
    case UInt8(ascii: "\""): inString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      if depth == 0, isElement, byte == UInt8(ascii: "]") { return .endsBefore }
      if depth == 1 { return .ends }
      depth = max(0, depth - 1)
    case UInt8(ascii: ",") where depth == 0 && isElement: return .endsBefore
    default: break
    }
    return .goesOn
  }
}
