/// A cookie that is set: by default one that scripts do not see, that only TLS carries, and that
/// other sites' forms do not bring along.
public struct SetCookie: Sendable {
  /// Which requests from other sites bring it along.
  public enum SameSite: String, Sendable {
    /// None.
    case strict = "Strict"
    /// Only links that are followed.
    case lax = "Lax"
  }

  /// Its name. The prefix `__Host-` has browsers insist on what the defaults say.
  public var name: String
  /// Its value.
  public var value: String
  /// The paths that it is sent to.
  public var path = "/"
  /// How long it is kept, in seconds; nil until the browser ends, 0 removes it.
  public var maxAge: Int?
  /// Which requests from other sites bring it along.
  public var sameSite = SameSite.lax
  /// Whether it is sent over TLS only.
  public var isSecure = true
  /// Whether scripts do not see it.
  public var isHTTPOnly = true

  /// A cookie.
  public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }

  /// The header's value.
  ///
  /// - Throws: ``HTTPError`` with 500 where the name, the value or the path has what a cookie
  ///   cannot have: blanks, quotes, commas, semicolons, backslashes, controls, other than ASCII.
  func header() throws(HTTPError) -> String {
    func isValue(_ byte: UInt8) -> Bool {
      byte > 0x20 && byte < 0x7F && ![0x22, 0x2C, 0x3B, 0x5C].contains(byte)
    }
    guard !name.isEmpty, name.utf8.allSatisfy(ASCII.isToken), value.utf8.allSatisfy(isValue),
      path.utf8.allSatisfy(isValue)
    else {
      throw HTTPError(.internalServerError, code: "internal", "the server has a fault")
    }
    var text = "\(name)=\(value); Path=\(path); SameSite=\(sameSite.rawValue)"
    if let maxAge { text += "; Max-Age=\(maxAge)" }
    if isSecure { text += "; Secure" }
    if isHTTPOnly { text += "; HttpOnly" }
    return text
  }
}

extension Response {
  /// Sets a cookie.
  ///
  /// - Throws: ``HTTPError`` with 500 where it has what a cookie cannot have.
  public mutating func set(_ cookie: SetCookie) throws(HTTPError) {
    headers.append(.setCookie, try cookie.header())
  }
}
