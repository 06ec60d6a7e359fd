import HTTPServer
import Testing

/// Without a socket: a router answers requests by itself.
@Suite struct RouterTests {
  private var router: Router {
    var router = Router()
    router.get("/v1/files/{name}") { Response("text/plain", "file \(try $0.parameter("name"))") }
    router.get("/v1/files/new") { _ in Response("text/plain", "new") }
    router.post("/v1/files/{other}") { Response("text/plain", "post \(try $0.parameter("other"))") }
    router.get("/assets/{path...}") { Response("text/plain", "asset \(try $0.parameter("path"))") }
    router.get("/fault") { _ in throw Fault() }
    router.get("/query") { request in
      Response("text/plain", request.query.map { "\($0.name)=\($0.value)" }.joined(separator: ";"))
    }
    return router
  }

  private struct Fault: Error {}

  private func answer(_ method: Method, _ target: String) async throws -> String {
    let response = await router.respond(to: try Request(method, target))
    let body = String(decoding: try await response.body.collect(), as: UTF8.self)
    return "\(response.status.code) \(body)"
  }

  @Test(
    "Finds the route",
    arguments: [
      ("/v1/files/a%20b", "200 file a b"), ("/v1/files/new", "200 new"),
      ("/v1/files/a%2Fb", "200 file a/b"), ("/v1/files/..", "200 file .."),
      ("/assets/a/../b", "200 asset a/../b"), ("/assets/a//b", "200 asset a//b"),
      ("/query?a=1&b=%C3%B1+x&c&=d", "200 a=1;b=ñ x;c=;=d"),
    ])
  func finds(_ target: String, _ expected: String) async throws {
    #expect(try await answer(.get, target) == expected)
  }

  @Test(
    "Finds nothing by another spelling",
    arguments: [
      "/v1/files", "/v1/files/", "/v1/files/a/", "//v1/files/a", "/v1/./files/a", "/V1/files/a",
      "/",
      "/v1/x/../files/a",
    ])
  func findsNothing(_ target: String) async throws {
    #expect(try await answer(.get, target).hasPrefix("404 "))
  }

  @Test("Another template of the same form answers another method") func methods() async throws {
    #expect(try await answer(.post, "/v1/files/a") == "200 post a")
    #expect(try await answer(.post, "/v1/files/new") == "200 post new")
    #expect(try await answer(.head, "/v1/files/a") == "200 file a")
  }

  @Test("Says which methods there are") func allowed() async throws {
    for method: Method in ["DELETE", "BREW", "get"] {
      let response = await router.respond(to: try Request(method, "/v1/files/a"))
      #expect(response.status == .methodNotAllowed)
      #expect(response.headers[.allow] == "GET, HEAD, POST")
    }
  }

  @Test("A fault is told to the log and not to the client") func fault() async throws {
    let faults = Noted<String>()
    var router = router
    router.onFault = { faults.note("\($0.path) \($1)") }
    let response = await router.respond(to: try Request(.get, "/fault"))
    #expect(response.status == .internalServerError)
    #expect(faults.all == ["/fault Fault()"])
    let text = String(decoding: try await response.body.collect(), as: UTF8.self)
    #expect(response.headers[.contentType] == "application/problem+json")
    #expect(
      text == #"{"type":"about:blank","title":"Internal Server Error","status":500,"#
        + #""detail":"the server has a fault","code":"internal"}"#)
  }

  @Test("Middlewares are around everything, the first outermost") func middlewares() async throws {
    var router = router
    for name in ["outer", "inner"] {
      router.use { request, next in
        var response = await next(request)
        response.headers.append("X-Way", "\(name) \(response.status.code)")
        return response
      }
    }
    let response = await router.respond(to: try Request(.get, "/nowhere"))
    #expect(response.headers.all("x-way") == ["inner 404", "outer 404"])
  }

  @Test("Limits a body by its route") func bodyLimit() async throws {
    var router = Router(bodyLimit: 3)
    for (path, limit) in [("/a", Router.BodyLimit.standard), ("/b", .bytes(5)), ("/c", .none)] {
      router.post(path, body: limit) {
        Response("text/plain", "\(try await $0.body.collect(upTo: 99).count)")
      }
    }
    for (path, expected) in [("/a", Status.contentTooLarge), ("/b", .ok), ("/c", .ok)] {
      let request = try Request(.post, path, body: RequestBody(Array("abcd".utf8)))
      #expect(await router.respond(to: request).status == expected)
    }
  }

  @Test("Sets cookies that are safe unless told otherwise, and none that could be read as more")
  func setsCookies() throws {
    var response = Response()
    var cookie = SetCookie("__Host-session", "abc")
    try response.set(cookie)
    (cookie.maxAge, cookie.sameSite) = (0, .strict)
    try response.set(cookie)
    #expect(
      response.headers.all(.setCookie) == [
        "__Host-session=abc; Path=/; SameSite=Lax; Secure; HttpOnly",
        "__Host-session=abc; Path=/; SameSite=Strict; Max-Age=0; Secure; HttpOnly",
      ])
    for value in ["a; Domain=b", "a\r\nX: y", "a b", "\"a\"", "ñ"] {
      #expect(throws: HTTPError.self) { try response.set(SetCookie("a", value)) }
    }
  }

  @Test("Reads cookies and forms") func cookiesAndForms() async throws {
    let request = try Request(
      .post, "/", headers: [.cookie: "a=1; b=x=y; a=2; c"],
      body: RequestBody(Array("name=Ana+Ru%C3%ADz&x=%26".utf8)))
    #expect(request.cookies == ["a": "1", "b": "x=y"])
    #expect(
      try await request.body.form() == [
        QueryItem(name: "name", value: "Ana Ruíz"), QueryItem(name: "x", value: "&"),
      ])
    // Of what a target may not have, a form may not either.
    for text in ["a=%00", "a\0=b", "a=b\0", "a=%f", "a=%ff"] {
      await #expect(throws: HTTPError.self, "\(text)") {
        try await RequestBody(Array(text.utf8)).form()
      }
    }
  }
}
