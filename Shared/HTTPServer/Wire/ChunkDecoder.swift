/// Takes a chunked body apart as it comes in, without any tolerance (RFC 9112 7.1).
struct ChunkDecoder: Sendable {
  private enum State {
    /// In the line with a chunk's size.
    case size(digits: Int)
    case extension_(ChunkExtension)
    case sizeEnd
    case data(left: UInt64)
    case dataReturn, dataEnd
    /// At the beginning of a trailer's line, in its name, in its value, and before its LF.
    case trailer, trailerName, trailerValue, trailerEnd, lastEnd
    case done
  }

  /// The longest line with a size, all trailers together, and what may be spent on lines beyond
  /// what the data is worth, in bytes.
  private static let lineLimit = 256
  private static let trailerLimit = 8 << 10
  private static let excessLimit = 16 << 10

  private var state = State.size(digits: 0)
  private var size: UInt64 = 0
  /// The bytes of the line, or of the trailers, so far.
  private var overhead = 0
  /// The bytes of lines beyond what the data is worth: a client must not have the server read
  /// hundreds of bytes for each byte of data, which no limit of bodies would see.
  private var excess = 0

  /// Whether the body has ended.
  var isDone: Bool { if case .done = state { true } else { false } }

  /// Takes what came up to the body's end, adds the body's bytes to `body`, and returns how many
  /// bytes of the input it took.
  ///
  /// - Throws: ``HTTPError`` with 400 or 431.
  mutating func take(
    _ input: ArraySlice<UInt8>, into body: inout [UInt8]
  ) throws(HTTPError) -> Int {
    var index = input.startIndex
    while index < input.endIndex, !isDone {
      if case .data(let left) = state {
        let count = Int(min(left, UInt64(input.endIndex - index)))
        body.append(contentsOf: input[index..<(index + count)])
        index += count
        state = left == UInt64(count) ? .dataReturn : .data(left: left - UInt64(count))
      } else {
        state = try step(input[index])
        index += 1
      }
    }
    return index - input.startIndex
  }

  private mutating func step(_ byte: UInt8) throws(HTTPError) -> State {
    switch state {
    case .size, .extension_: return try sizeLine(byte)
    case .sizeEnd:
      try expect(byte, ASCII.lineFeed)
      return try beginData()
    case .dataReturn:
      try expect(byte, ASCII.carriageReturn)
      return .dataEnd
    case .dataEnd:
      try expect(byte, ASCII.lineFeed)
      return .size(digits: 0)
    case .trailer where byte == ASCII.carriageReturn: return .lastEnd
    case .trailer, .trailerName, .trailerValue: return try trailer(byte)
    case .trailerEnd:
      try expect(byte, ASCII.lineFeed)
      return .trailer
    case .lastEnd:
      try expect(byte, ASCII.lineFeed)
      return .done
    case .data, .done: return state
    }
  }

  private mutating func sizeLine(_ byte: UInt8) throws(HTTPError) -> State {
    overhead += 1
    guard overhead <= Self.lineLimit else { throw .malformed("a chunk's line is too long") }
    switch state {
    case .size(let digits):
      if let digit = ASCII.hexadecimal(byte) {
        guard digits < 15 else { throw .malformed("a chunk's size has more than 15 digits") }
        size = size << 4 | UInt64(digit)
        return .size(digits: digits + 1)
      }
      guard digits > 0 else { throw .malformed("a chunk's size is not a number") }
      if byte == ASCII.carriageReturn { return .sizeEnd }
      guard byte == UInt8(ascii: ";") else { throw .malformed("a chunk's size is not a number") }
      return .extension_(.beforeName)
    case .extension_(let place):
      if byte == ASCII.carriageReturn, place.mayEnd { return .sizeEnd }
      guard let next = place.after(byte) else {
        throw .malformed("a chunk's extension is malformed")
      }
      return .extension_(next)
    default: return state
    }
  }

  private mutating func beginData() throws(HTTPError) -> State {
    // A size of eight digits and the ends of two lines are what any client may need.
    excess = max(0, excess + overhead - 12 - Int(min(size, UInt64(Self.excessLimit))))
    guard excess <= Self.excessLimit else {
      throw .malformed("the chunks' lines are longer than their data is worth")
    }
    overhead = 0
    defer { size = 0 }
    return size == 0 ? .trailer : .data(left: size)
  }

  /// Trailers are dropped, since nothing here reads them, but they must be what headers are: what
  /// is not could be the next request to another program.
  private mutating func trailer(_ byte: UInt8) throws(HTTPError) -> State {
    overhead += 1
    guard overhead <= Self.trailerLimit else { throw .headersTooLarge }
    if case .trailerValue = state {
      if byte == ASCII.carriageReturn { return .trailerEnd }
      guard ASCII.isValue(byte) else {
        throw .malformed("a trailer's value has a control character")
      }
      return .trailerValue
    }
    if ASCII.isToken(byte) { return .trailerName }
    guard case .trailerName = state, byte == UInt8(ascii: ":") else {
      throw .malformed("a trailer is not NAME: VALUE")
    }
    return .trailerValue
  }

  private func expect(_ byte: UInt8, _ expected: UInt8) throws(HTTPError) {
    if byte != expected { throw .malformed("a chunk does not end where its size says") }
  }
}
