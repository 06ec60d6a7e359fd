import HTTPServer
import RawHTTP
import Testing

/// What is sent can be read in one way only, whatever a handler gives.
@Suite struct ResponseTests {
  private static func routes(_ router: inout Router) {
    for code in [204, 205, 304] {
      router.get("/\(code)") { _ in
        Response(status: Status(code: code), body: .bytes(Array("not to be sent".utf8)))
      }
      router.get("/stream/\(code)") { _ in
        Response(status: Status(code: code), body: .stream { try await $0.write("neither") })
      }
    }
    router.get("/bytes") { _ in Response("text/plain", "abc") }
    router.get("/stream") { _ in Response(body: .stream { try await $0.write("abc") }) }
    router.get("/sized") { _ in Response(body: .stream(length: 3) { try await $0.write("abc") }) }
    router.post("/post") { _ in Response() }
  }

  private func answers(
    _ requests: [(method: String, target: String)], version: String = "1.1",
    _ addRoutes: (inout Router) -> Void = Self.routes
  ) async throws -> [AnswerReader.Answer] {
    let methods = requests.map(\.method)
    return try await withServer {
      addRoutes(&$0)
    } _: { port, _ in
      let bytes = try await client(port) { client in
        let text = requests.map { "\($0.method) \($0.target) HTTP/\(version)\r\nHost: a\r\n\r\n" }
        return try client.converse([Array(text.joined().utf8)[...]], ends: true)
      }
      return try AnswerReader.all(bytes, methods: methods)
    }
  }

  @Test("Statuses without a body have none, and the next answer follows") func withoutBody()
    async throws
  {
    let targets = ["/204", "/stream/204", "/205", "/stream/205", "/304", "/stream/304", "/bytes"]
    let answers = try await answers(targets.map { ("GET", $0) })
    #expect(answers.map(\.status) == [204, 204, 205, 205, 304, 304, 200])
    for answer in answers.dropLast() {
      #expect(answer.body.isEmpty)
      #expect(answer.header("Content-Length") == (answer.status == 205 ? "0" : nil))
      #expect(answer.header("Transfer-Encoding") == nil)
    }
  }

  @Test("HEAD has what GET has, but the body", arguments: ["/bytes", "/stream", "/sized", "/204"])
  func head(_ target: String) async throws {
    let answers = try await answers([("GET", target), ("HEAD", target), ("GET", "/bytes")])
    #expect(answers.map(\.status) == [target == "/204" ? 204 : 200, answers[0].status, 200])
    #expect(answers[0].headers == answers[1].headers)
    #expect(answers[1].body.isEmpty && answers[2].body.count == 3)
  }

  @Test("HTTP/1.0 gets no chunks, and no further answer", arguments: ["GET", "HEAD"])
  func http10(_ method: String) async throws {
    for target in ["/bytes", "/stream", "/sized"] {
      let answers = try await answers([(method, target), ("GET", "/bytes")], version: "1.0")
      #expect(answers.count == 1)
      #expect(answers[0].header("Connection") == "close")
      #expect(answers[0].header("Transfer-Encoding") == nil)
      #expect(answers[0].body.count == (method == "GET" ? 3 : 0))
    }
  }

  @Test("Another method of a known path is answered with those that there are")
  func notAllowed() async throws {
    let requests = [
      ("POST", "/bytes"), ("OPTIONS", "/bytes"), ("GET", "/post"), ("HEAD", "/post"),
      ("TRACE", "/post"), ("HEAD", "/none"), ("OPTIONS", "*"),
    ]
    let answers = try await answers(requests.map { (method: $0.0, target: $0.1) })
    #expect(answers.map(\.status) == [405, 405, 405, 405, 405, 404, 204])
    #expect(
      answers.map { $0.header("Allow") } == [
        "GET, HEAD", "GET, HEAD", "POST", "POST", "POST", nil, "GET, HEAD, OPTIONS, POST",
      ])
  }

  @Test(
    "What could be read as something else is a fault, and not sent",
    arguments: [
      ("X-A", "a\r\nSet-Cookie: b"), ("X-A", "a\nb"), ("X-A", "a\rb"), ("X-A", "a\0b"),
      ("X-A", "a\u{7F}"), ("X-A\r\nX-B", "a"), ("X-A:", "a"), ("X A", "a"), ("", "a"),
      ("X-\u{E9}", "a"), ("Content-Length", "0"), ("content-length", "3"),
      ("Transfer-Encoding", "chunked"), ("transfer-ENCODING", "identity"),
      ("Connection", "Content-Length"), ("Date", "now"), ("Trailer", "X-A"), ("Upgrade", "h2c"),
      ("Keep-Alive", "timeout=5"),
    ])
  func splitting(_ name: String, _ value: String) async throws {
    let answers = try await answers([("GET", "/"), ("GET", "/")]) { router in
      router.get("/") { _ in Response(headers: [HeaderName(name): value]) }
    }
    #expect(answers.map(\.status) == [500, 500])
    #expect(Set(answers.map(\.headers)).count == 1)
  }

  @Test(
    "A status that ends no response, or with odd words, is a fault",
    arguments: [
      Status(code: 100), Status(code: 101), Status(code: 199), Status(code: 600), Status(code: -1),
      Status(code: 200, reason: "OK\r\nX-A: b"), Status(code: 200, reason: "\u{0}"),
    ])
  func statuses(_ status: Status) async throws {
    let answers = try await answers([("GET", "/"), ("GET", "/")]) { router in
      router.get("/") { _ in Response(status: status) }
    }
    #expect(answers.map(\.status) == [500, 500])
  }
}
