/// The head of a request, parsed without any tolerance: what two programs could read differently is
/// refused.
struct RequestHead: Sendable {
  let method: Method
  let target: Target
  let isHTTP10: Bool
  let headers: Headers
  let framing: BodyFraming
  /// Whether the client lets the connection be used on.
  let keepsAlive: Bool
  /// Whether the client waits to be asked for the body.
  let expectsContinue: Bool

  /// - Parameter bytes: a whole head, as ``HeadScanner`` found it.
  /// - Throws: ``HTTPError`` with 400, 417, 431, 501 or 505.
  init(_ bytes: ArraySlice<UInt8>, limits: ServerLimits) throws(HTTPError) {
    var lines = HeadLines(bytes)
    let line = try RequestLine(lines.next() ?? [])
    var headers = Headers()
    var count = 0
    while let line = lines.next() {
      count += 1
      if count > limits.headers { throw .headersTooLarge }
      let field = try HeaderLine(line)
      headers.append(field.name, field.value)
    }
    try Self.checkHost(&headers, line)
    for name in Self.singletons where headers.all(name).count > 1 {
      throw .malformed("there is more than one \(name) header")
    }
    (method, target, isHTTP10) = (line.method, line.target, line.isHTTP10)
    framing = try BodyFraming(headers, isHTTP10: line.isHTTP10)
    keepsAlive = try !Self.saysClose(headers) && !line.isHTTP10
    let expectations = headers.all(.expect).flatMap(ASCII.elements)
    guard expectations.allSatisfy({ ASCII.isSame($0, "100-continue".utf8) }) else {
      throw HTTPError(.expectationFailed, code: "expectation", "only 100-continue can be expected")
    }
    expectsContinue = !line.isHTTP10 && !expectations.isEmpty
    self.headers = headers
  }

  /// Headers of which one program could take the first, and another the last.
  private static let singletons: [HeaderName] = [.contentType, .authorization, "Origin"]

  /// Sees to it that a request names one host, and that the `Host` header says it: a target that is
  /// a whole address and the header must not name two.
  private static func checkHost(_ headers: inout Headers, _ line: RequestLine) throws(HTTPError) {
    let hosts = headers.all(.host)
    guard hosts.count == 1 || hosts.isEmpty && line.isHTTP10 else {
      throw .malformed("there must be one Host header")
    }
    if let host = hosts.first, !Authority.isValid(host.utf8) {
      throw .malformed("the Host header is not a host with or without a port")
    }
    guard let authority = line.authority else { return }
    guard Authority.isValid(authority) else {
      throw .malformed("the target's host is not a host with or without a port")
    }
    if let host = hosts.first {
      guard ASCII.isSame(host.utf8, authority) else {
        throw .malformed("the target and the Host header name different hosts")
      }
    } else {
      headers.append(.host, String(decoding: authority, as: UTF8.self))
    }
  }

  private static func saysClose(_ headers: Headers) throws(HTTPError) -> Bool {
    let options = headers.all(.connection).flatMap(ASCII.elements)
    guard options.allSatisfy({ $0.allSatisfy(ASCII.isToken) }) else {
      throw .malformed("Connection is not a list of words")
    }
    return options.contains { ASCII.isSame($0, "close".utf8) }
  }
}

/// The lines of a head but the empty one that ends it, without their CR LF.
private struct HeadLines {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func next() -> ArraySlice<UInt8>? {
    guard let end = rest.firstIndex(of: ASCII.lineFeed), end > rest.startIndex + 1 else {
      return nil
    }
    let line = rest[..<(end - 1)]
    rest = rest[(end + 1)...]
    return line
  }
}

/// A line of a head after the first.
private struct HeaderLine {
  let name: HeaderName
  let value: String

  init(_ line: ArraySlice<UInt8>) throws(HTTPError) {
    // A blank before the colon, or at the beginning as of a value that goes on, is no token.
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy(ASCII.isToken)
    else { throw .malformed("a header is not NAME: VALUE") }
    let value = ASCII.trimmed(line[(colon + 1)...])
    guard value.allSatisfy(ASCII.isValue) else {
      throw .malformed("a header's value has a control character")
    }
    guard let text = String(validating: value, as: UTF8.self) else {
      throw .malformed("a header's value is not UTF-8")
    }
    name = HeaderName(String(decoding: line[..<colon], as: UTF8.self))
    self.value = text
  }
}
