/// What is answered.
public struct Response: Sendable {
  /// The status.
  public var status: Status
  /// The headers. Those that say how the body is framed (`Content-Length`, `Transfer-Encoding`,
  /// `Trailer`), that are about the connection (`Connection`, `Keep-Alive`, `Upgrade`), and `Date`
  /// are the server's.
  public var headers: Headers
  /// The body.
  public var body: ResponseBody

  /// A response.
  public init(status: Status = .ok, headers: Headers = [:], body: ResponseBody = .empty) {
    (self.status, self.headers, self.body) = (status, headers, body)
  }

  /// A text of a media type.
  public init(status: Status = .ok, _ mediaType: String, _ text: String) {
    self.init(status: status, headers: [.contentType: mediaType], body: .bytes(Array(text.utf8)))
  }

  /// Sends the client to another address.
  public static func redirect(to location: String, _ status: Status = .seeOther) -> Response {
    Response(status: status, headers: [.location: location])
  }
}

/// The body of a response.
public struct ResponseBody: Sendable {
  /// Writes a body.
  public typealias Writing = @Sendable (inout BodyWriter) async throws -> Void

  enum Content {
    case bytes([UInt8])
    case stream(length: Int64?, Writing)
  }

  let content: Content

  /// Nothing.
  public static let empty = bytes([])

  /// Bytes that are there already.
  public static func bytes(_ bytes: [UInt8]) -> ResponseBody { .init(content: .bytes(bytes)) }

  /// A body that is made while it is sent, at the client's pace. Where it throws, or the length is
  /// wrong, the connection is cut, so that the client sees that something is missing. It is
  /// cancelled where the client goes away, and does not run for `HEAD`.
  ///
  /// - Parameter length: how many bytes it will be, where that is known.
  public static func stream(
    length: Int64? = nil, _ write: @escaping Writing
  ) -> ResponseBody {
    .init(content: .stream(length: length, write))
  }

  /// How many bytes it has, where that is known.
  public var length: Int64? {
    switch content {
    case .bytes(let bytes): Int64(bytes.count)
    case .stream(let length, _): length
    }
  }

  /// All of it, for tests and for handlers that ask others.
  ///
  /// - Throws: what writing it throws.
  public func collect() async throws -> [UInt8] {
    switch content {
    case .bytes(let bytes): return bytes
    case .stream(_, let write):
      let all = Gathered()
      var writer = BodyWriter { all.append($0) }
      try await write(&writer)
      try await writer.flush()
      return all.bytes
    }
  }
}
