/// Finds a request's head in what came so far. A line must end in CR LF: that some servers take a
/// bare LF is what requests are smuggled past others with.
///
/// It looks at each byte once, and finds the same whether the bytes come together or one by one.
struct HeadScanner {
  let limits: ServerLimits
  /// Whether the head's first byte came.
  private(set) var hasBegun = false
  /// The bytes of an empty line before the head: clients of old end a body with one that belongs to
  /// nothing (RFC 9112 2.2).
  private var skipped = 0
  /// The bytes of the head that were looked at, and how many of them are in earlier lines.
  private var scanned = 0
  private var lineStart = 0

  init(limits: ServerLimits) { self.limits = limits }

  /// Where the head is; nil while it is not whole.
  ///
  /// - Parameter bytes: all that came since the request before.
  /// - Throws: ``HTTPError`` with 400, 414 or 431.
  mutating func head(in bytes: ArraySlice<UInt8>) throws(HTTPError) -> Range<Int>? {
    guard try begins(bytes) else { return nil }
    let start = bytes.startIndex + skipped
    while start + scanned < bytes.endIndex {
      let byte = bytes[start + scanned]
      try checkLimits(byte)
      scanned += 1
      guard byte == ASCII.lineFeed else { continue }
      let length = scanned - lineStart
      guard length >= 2, bytes[start + scanned - 2] == ASCII.carriageReturn else {
        throw .malformed("a line does not end in CR LF")
      }
      if length == 2 { return start..<(start + scanned) }
      lineStart = scanned
    }
    return nil
  }

  private mutating func begins(_ bytes: ArraySlice<UInt8>) throws(HTTPError) -> Bool {
    if hasBegun { return true }
    if skipped == 0, bytes.first == ASCII.carriageReturn {
      guard bytes.count > 1 else { return false }
      guard bytes[bytes.startIndex + 1] == ASCII.lineFeed else {
        throw .malformed("a line does not end in CR LF")
      }
      skipped = 2
    }
    hasBegun = bytes.count > skipped
    return hasBegun
  }

  private func checkLimits(_ byte: UInt8) throws(HTTPError) {
    if scanned >= limits.head { throw .headersTooLarge }
    guard lineStart == 0, scanned >= limits.requestLine else { return }
    // Only the line's end may come yet.
    let expected =
      scanned == limits.requestLine
      ? byte == ASCII.carriageReturn || byte == ASCII.lineFeed : byte == ASCII.lineFeed
    if !expected {
      throw HTTPError(.uriTooLong, code: "tooLong", "the request line is too long")
    }
  }
}

extension HTTPError {
  static let headersTooLarge = HTTPError(
    .headersTooLarge, code: "headersTooLarge", "the request's headers are too large")
}
