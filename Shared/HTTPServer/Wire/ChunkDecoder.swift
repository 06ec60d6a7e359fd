/// Takes a chunked body apart as it comes in, without any tolerance.
struct ChunkDecoder: Sendable {
  private enum State {
    /// In the line with a chunk's size, its extension or a trailer.
    case size, extension_, sizeEnd
    case data(left: UInt64)
    case dataReturn, dataEnd
    /// At the beginning of a trailer's line, within one, and before their LF.
    case trailer, trailerLine, trailerEnd, lastEnd
    case done
  }

  /// The longest line with a size, and all trailers together, in bytes.
  private static let lineLimit = 256
  private static let trailerLimit = 8 << 10

  private var state = State.size
  private var size: UInt64 = 0
  private var digits = 0
  /// The bytes of the line, or of the trailers, so far.
  private var overhead = 0

  /// Whether the body has ended.
  var isDone: Bool { if case .done = state { true } else { false } }

  /// Takes what came up to the body's end: adds the body's bytes to `body`, and answers how many of
  /// the input it took.
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
      overhead = 0
      digits = 0
      defer { size = 0 }
      return size == 0 ? .trailer : .data(left: size)
    case .dataReturn:
      try expect(byte, ASCII.carriageReturn)
      return .dataEnd
    case .dataEnd:
      try expect(byte, ASCII.lineFeed)
      return .size
    case .trailer where byte == ASCII.carriageReturn: return .lastEnd
    case .trailer, .trailerLine: return try trailer(byte)
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
    if case .size = state {
      if let digit = ASCII.hexadecimal(byte) {
        digits += 1
        guard digits <= 15 else { throw .malformed("a chunk's size is too large") }
        size = size << 4 | UInt64(digit)
        return .size
      }
      guard digits > 0, byte == ASCII.carriageReturn || byte == UInt8(ascii: ";") else {
        throw .malformed("a chunk's size is no number")
      }
    }
    if byte == ASCII.carriageReturn { return .sizeEnd }
    guard ASCII.isValue(byte) else { throw .malformed("a chunk's extension is malformed") }
    return .extension_
  }

  /// Trailers are dropped: nothing here reads them.
  private mutating func trailer(_ byte: UInt8) throws(HTTPError) -> State {
    overhead += 1
    guard overhead <= Self.trailerLimit else { throw .headersTooLarge }
    if byte == ASCII.carriageReturn { return .trailerEnd }
    guard ASCII.isValue(byte) else { throw .malformed("a trailer is malformed") }
    return .trailerLine
  }

  private func expect(_ byte: UInt8, _ expected: UInt8) throws(HTTPError) {
    if byte != expected { throw .malformed("a chunk does not end where its size says") }
  }
}
