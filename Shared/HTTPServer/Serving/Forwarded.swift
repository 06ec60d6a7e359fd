/// Who a request came from and what it was addressed to, where a proxy may stand in between.
///
/// Of a proxy that is trusted its headers count: `X-Forwarded-For`, `X-Forwarded-Proto` and
/// `X-Forwarded-Host`. From anybody else they say nothing, and `Forwarded` (RFC 7239) never does: a
/// proxy that sets one of two ways lets clients set the other.
struct Forwarded {
  /// The client's address.
  private(set) var client: String
  /// Whether the client speaks TLS.
  private(set) var isSecure: Bool
  /// The host, with its port where there is one, that the client asked for.
  private(set) var host: String?

  /// - Parameters:
  ///   - peer: the address that the connection came from.
  ///   - isSecure: whether the connection is within TLS.
  ///   - proxies: the addresses that are trusted.
  init(peer: String, isSecure: Bool, headers: Headers, proxies: [AddressRange]) {
    (client, self.isSecure, host) = (peer, isSecure, headers[.host])
    guard Self.isIn(proxies, peer) else { return }
    // Each proxy adds whom it was asked by at the end: the first from there that is no proxy of
    // ours is the client, and what stands before it is that client's word.
    for address in Self.items(headers, "X-Forwarded-For").reversed() {
      guard AddressRange.bytes(address) != nil else { break }
      client = address
      if !Self.isIn(proxies, address) { break }
    }
    if let scheme = Self.items(headers, "X-Forwarded-Proto").last {
      self.isSecure = scheme == "https"
    }
    if let asked = Self.items(headers, "X-Forwarded-Host").last { host = asked }
  }

  private static func isIn(_ proxies: [AddressRange], _ address: String) -> Bool {
    proxies.contains { $0.contains(address) }
  }

  /// The items of a list, over all headers of the name.
  private static func items(_ headers: Headers, _ name: HeaderName) -> [String] {
    headers.all(name).flatMap { value in
      value.utf8.split(separator: UInt8(ascii: ",")).compactMap { item in
        let trimmed = item.drop { $0 == ASCII.space || $0 == ASCII.tab }
        guard let last = trimmed.lastIndex(where: { $0 != ASCII.space && $0 != ASCII.tab }) else {
          return nil
        }
        return String(Substring(trimmed[...last]))
      }
    }
  }
}
