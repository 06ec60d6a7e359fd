/// The method of a request; any token is one.
public struct Method: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// As it was sent; methods have a case.
  public let description: String

  /// A method.
  public init(_ name: String) { description = name }

  /// A method.
  public init(stringLiteral name: String) { description = name }

  /// `GET`.
  public static let get: Method = "GET"
  /// `HEAD`.
  public static let head: Method = "HEAD"
  /// `POST`.
  public static let post: Method = "POST"
  /// `PUT`.
  public static let put: Method = "PUT"
  /// `PATCH`.
  public static let patch: Method = "PATCH"
  /// `DELETE`.
  public static let delete: Method = "DELETE"
  /// `OPTIONS`.
  public static let options: Method = "OPTIONS"
}

/// A request, as a handler gets it.
public struct Request: Sendable {
  /// What is to be done.
  public let method: Method
  /// The headers as they were sent.
  public var headers: Headers
  /// The body, which can be read once.
  public var body: RequestBody
  /// The client's address, without its port; as the proxy has it, of a proxy that is trusted.
  public let remoteAddress: String
  /// The address that the connection came from: the client's, or its proxy's.
  public let peerAddress: String
  /// Whether it came over TLS, to this server or to a proxy that is trusted.
  public let isSecure: Bool
  /// The host that the client asked for, with its port where it said one; nil if it said none.
  public let host: String?
  /// What the route's template names, decoded.
  public internal(set) var parameters: [String: String] = [:]
  let target: Target
  private let clientEnd: @Sendable () -> Bool

  /// A request that did not come over a connection: for tests, and for handlers that ask others.
  ///
  /// - Parameters:
  ///   - target: a path, with a query or none, escaped as in a request.
  ///   - remoteAddress: where it comes from.
  ///   - proxies: as in ``Server/Configuration/proxies``.
  /// - Throws: ``HTTPError`` with 400 where the target is none.
  public init(
    _ method: Method, _ target: String, headers: Headers = [:], body: RequestBody = .empty,
    remoteAddress: String = "127.0.0.1", proxies: [AddressRange] = []
  ) throws(HTTPError) {
    self.init(
      method: method, target: try Target(Array(target.utf8)[...]), headers: headers, body: body,
      peer: remoteAddress, isSecure: false, proxies: proxies, clientEnd: { false })
  }

  /// - Parameters:
  ///   - peer: the address that the connection came from.
  ///   - isSecure: whether the connection is within TLS.
  init(
    method: Method, target: Target, headers: Headers, body: RequestBody, peer: String,
    isSecure: Bool, proxies: [AddressRange], clientEnd: @escaping @Sendable () -> Bool
  ) {
    (self.method, self.target, self.headers, self.body) = (method, target, headers, body)
    let forwarded = Forwarded(peer: peer, isSecure: isSecure, headers: headers, proxies: proxies)
    (remoteAddress, peerAddress) = (forwarded.client, peer)
    (self.isSecure, host) = (forwarded.isSecure, forwarded.host)
    self.clientEnd = clientEnd
  }

  /// Whether the client has ended its sending. It is gone, or it has only said that nothing more
  /// comes and waits for the answer: from here the two look the same, so the request goes on until
  /// the client turns out to be gone (see ``ServerLimits/probeTime``), and is cancelled then. A
  /// handler that works for long, and would rather not do so for nobody, looks here.
  public var hasClientEnded: Bool { clientEnd() }

  /// The path as it was sent: escapes, `..` and doubled slashes are still there.
  public var path: String { target.path }

  /// The path's segments, decoded. One may hold a slash, or be `..`: whoever makes a file's path of
  /// it looks first.
  public var segments: [String] { target.segments }

  /// The query's names and values, decoded, in their order.
  public var query: [QueryItem] {
    // Whether it can be decoded was looked at when it came.
    (try? target.query.map { query throws(HTTPError) in try Target.items(Array(query.utf8)[...]) })
      .flatMap(\.self) ?? []
  }

  /// The first value that the query has for a name.
  public func query(_ name: String) -> String? { query.first { $0.name.isExactly(name) }?.value }

  /// A parameter that the route's template names.
  ///
  /// - Throws: ``HTTPError`` with 500 where the template has none of that name.
  public func parameter(_ name: String) throws(HTTPError) -> String {
    guard let value = parameters[name] else {
      throw HTTPError(.internalServerError, code: "internal", "the route has no such parameter")
    }
    return value
  }

  /// The cookies, by name; the first of a name counts. What is not NAME=VALUE, with a name that a
  /// cookie can have (RFC 6265 4.1.1), is not a cookie.
  public var cookies: [String: String] {
    var cookies: [String: String] = [:]
    for pair in headers.all(.cookie).flatMap({ Array($0.utf8).split(separator: Self.semicolon) }) {
      guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let name = ASCII.trimmed(pair[..<equals])
      guard !name.isEmpty, name.allSatisfy(ASCII.isToken) else { continue }
      let text = String(decoding: name, as: UTF8.self)
      guard cookies[text] == nil else { continue }
      cookies[text] = String(decoding: ASCII.trimmed(pair[(equals + 1)...]), as: UTF8.self)
    }
    return cookies
  }

  private static let semicolon = UInt8(ascii: ";")
}
