/// Where a server is reached: the scheme, the host and the port of an address, as browsers compare
/// them.
public struct Site: Sendable, Hashable, CustomStringConvertible {
  /// Whether it is `https`.
  public let isSecure: Bool
  /// The host in lower case; an IPv6 address without its brackets.
  public let host: String
  /// The port, where it is not the scheme's own.
  public let port: Int?

  /// The site of an address such as `https://books.example`; nil if it is none, or has a path.
  public init?(_ text: String) {
    for (scheme, isSecure) in [("https://", true), ("http://", false)] {
      guard text.utf8.count > scheme.utf8.count,
        zip(text.utf8, scheme.utf8).allSatisfy({ ASCII.lower($0) == $1 })
      else { continue }
      var rest = text.utf8.dropFirst(scheme.utf8.count)
      if rest.last == UInt8(ascii: "/") { rest.removeLast() }
      self.init(isSecure: isSecure, authority: String(Substring(rest)))
      return
    }
    return nil
  }

  /// The site of a `Host` header's value, over a scheme; nil if it is none.
  public init?(isSecure: Bool, authority: String) {
    let bytes = authority.utf8.map(ASCII.lower)
    var name = bytes[...]
    var port: Int?
    if let colon = bytes.lastIndex(of: UInt8(ascii: ":")), bytes.last != UInt8(ascii: "]") {
      let digits = bytes[(colon + 1)...]
      guard (1...5).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(String(decoding: digits, as: UTF8.self)), number <= 65_535
      else { return nil }
      name = bytes[..<colon]
      port = number == (isSecure ? 443 : 80) ? nil : number
    }
    if name.first == UInt8(ascii: "[") {
      name = name.dropFirst().dropLast()
      guard bytes.contains(UInt8(ascii: "]")),
        AddressRange.bytes(String(decoding: name, as: UTF8.self))?.count == 16
      else { return nil }
    } else {
      guard !name.isEmpty, name.allSatisfy(Authority.isName) else { return nil }
    }
    (self.isSecure, self.port) = (isSecure, port)
    host = String(decoding: name, as: UTF8.self)
  }

  /// As an address.
  public var description: String {
    let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    return (isSecure ? "https://" : "http://") + name + (port.map { ":\($0)" } ?? "")
  }
}
