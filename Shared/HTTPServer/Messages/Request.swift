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
}

/// A request, as a handler gets it.
public struct Request: Sendable {
  /// What is to be done.
  public let method: Method
  /// The headers as they were sent.
  public var headers: Headers
  /// The body, which can be read once.
  public var body: RequestBody
  /// The client's address, without its port.
  public let remoteAddress: String
  /// Whether it came over TLS to this server.
  public let isSecure: Bool
  /// What the route's template names, decoded.
  public internal(set) var parameters: [String: String] = [:]
  let target: Target

  /// A request that did not come over a connection: for tests, and for handlers that ask others.
  ///
  /// - Parameter target: a path, with a query or none, escaped as in a request.
  /// - Throws: ``HTTPError`` with 400 where the target is none.
  public init(
    _ method: Method, _ target: String, headers: Headers = [:], body: RequestBody = .empty,
    remoteAddress: String = "127.0.0.1"
  ) throws(HTTPError) {
    self.init(
      method: method, target: try Target(Array(target.utf8)[...]), headers: headers, body: body,
      remoteAddress: remoteAddress, isSecure: false)
  }

  init(
    method: Method, target: Target, headers: Headers, body: RequestBody, remoteAddress: String,
    isSecure: Bool
  ) {
    (self.method, self.target, self.headers, self.body) = (method, target, headers, body)
    (self.remoteAddress, self.isSecure) = (remoteAddress, isSecure)
  }

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
  public func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

  /// A parameter that the route's template names.
  ///
  /// - Throws: ``HTTPError`` with 500 where the template has none of that name.
  public func parameter(_ name: String) throws(HTTPError) -> String {
    guard let value = parameters[name] else {
      throw HTTPError(.internalServerError, code: "internal", "the route has no such parameter")
    }
    return value
  }

  /// The cookies, by name; the first of a name counts.
  public var cookies: [String: String] {
    var cookies: [String: String] = [:]
    for pair in headers.all(.cookie).flatMap({ $0.split(separator: ";") }) {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      let name = parts[0].drop { $0 == " " }
      if cookies[String(name)] == nil { cookies[String(name)] = String(parts[1]) }
    }
    return cookies
  }
}
