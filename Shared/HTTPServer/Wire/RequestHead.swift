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

  /// - Parameter bytes: a whole head, of which ``HeadScanner`` found the end.
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
    let hosts = headers.all(.host)
    guard hosts.count <= 1, line.isHTTP10 || hosts.count == 1 else {
      throw .malformed("there must be one Host header")
    }
    guard hosts.allSatisfy({ $0.utf8.allSatisfy(ASCII.isHost) }) else {
      throw .malformed("the Host header is none")
    }
    if let authority = line.authority, let host = hosts.first, host != authority {
      throw .malformed("the target is of another host")
    }
    (method, target, isHTTP10) = (line.method, line.target, line.isHTTP10)
    self.headers = headers
    framing = try BodyFraming(headers, isHTTP10: line.isHTTP10)
    let options = Self.tokens(headers.all(.connection))
    keepsAlive = !line.isHTTP10 && !options.contains("close")
    let expectations = Self.tokens(headers.all(.expect))
    guard expectations.allSatisfy({ $0 == "100-continue" }) else {
      throw HTTPError(.expectationFailed, code: "expectation", "only 100-continue can be expected")
    }
    expectsContinue = !line.isHTTP10 && !expectations.isEmpty
  }

  private static func tokens(_ values: [String]) -> [String] {
    values.flatMap { $0.split(separator: ",") }.map { token in
      token.lowercased().drop { $0 == " " || $0 == "\t" }.split(separator: " ").first
        .map(String.init) ?? ""
    }
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

/// The first line of a request.
private struct RequestLine {
  let method: Method
  let target: Target
  /// The host, where the target is a whole address.
  let authority: String?
  let isHTTP10: Bool

  init(_ line: ArraySlice<UInt8>) throws(HTTPError) {
    let parts = line.split(separator: ASCII.space, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(ASCII.isToken),
      parts[1].allSatisfy(ASCII.isTarget)
    else { throw .malformed("the request line is not METHOD TARGET VERSION") }
    if parts[2].elementsEqual("HTTP/1.1".utf8) {
      isHTTP10 = false
    } else if parts[2].elementsEqual("HTTP/1.0".utf8) {
      isHTTP10 = true
    } else if parts[2].starts(with: "HTTP/".utf8) {
      throw HTTPError(
        .versionNotSupported, code: "version", "this version of HTTP is not spoken here")
    } else {
      throw .malformed("the request line is not METHOD TARGET VERSION")
    }
    method = Method(String(decoding: parts[0], as: UTF8.self))
    (authority, target) = try Self.target(parts[1])
  }

  /// A path, or a whole address with one.
  private static func target(
    _ bytes: ArraySlice<UInt8>
  ) throws(HTTPError) -> (authority: String?, Target) {
    for scheme in ["http://", "https://"] where bytes.starts(with: scheme.utf8) {
      let rest = bytes.dropFirst(scheme.utf8.count)
      let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      let path = slash < rest.endIndex ? rest[slash...] : ArraySlice("/".utf8)
      return (String(decoding: rest[..<slash], as: UTF8.self), try Target(path))
    }
    return (nil, try Target(bytes))
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
    func isBlank(_ byte: UInt8) -> Bool { byte == ASCII.space || byte == ASCII.tab }
    var value = line[(colon + 1)...].drop(while: isBlank)
    while let last = value.last, isBlank(last) { value.removeLast() }
    guard value.allSatisfy(ASCII.isValue) else {
      throw .malformed("a header's value has a control character")
    }
    name = HeaderName(String(decoding: line[..<colon], as: UTF8.self))
    self.value = String(decoding: value, as: UTF8.self)
  }
}
