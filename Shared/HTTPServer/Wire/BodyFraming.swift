/// How a request says where its body ends.
enum BodyFraming: Sendable, Equatable {
  case none
  case length(Int64)
  case chunked

  /// - Throws: ``HTTPError`` with 400 if it is said in two ways, twice or malformed, and with 501
  /// if   the body has a coding that is not known here.
  init(_ headers: Headers, isHTTP10: Bool) throws(HTTPError) {
    let codings = headers.all(.transferEncoding)
    let lengths = headers.all(.contentLength)
    guard codings.count + lengths.count <= 1 else {
      throw .malformed("the body's length is stated more than once")
    }
    if let coding = codings.first {
      guard !isHTTP10 else { throw .malformed("HTTP/1.0 has no transfer coding") }
      try Self.checkIsChunked(coding)
      self = .chunked
    } else if let length = lengths.first {
      let count = try Self.number(length)
      self = count == 0 ? .none : .length(count)
    } else {
      self = .none
    }
  }

  /// - Throws: ``HTTPError`` with 400 if the last coding is not `chunked`, so that nobody knows
  /// where   the body ends (RFC 9112 6.3), and with 501 if others stand before it.
  private static func checkIsChunked(_ value: String) throws(HTTPError) {
    if ASCII.isSame(value.utf8, "chunked".utf8) { return }
    guard let last = ASCII.elements(value).last, ASCII.isSame(last, "chunked".utf8) else {
      throw .malformed("Transfer-Encoding does not end in chunked")
    }
    throw HTTPError(
      .notImplemented, code: "coding", "no transfer coding but a single chunked is known here")
  }

  /// A number as it can be read in one way only: no sign, no list, and no zero before it, which has
  /// some take it for octal.
  private static func number(_ text: String) throws(HTTPError) -> Int64 {
    let digits = text.utf8
    guard (1...18).contains(digits.count), digits.allSatisfy(ASCII.isDigit),
      digits.first != UInt8(ascii: "0") || digits.count == 1, let count = Int64(text)
    else { throw .malformed("Content-Length is not a number of 1 to 18 digits") }
    return count
  }
}
