/// One JSON text taken apart into tokens, without an allocation per value: the buffer of tokens is
/// used again for the next text.
///
/// Strict RFC 8259 in UTF-8, at most 64 levels deep. Numbers stay the bytes they are, so nothing is
/// ever rounded on the way in.
public struct JSONTape {
  /// What a token is.
  enum Kind: UInt8 { case object, array, string, escapedString, number, yes, no, null }

  struct Token {
    var kind: Kind
    /// First byte; of a string, the byte behind the quote.
    var start: Int32
    /// Behind the last byte; of a string, the closing quote.
    var end: Int32
    /// The token behind this one and everything in it.
    var next: Int32
  }

  var tokens: [Token] = []

  /// An empty tape.
  public init() {}

  /// Takes a text apart and hands its root to `body`; the nodes are good only within the call.
  ///
  /// - Throws: ``JSONSyntaxError`` for anything that is not one JSON value, or what `body` throws.
  public mutating func read<T>(
    _ text: UnsafeRawBufferPointer, _ body: (JSONNode) throws -> T
  ) throws -> T {
    try parse(text)
    return try withRoot(of: text, body)
  }

  /// Takes a text apart.
  mutating func parse(_ text: UnsafeRawBufferPointer) throws(JSONSyntaxError) {
    tokens.removeAll(keepingCapacity: true)
    var parser = JSONParser(text: text)
    try parser.document(&tokens)
  }

  /// Hands the root of the text that was parsed last to `body`.
  func withRoot<T, E>(
    of text: UnsafeRawBufferPointer, _ body: (JSONNode) throws(E) -> T
  ) throws(E) -> T {
    try tokens.withUnsafeBufferPointer { (tokens) throws(E) in
      try body(JSONNode(tokens: tokens, text: text, index: 0))
    }
  }
}

/// A text is not JSON.
public struct JSONSyntaxError: Error, Equatable, Sendable {
  /// The byte at which it stops being JSON.
  public var offset: Int
  /// What was expected there.
  public var expected: String
}

struct JSONParser {
  let text: UnsafeRawBufferPointer
  var position = 0
  var ascii = true

  static let depthLimit = 64

  init(text: UnsafeRawBufferPointer) { self.text = text }

  mutating func document(_ tokens: inout [JSONTape.Token]) throws(JSONSyntaxError) {
    guard text.count < Int(Int32.max) else { throw fail("a text under 2 GiB") }
    skipSpace()
    try value(&tokens, depth: 0)
    skipSpace()
    guard position == text.count else { throw fail("the end") }
    // Outside of strings only ASCII passes, so this is the strings' encoding.
    if !ascii, String(validating: text, as: UTF8.self) == nil { throw fail("UTF-8") }
  }

  private mutating func value(
    _ tokens: inout [JSONTape.Token], depth: Int
  ) throws(JSONSyntaxError) {
    guard position < text.count else { throw fail("a value") }
    switch text[position] {
    case UInt8(ascii: "{"): try object(&tokens, depth: depth)
    case UInt8(ascii: "["): try array(&tokens, depth: depth)
    case UInt8(ascii: "\""): try string(&tokens)
    case UInt8(ascii: "t"): try literal("true", .yes, &tokens)
    case UInt8(ascii: "f"): try literal("false", .no, &tokens)
    case UInt8(ascii: "n"): try literal("null", .null, &tokens)
    default: try number(&tokens)
    }
  }

  private mutating func object(
    _ tokens: inout [JSONTape.Token], depth: Int
  ) throws(JSONSyntaxError) {
    let index = try open(.object, &tokens, depth: depth)
    if take(UInt8(ascii: "}")) { return close(index, &tokens) }
    while true {
      guard position < text.count, text[position] == UInt8(ascii: "\"") else { throw fail("a key") }
      try string(&tokens)
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw fail("a colon") }
      skipSpace()
      try value(&tokens, depth: depth + 1)
      skipSpace()
      if take(UInt8(ascii: "}")) { return close(index, &tokens) }
      guard take(UInt8(ascii: ",")) else { throw fail("a comma or }") }
      skipSpace()
    }
  }

  private mutating func array(
    _ tokens: inout [JSONTape.Token], depth: Int
  ) throws(JSONSyntaxError) {
    let index = try open(.array, &tokens, depth: depth)
    if take(UInt8(ascii: "]")) { return close(index, &tokens) }
    while true {
      try value(&tokens, depth: depth + 1)
      skipSpace()
      if take(UInt8(ascii: "]")) { return close(index, &tokens) }
      guard take(UInt8(ascii: ",")) else { throw fail("a comma or ]") }
      skipSpace()
    }
  }

  private mutating func open(
    _ kind: JSONTape.Kind, _ tokens: inout [JSONTape.Token], depth: Int
  ) throws(JSONSyntaxError) -> Int {
    guard depth < Self.depthLimit else { throw fail("at most \(Self.depthLimit) levels") }
    tokens.append(.init(kind: kind, start: Int32(position), end: 0, next: 0))
    position += 1
    skipSpace()
    return tokens.count - 1
  }

  private func close(_ index: Int, _ tokens: inout [JSONTape.Token]) {
    tokens[index].end = Int32(position)
    tokens[index].next = Int32(tokens.count)
  }

  private mutating func string(_ tokens: inout [JSONTape.Token]) throws(JSONSyntaxError) {
    let start = position + 1
    var kind = JSONTape.Kind.string
    // A local, so that the loop need not go through memory for every byte.
    var index = start
    while index < text.count {
      index = Self.plainEnd(of: text, from: index)
      guard index < text.count else { break }
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "\""):
        let next = Int32(truncatingIfNeeded: tokens.count + 1)
        tokens.append(
          .init(
            kind: kind, start: Int32(truncatingIfNeeded: start),
            end: Int32(truncatingIfNeeded: index), next: next))
        position = index + 1
        return
      case UInt8(ascii: "\\"):
        kind = .escapedString
        position = index
        try escape()
        index = position
      case 0x80...:
        ascii = false
        index += 1
      default:
        position = index
        throw fail("no bare control character")
      }
    }
    position = index
    throw fail("a closing quote")
  }

  /// Where bytes end that mean nothing but themselves in a string: eight at a time, since most of a
  /// text is such.
  @inline(__always)
  private static func plainEnd(of text: UnsafeRawBufferPointer, from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var index = start
    while index + 8 <= text.count {
      let word = UInt64(
        littleEndian: text.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
      let slash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
      // The high bit of each byte that is zero in `quote` or `slash`, below 0x20 or above 0x7F; a
      // borrow marks only bytes behind the first that is marked rightly.
      let marks =
        ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | (word &- ones &* 0x20) | word
      let found = marks & (ones &* 0x80)
      guard found == 0 else { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < text.count {
      let byte = text[index]
      guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\")
      else { break }
      index += 1
    }
    return index
  }

  private mutating func escape() throws(JSONSyntaxError) {
    guard position + 1 < text.count else { throw fail("an escape") }
    switch text[position + 1] {
    case UInt8(ascii: "u"):
      guard let unit = JSONNode.hex(text, position + 2) else { throw fail("four hex digits") }
      position += 6
      if unit & 0xFC00 == 0xDC00 { throw fail("a high surrogate first") }
      guard unit & 0xFC00 == 0xD800 else { return }
      guard position + 1 < text.count, text[position] == UInt8(ascii: "\\"),
        text[position + 1] == UInt8(ascii: "u"), let low = JSONNode.hex(text, position + 2),
        low & 0xFC00 == 0xDC00
      else { throw fail("a low surrogate") }
      position += 6
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
    default: throw fail("a known escape")
    }
  }

  private mutating func number(_ tokens: inout [JSONTape.Token]) throws(JSONSyntaxError) {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if take(UInt8(ascii: "0")) {
    } else if digits() == 0 {
      throw fail("a value")
    }
    if take(UInt8(ascii: ".")), digits() == 0 { throw fail("a digit") }
    if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      if digits() == 0 { throw fail("a digit") }
    }
    append(.number, from: start, &tokens)
  }

  private mutating func digits() -> Int {
    let start = position
    while position < text.count, text[position] &- UInt8(ascii: "0") < 10 { position += 1 }
    return position - start
  }

  private mutating func literal(
    _ word: StaticString, _ kind: JSONTape.Kind, _ tokens: inout [JSONTape.Token]
  ) throws(JSONSyntaxError) {
    let start = position
    for index in 0..<word.utf8CodeUnitCount {
      guard take(word.utf8Start[index]) else { throw fail("\(word)") }
    }
    append(kind, from: start, &tokens)
  }

  private func append(_ kind: JSONTape.Kind, from start: Int, _ tokens: inout [JSONTape.Token]) {
    let next = Int32(tokens.count + 1)
    tokens.append(.init(kind: kind, start: Int32(start), end: Int32(position), next: next))
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < text.count, text[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < text.count {
      switch text[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private func fail(_ expected: String) -> JSONSyntaxError {
    JSONSyntaxError(offset: position, expected: expected)
  }
}
