import HTTPServer
import RawHTTP
import Testing

/// Whatever a client sends, and in whatever parts, a server sends well-formed answers, the same for
/// the same bytes, and goes on serving others.
@Suite struct ServerMutationTests {
  /// Conversations of which mutations are made: several requests on a connection.
  private static let conversations = [
    "GET /a?b=c HTTP/1.1\r\nHost: a\r\nCookie: a=b\r\n\r\n"
      + "GET /b HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde"
      + "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      + "3;a=\"b\"\r\nabc\r\n0\r\nA: b\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /left HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n"
      + "GET / HTTGET http://a/b HTTP/1.1\r\n"
      + "Host: a\r\nConnection: close\r\n\r\n",
    "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc"
      + "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
      + "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /echo HTTP/1.0\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.0\r\n\r\n",
  ]

  private static func routes(_ router: inout Router) {
    router.get("/{path...}") {
      Response("text/plain", "\($0.path) \($0.query) \($0.cookies["a"] ?? "-")")
    }
    router.post("/post") {
      Response("text/plain", "\(try await $0.body.collect(upTo: 20))")
    }
    router.post("/left") { _ in Response("text/plain", "left") }
    router.post("/echo") { request in
      Response(body: .stream { try await $0.write(try await request.body.collect(upTo: 20)) })
    }
  }

  @Test("Answers well, and the same in parts", arguments: 0..<4 as Range<UInt64>)
  func answers(_ seed: UInt64) async throws {
    let faults = Noted<String>()
    try await withServer(faults: faults) {
      Self.routes(&$0)
    } _: { port, _ in
      try await client(port) { _ in
        var dice = Dice(state: seed)
        for _ in 0..<150 {
          let bytes = Mutation.mutated(Self.conversations.randomElement(using: &dice) ?? "", &dice)
          let parts = Mutation.parts(bytes, &dice)
          let whole = try Self.converse(port, [bytes[...]])
          let parted = try Self.converse(port, parts)
          #expect(
            whole == parted,
            "seed \(seed): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
        }
        let last = try Self.converse(
          port, ["GET /last HTTP/1.1\r\nHost: a\r\n\r\n".utf8.map(\.self)[...]])
        #expect(last.map(\.status) == [200])
      }
    }
    #expect(faults.all.isEmpty)
  }

  private static func converse(
    _ port: Int, _ parts: [ArraySlice<UInt8>]
  ) throws -> [AnswerReader.Answer] {
    let client = try RawConnection(port: port)
    defer { client.close() }
    let bytes = try client.converse(parts, ends: true)
    do {
      return try AnswerReader.all(bytes)
    } catch {
      Issue.record("\(error): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
      return []
    }
  }
}
