/// The first line of a request.
struct RequestLine {
  let method: Method
  let target: Target
  /// The host with its port, if the target is a whole address.
  let authority: ArraySlice<UInt8>?
  let isHTTP10: Bool

  /// - Parameter line: the line without its CR LF.
  /// - Throws: ``HTTPError`` with 400, 501 or 505.
  init(_ line: ArraySlice<UInt8>) throws(HTTPError) {
    let parts = line.split(separator: ASCII.space, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(ASCII.isToken),
      parts[1].allSatisfy(ASCII.isTarget)
    else { throw .malformed("the request line is not METHOD TARGET VERSION") }
    isHTTP10 = try Self.isHTTP10(parts[2])
    let method = String(decoding: parts[0], as: UTF8.self)
    if method == "CONNECT" {
      throw HTTPError(.notImplemented, code: "method", "there are no tunnels here")
    }
    self.method = Method(method)
    (authority, target) = try Self.target(parts[1])
    guard !target.isServer || self.method == .options && authority == nil else {
      throw .malformed("the target * is for OPTIONS only")
    }
  }

  private static func isHTTP10(_ version: ArraySlice<UInt8>) throws(HTTPError) -> Bool {
    if version.elementsEqual("HTTP/1.1".utf8) { return false }
    if version.elementsEqual("HTTP/1.0".utf8) { return true }
    guard version.count == 8, version.starts(with: "HTTP/".utf8) else {
      throw .malformed("the request line is not METHOD TARGET VERSION")
    }
    let number = Array(version.dropFirst(5))
    guard ASCII.isDigit(number[0]), number[1] == UInt8(ascii: "."), ASCII.isDigit(number[2]) else {
      throw .malformed("the request line is not METHOD TARGET VERSION")
    }
    throw HTTPError(
      .versionNotSupported, code: "version", "HTTP/1.1 and HTTP/1.0 are spoken here")
  }

  /// A path, `*`, or a whole address with a path, a query or neither.
  private static func target(
    _ bytes: ArraySlice<UInt8>
  ) throws(HTTPError) -> (authority: ArraySlice<UInt8>?, Target) {
    for scheme in ["http://", "https://"] {
      let count = scheme.utf8.count
      guard ASCII.isSame(bytes.prefix(count), scheme.utf8) else { continue }
      let rest = bytes.dropFirst(count)
      let end =
        rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
      var path = rest[end...]
      if path.first != UInt8(ascii: "/") { path = "/".utf8 + path }
      return (rest[..<end], try Target(path))
    }
    return (nil, try Target(bytes))
  }
}
