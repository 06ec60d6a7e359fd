/// Finds the end of a request's head in what came so far. A line must end in CR LF: that some
/// servers take a bare LF is what requests are smuggled past others with.
struct HeadScanner {
  private var scanned = 0
  private var lineStart = 0
  private var isInFirstLine = true
  let limits: ServerLimits

  init(limits: ServerLimits) { self.limits = limits }

  /// The index after the head's last byte; nil where it is not there yet.
  ///
  /// - Parameter bytes: all that came since the head's first byte.
  /// - Throws: ``HTTPError`` with 400, 414 or 431.
  mutating func end(in bytes: ArraySlice<UInt8>) throws(HTTPError) -> Int? {
    let start = bytes.startIndex
    while scanned < bytes.count {
      defer { scanned += 1 }
      guard bytes[start + scanned] == ASCII.lineFeed else { continue }
      guard scanned > lineStart, bytes[start + scanned - 1] == ASCII.carriageReturn else {
        throw .malformed("a line does not end in CR LF")
      }
      if isInFirstLine { try checkRequestLine(scanned - 1) }
      isInFirstLine = false
      if scanned == lineStart + 1 {
        try checkHead(scanned + 1)
        return start + scanned + 1
      }
      lineStart = scanned + 1
    }
    if isInFirstLine { try checkRequestLine(scanned) }
    try checkHead(scanned)
    return nil
  }

  private func checkRequestLine(_ count: Int) throws(HTTPError) {
    if count > limits.requestLine {
      throw HTTPError(.uriTooLong, code: "tooLong", "the request line is too long")
    }
  }

  private func checkHead(_ count: Int) throws(HTTPError) {
    if count > limits.head { throw .headersTooLarge }
  }
}

extension HTTPError {
  static let headersTooLarge = HTTPError(
    .headersTooLarge, code: "headersTooLarge", "the request's headers are too large")
}
