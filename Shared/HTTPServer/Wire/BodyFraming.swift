/// How a request says where its body ends.
enum BodyFraming: Sendable, Equatable {
  case none
  case length(Int64)
  case chunked

  /// - Throws: ``HTTPError`` with 400 where it says so in two ways, twice or malformed, and with
  ///   501 where it has a coding that is not known here.
  init(_ headers: Headers, isHTTP10: Bool) throws(HTTPError) {
    let codings = headers.all(.transferEncoding)
    let lengths = headers.all(.contentLength)
    guard codings.count + lengths.count <= 1 else {
      throw .malformed("the body's length is stated more than once")
    }
    if let coding = codings.first {
      guard !isHTTP10 else { throw .malformed("HTTP/1.0 has no transfer coding") }
      guard coding.lowercased() == "chunked" else {
        throw HTTPError(.notImplemented, code: "coding", "only the coding chunked is known")
      }
      self = .chunked
    } else if let length = lengths.first {
      guard (1...18).contains(length.utf8.count),
        length.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int64(length)
      else { throw .malformed("Content-Length is no number") }
      self = count == 0 ? .none : .length(count)
    } else {
      self = .none
    }
  }
}
