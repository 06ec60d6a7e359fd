/// The head of a response, as it is written.
struct ResponseHead {
  /// How the body's end is told.
  enum Framing: Equatable {
    /// There is no body, and nothing is said of one.
    case none
    case length(Int64)
    case chunked
    /// By the connection's end, for clients that know nothing else.
    case close
  }

  let status: Status
  let headers: Headers
  let framing: Framing
  let keepsAlive: Bool
  /// The `Server` header.
  let serverName: String?

  /// Adds the head to what is to be sent.
  ///
  /// - Throws: ``MalformedResponse`` if the status or a header could be read as something else,
  ///   or is the server's to say.
  func write(to output: inout [UInt8]) throws(MalformedResponse) {
    guard (200...599).contains(status.code), status.reason.utf8.allSatisfy(ASCII.isValue) else {
      throw MalformedResponse(what: "status \(status.code)")
    }
    output.append(contentsOf: "HTTP/1.1 \(status.code) \(status.reason)\r\n".utf8)
    for field in headers.fields {
      try Self.check(field)
      Self.write(field.name.description, field.value, to: &output)
    }
    switch framing {
    case .none, .close: break
    case .length(let length): Self.write("Content-Length", String(length), to: &output)
    case .chunked: Self.write("Transfer-Encoding", "chunked", to: &output)
    }
    if !keepsAlive { Self.write("Connection", "close", to: &output) }
    Self.write("Date", HTTPDate.now, to: &output)
    if let serverName { Self.write("Server", serverName, to: &output) }
    output.append(contentsOf: [ASCII.carriageReturn, ASCII.lineFeed])
  }

  private static func write(_ name: String, _ value: String, to output: inout [UInt8]) {
    output.append(contentsOf: name.utf8)
    output.append(contentsOf: [UInt8(ascii: ":"), ASCII.space])
    output.append(contentsOf: value.utf8)
    output.append(contentsOf: [ASCII.carriageReturn, ASCII.lineFeed])
  }

  /// What the server says by itself, or what belongs to one connection and is not spoken here.
  private static let own: [HeaderName] = [
    .contentLength, .transferEncoding, .connection, .date, "Keep-Alive", "Trailer", "Upgrade",
  ]

  private static func check(_ field: Headers.Field) throws(MalformedResponse) {
    let name = field.name.description.utf8
    guard !name.isEmpty, name.allSatisfy(ASCII.isToken), field.value.utf8.allSatisfy(ASCII.isValue),
      !own.contains(field.name)
    else { throw MalformedResponse(what: "header \(field.name.description.debugDescription)") }
  }
}

/// A handler gave a status or a header that cannot be sent.
struct MalformedResponse: Error, CustomStringConvertible {
  let what: String

  var description: String { "the response's \(what) cannot be sent" }
}
