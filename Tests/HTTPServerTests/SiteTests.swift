import Testing

@testable import HTTPServer

/// Which hosts and origins a server answers.
@Suite struct SiteTests {
  @Test(
    arguments: [
      ("https://books.example", "https://books.example"),
      ("HTTPS://Books.Example:443/", "https://books.example"),
      ("http://books.example:8080", "http://books.example:8080"),
      ("http://[::1]:80", "http://[::1]"), ("http://127.0.0.1", "http://127.0.0.1"),
    ])
  func addresses(_ text: String, _ normal: String) throws {
    #expect(try #require(Site(text)).description == normal)
  }

  @Test(
    arguments: [
      "", "books.example", "ftp://books.example", "https://", "https:///", "https://a/b",
      "https://a:b", "https://a:99999", "https://a:", "https://[::1", "https://::1", "https://a b",
      "https://user@a", "null", "https://[books]",
    ])
  func noAddresses(_ text: String) { #expect(Site(text) == nil) }

  struct Case: Sendable {
    var listens = "127.0.0.1"
    var host: String?
    var origin: String?
    var peer = "127.0.0.1"
    var isForProxies = false
    var status: Int?
  }

  static let cases = [
    // On loopback only its own names are served, at any port: it may be forwarded.
    Case(host: "localhost:8080"), Case(host: "LOCALHOST"), Case(host: "127.0.0.1:8080"),
    Case(host: "[::1]:8080"), Case(host: "127.8.8.8"), Case(host: nil),
    Case(listens: "localhost", host: "localhost"), Case(listens: "::1", host: "[::1]"),
    Case(host: "evil.example", status: 421), Case(host: "evil.example:8080", status: 421),
    Case(host: "localhost.evil.example", status: 421), Case(host: "10.0.0.1", status: 421),
    Case(host: "127.0.0.1.evil.example", status: 421), Case(host: "a b", status: 421),
    Case(listens: "localhost", host: "10.0.0.1", status: 421),
    // What is named besides.
    Case(host: "books.example"), Case(host: "BOOKS.example:443", status: 421),
    Case(host: "inside:9000"), Case(host: "inside", status: 421),
    // A page of the server's own, of what is named, and of others.
    Case(host: "localhost:8080", origin: "http://localhost:8080"),
    Case(host: "localhost:8080", origin: "https://books.example"),
    Case(host: "localhost:8080", origin: "http://localhost:3000", status: 403),
    Case(host: "localhost:8080", origin: "https://localhost:8080", status: 403),
    Case(host: "localhost:8080", origin: "http://127.0.0.1:8080", status: 403),
    Case(host: "localhost:8080", origin: "http://evil.example", status: 403),
    Case(host: "localhost:8080", origin: "null", status: 403),
    Case(host: nil, origin: "http://localhost", status: 403),
    // Beyond loopback: an address that is written out, and the name that it listens on.
    Case(listens: "0.0.0.0", host: "10.0.0.1:8080"), Case(listens: "::", host: "[2001:db8::1]"),
    Case(listens: "mty.example", host: "mty.example:8080"),
    Case(listens: "0.0.0.0", host: "evil.example", status: 421),
    Case(listens: "0.0.0.0", host: "localhost"),
    // In the clear beyond loopback, only through a proxy.
    Case(listens: "0.0.0.0", host: "10.0.0.1", peer: "10.0.0.9", isForProxies: true),
    Case(listens: "0.0.0.0", host: "10.0.0.1", peer: "10.0.1.9", isForProxies: true, status: 403),
    Case(listens: "0.0.0.0", host: "localhost", isForProxies: true),
  ]

  @Test(arguments: cases)
  func requests(_ item: Case) async throws {
    var rules = SiteRules(
      host: item.listens,
      sites: [
        try #require(Site("https://books.example")), try #require(Site("http://inside:9000")),
      ])
    rules.isForProxies = item.isForProxies
    rules.proxies = [try #require(AddressRange("10.0.0.0/24"))]
    var router = Router()
    router.use(rules.middleware)
    router.get("/") { _ in Response() }
    var headers = Headers()
    headers[.host] = item.host
    headers[.origin] = item.origin
    let response = await router.respond(
      to: try Request(.get, "/", headers: headers, remoteAddress: item.peer))
    #expect(response.status.code == item.status ?? 200)
  }

  @Test(
    arguments: [
      ("127.0.0.1", true), ("::1", true), ("localhost", true), ("0.0.0.0", false), ("::", false),
      ("10.1.2.3", false), ("nothing.invalid", false),
    ])
  func listeningOn(_ host: String, _ isLoopback: Bool) {
    #expect(ListenAddress.isLoopback(host) == isLoopback)
  }
}
