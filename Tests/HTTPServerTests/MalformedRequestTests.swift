import HTTPServer
import RawHTTP
import Testing

/// A request that two programs could read differently gets one answer, which refuses it, and the
/// connection ends with that: what follows is never taken for a request. It makes no difference
/// whether the bytes come together or one by one.
@Suite struct MalformedRequestTests {
  @Test func thereAreManyAndEachIsNamedOnce() {
    #expect(MalformedRequest.all.count >= 200)
    #expect(Set(MalformedRequest.all.map(\.name)).count == MalformedRequest.all.count)
  }

  @Test("Refuses and closes", arguments: [false, true]) func refuses(_ byteByByte: Bool)
    async throws
  {
    let answers = Noted<AccessRecord>()
    let results = try await withServer(answers: answers) { router in
      router.on(.post, "/") {
        Response("text/plain", "\(try await $0.body.collect(upTo: 99).count)")
      }
      router.get("/{rest...}") { _ in Response("text/plain", "read") }
    } _: { port, _ in
      try await client(port) { _ in
        try MalformedRequest.all.map { request -> (MalformedRequest, [UInt8]) in
          let client = try RawConnection(port: port)
          defer { client.close() }
          let bytes = request.bytes + Array("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
          let isLong = bytes.count > 2_000
          let parts = byteByByte && !isLong ? single(bytes) : [bytes[...]]
          return (request, try client.converse(parts, ends: false))
        }
      }
    }
    for (request, bytes) in results {
      let found = Result { try AnswerReader.all(bytes) }
      guard case .success(let answers) = found else {
        Issue.record("\(request.name): \(found)")
        continue
      }
      #expect(answers.map(\.status) == [request.status], "\(request.name)")
      #expect(answers.last?.header("Connection") == "close", "\(request.name)")
    }
    #expect(!answers.all.contains { $0.path == "/smuggled" })
  }

  @Test("Takes what is right, together and byte by byte", arguments: [false, true])
  func takes(_ byteByByte: Bool) async throws {
    let bytes = try await withServer { router in
      router.on(.post, "/") {
        Response("text/plain", "\(try await $0.body.collect(upTo: 99).count)")
      }
      router.get("/{rest...}") { Response("text/plain", $0.path) }
      router.get("/") { Response("text/plain", $0.headers[.host] ?? "") }
    } _: { port, _ in
      try await client(port) { client in
        let all = Array((ValidRequest.all.map(\.text) + [ValidRequest.last]).joined().utf8)
        return try client.converse(byteByByte ? single(all) : [all[...]], ends: false)
      }
    }
    let answers = try AnswerReader.all(bytes)
    #expect(answers.count == ValidRequest.all.count + 1)
    for (request, answer) in zip(ValidRequest.all, answers) {
      #expect(answer.status == request.status, "\(request.text)")
      #expect(String(decoding: answer.body, as: UTF8.self) == request.body, "\(request.text)")
    }
  }
}

/// A request that must be taken, and its answer.
private struct ValidRequest {
  var text: String
  var body: String
  var status = 200

  static let last = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, , Close\r\n\r\n"

  private static func get(_ target: String, _ headers: String = "", is body: String) -> Self {
    .init(text: "GET \(target) HTTP/1.1\r\nHost: a\r\n\(headers)\r\n", body: body)
  }

  private static func host(_ host: String) -> Self {
    .init(text: "GET / HTTP/1.1\r\nhOST:\t \(host) \t\r\n\r\n", body: host)
  }

  private static func chunks(_ body: String, is count: Int) -> Self {
    .init(
      text: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: CHUNKED\r\n\r\n\(body)",
      body: "\(count)")
  }

  static let all: [Self] = [
    get("/a", is: "/a"), get("/a?b=%20+c", is: "/a"),
    get("/%2e%2e/./x//y", is: "/%2e%2e/./x//y"),
    get("/{a}|^`~!$&'()*+,;=:@[]", is: "/{a}|^`~!$&'()*+,;=:@[]"),
    get("/?\\", is: "a"), get("http://A", is: "a"), get("HTTP://a/x?y", is: "/x"),
    get("https://a?y", is: "a"),
    .init(text: "\r\nGET /empty-line HTTP/1.1\r\nHost: a\r\n\r\n", body: "/empty-line"),
    host("a.example:8080"), host("[::1]"), host("[2001:db8::192.0.2.1]:65535"), host("127.0.0.1"),
    host("a_b-c~.d."),
    get("/n", "X-Name: Quer\u{E9}taro\r\n", is: "/n"), get("/e", "X-Empty:\r\n", is: "/e"),
    get("/t", "!#$%&'*+-.^_`|~: x\r\n", is: "/t"), get("/c", "Expect: \r\n", is: "/c"),
    get("/o", "Connection: , TE ,keep-alive\r\nConnection: x\r\n", is: "/o"),
    chunks("0\r\n\r\n", is: 0), chunks("00A\r\nabcdefghij\r\n000\r\n\r\n", is: 10),
    chunks("5;a\r\nabcde\r\n0\r\n\r\n", is: 5),
    chunks("5;a=b;c=\"d;\\\"\u{E9}\\\\\"\r\nabcde\r\n0;x\r\n\r\n", is: 5),
    chunks("1\r\n\n\r\n0\r\nA: b\r\nB:\r\nC:  \u{E9}\t\r\n\r\n", is: 1),
    .init(text: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", body: "0"),
    .init(text: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n\r\n\r", body: "3"),
    .init(text: "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", body: "", status: 204),
  ]
}
