import HTTPServer

/// Who sent a request, by its token (RFC 6750), which stands in a header and nowhere else.
public struct Bearer: Sendable {
  private let entries: [(producer: Producer, token: [UInt8])]

  /// The producers of a file.
  public init(_ file: ProducerFile) { entries = file.entries }

  /// Whether a byte may stand in a token.
  static func isOfToken(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "/"),
      UInt8(ascii: "="):
      true
    default: false
    }
  }

  /// The producer whose token a request has.
  ///
  /// - Throws: `HTTPError` with 401 where it has none, or one that is nobody's.
  public func producer(of request: Request) throws(HTTPError) -> Producer {
    let headers = request.headers.all(.authorization)
    guard headers.count == 1, let token = Self.token(headers[0]) else {
      throw Self.refusal("a token is needed: Authorization: Bearer TOKEN")
    }
    // All of them are compared, and all bytes of each: the time tells nothing of where they differ.
    var found: Producer?
    for entry in entries where Self.isSame(entry.token, token) { found = entry.producer }
    guard let found else { throw Self.refusal("the token is nobody's") }
    return found
  }

  private static func token(_ header: String) -> [UInt8]? {
    let scheme = Array("bearer ".utf8)
    let bytes = Array(header.utf8)
    guard bytes.count > scheme.count,
      zip(bytes, scheme).allSatisfy({ ($0 == 0x20 ? $0 : $0 | 0x20) == $1 })
    else { return nil }
    let token = bytes[scheme.count...].drop { $0 == 0x20 }
    return token.isEmpty || !token.allSatisfy(isOfToken) ? nil : Array(token)
  }

  private static func isSame(_ token: [UInt8], _ other: [UInt8]) -> Bool {
    // A token's length is no secret: all that are made alike have the same.
    guard token.count == other.count else { return false }
    return zip(token, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func refusal(_ message: String) -> HTTPError {
    HTTPError(
      .unauthorized, code: "token", message, headers: ["WWW-Authenticate": #"Bearer realm="saldo""#]
    )
  }
}
