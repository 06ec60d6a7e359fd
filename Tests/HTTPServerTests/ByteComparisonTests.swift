import Testing

@testable import HTTPServer

/// Swift's strings are equal if their characters mean the same; names on the wire are equal if
/// their bytes are.
@Suite struct ByteComparisonTests {
  private func answer(_ router: Router, _ target: String) async throws -> Status {
    await router.respond(to: try Request(.get, target)).status
  }

  @Test("Paths") func paths() async throws {
    var router = Router()
    router.get("/K/\u{E9}") { _ in Response() }
    router.get("/x/K/{name}") { _ in Response() }
    #expect(try await answer(router, "/K/%C3%A9") == .ok)
    #expect(try await answer(router, "/x/K/a") == .ok)
    // The Kelvin sign, and an e with a combining accent.
    for target in ["/%E2%84%AA/%C3%A9", "/K/e%CC%81", "/x/%E2%84%AA/a"] {
      #expect(try await answer(router, target) == .notFound, "\(target)")
    }
  }

  @Test("Names in queries") func queries() throws {
    let request = try Request(.get, "/?%E2%84%AA=1&K=2&e%CC%81=3&%C3%A9=4")
    #expect(request.query("K") == "2")
    #expect(request.query("\u{E9}") == "4")
    #expect(request.query("k") == nil)
  }

  @Test("Cookies") func cookies() throws {
    let value =
      "a=1\u{37E}b=2; c=3;\u{301}d=4; \u{212A}=5; K=6;e = 7 ; =8; f; g=\"9;h=10\"; c=11;i=a=b"
    let request = try Request(.get, "/", headers: [.cookie: value])
    #expect(
      request.cookies == [
        "a": "1\u{37E}b=2", "c": "3", "K": "6", "e": "7", "g": "\"9", "h": "10\"", "i": "a=b",
      ])
  }

  @Test("Names of headers") func headers() {
    let headers: Headers = ["\u{212A}ey": "kelvin", "KEY": "letter"]
    #expect(headers["key"] == "letter")
    #expect(HeaderName("k") != HeaderName("\u{212A}"))
    #expect(Set([HeaderName("Key"), HeaderName("kEY")]).count == 1)
  }

  @Test("Hosts", arguments: ["a", "A.b-c_d~e.", "127.0.0.1:80", "[::1]:65535"])
  func hosts(_ host: String) {
    #expect(Authority.isValid(host.utf8))
  }
}
