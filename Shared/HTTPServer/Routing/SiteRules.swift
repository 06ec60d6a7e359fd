/// Which requests a server answers at all: those for its own hosts, from its own pages, and from
/// whoever may reach it in the clear.
///
/// A page that somebody looks at may send requests to this machine, and by a name of its own that
/// it has point here it may read the answers too. Neither needs that somebody to do anything.
public struct SiteRules: Sendable {
  /// Where the server listens, as it was told.
  public var host: String
  /// What it is reached at besides, such as through a proxy.
  public var sites: [Site]
  /// Whether only proxies that are trusted, and this machine, may speak to it.
  public var isForProxies = false
  /// The addresses of the proxies that are trusted.
  public var proxies: [AddressRange] = []

  /// The rules of a server that listens on a host.
  public init(host: String, sites: [Site] = []) { (self.host, self.sites) = (host, sites) }

  /// What asks the rules before anything else.
  public var middleware: Middleware {
    { request, next in
      try check(request)
      return await next(request)
    }
  }

  /// Looks at a request.
  ///
  /// - Throws: ``HTTPError`` with 403 or 421 where it is not to be answered.
  public func check(_ request: Request) throws(HTTPError) {
    if isForProxies, !AddressRange.isLoopback(request.peerAddress),
      !proxies.contains(where: { $0.contains(request.peerAddress) })
    {
      throw HTTPError(
        .forbidden, code: "proxy", "this address is for a proxy alone: ask the proxy")
    }
    var own: Site?
    if let host = request.host {
      own = Site(isSecure: request.isSecure, authority: host)
      guard let own, isOurs(own) else {
        throw HTTPError(
          .misdirectedRequest, code: "host",
          "this server does not go by the host \(host): where it should, name it with --public-url")
      }
    }
    for origin in request.headers.all(.origin) {
      guard let site = Site(origin), site == own || sites.contains(site) else {
        throw HTTPError(
          .forbidden, code: "origin",
          "pages of \(origin) may not use this server: where they should, name it with --public-url"
        )
      }
    }
  }

  private func isOurs(_ site: Site) -> Bool {
    if sites.contains(where: { $0.host == site.host && $0.port == site.port }) { return true }
    if site.host == "localhost" || AddressRange.isLoopback(site.host) { return true }
    guard !AddressRange.isLoopback(host), host != "localhost" else { return false }
    // No name points to an address that is written out, so no page has one of its own that does.
    return site.host == host.lowercased() || AddressRange.bytes(site.host) != nil
  }
}
