import HTTPServer
import Testing

/// What two programs could read differently is refused, and the connection ends with it.
@Suite struct StrictnessTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    var request: String
    var status: String

    init(_ name: String, _ request: String, _ status: String = "400") {
      (self.name, self.request, self.status) = (name, request, status)
    }

    var testDescription: String { name }
  }

  private static func post(_ headers: String, _ body: String = "") -> String {
    "POST / HTTP/1.1\r\nHost: a\r\n\(headers)\r\n\r\n\(body)"
  }

  private static func get(_ headers: String) -> String {
    "GET / HTTP/1.1\r\nHost: a\r\n\(headers)\r\n\r\n"
  }

  static let samples = [
    Sample(
      "length and coding", post("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n")),
    Sample("two lengths", post("Content-Length: 5\r\nContent-Length: 6", "abcdef")),
    Sample("the same length twice", post("Content-Length: 5\r\nContent-Length: 5", "abcde")),
    Sample("a list of lengths", post("Content-Length: 5, 5", "abcde")),
    Sample("a length with a sign", post("Content-Length: +5", "abcde")),
    Sample("a hexadecimal length", post("Content-Length: 0x5", "abcde")),
    Sample("a negative length", post("Content-Length: -1")),
    Sample("no length", post("Content-Length: ")),
    Sample("a length over 64 bits", post("Content-Length: 99999999999999999999")),
    Sample("another coding", post("Transfer-Encoding: gzip, chunked", "0\r\n\r\n"), "501"),
    Sample("two codings", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity")),
    Sample("nearly chunked", post("Transfer-Encoding: xchunked"), "501"),
    Sample(
      "a coding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    Sample("a blank before the colon", get("X-A : b")),
    Sample("a value that goes on", get("X-A: b\r\n c")),
    Sample("bare line feeds", "GET / HTTP/1.1\nHost: a\n\n"),
    Sample("one bare line feed", get("X-A: b\nX-B: c")),
    Sample("a bare return", get("X-A: b\rX-B: c")),
    Sample("NUL in a value", get("X-A: b\0c")),
    Sample("no colon", get("garbage")),
    Sample("no name", get(": x")),
    Sample("no host", "GET / HTTP/1.1\r\n\r\n"),
    Sample("two hosts", get("Host: b")),
    Sample("a host that is none", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
    Sample("another host than the target's", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n"),
    Sample("two blanks in the request line", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
    Sample("no version", "GET /\r\n\r\n"),
    Sample("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", "505"),
    Sample("an odd method", "GE(T / HTTP/1.1\r\nHost: a\r\n\r\n"),
    Sample("no path", "GET foo HTTP/1.1\r\nHost: a\r\n\r\n"),
    Sample("a chunk's size ends in a bare line feed", chunked("5\nabcde\r\n0\r\n\r\n")),
    Sample("a chunk's size with a prefix", chunked("0x5\r\nabcde\r\n0\r\n\r\n")),
    Sample("a chunk's size with a sign", chunked("+5\r\nabcde\r\n0\r\n\r\n")),
    Sample("a chunk's size over 64 bits", chunked("fffffffffffffffff\r\n")),
    Sample("a chunk longer than its size", chunked("3\r\nabcde\r\n0\r\n\r\n")),
    Sample("a chunk's extension with a line feed", chunked("5;\nabcde\r\n0\r\n\r\n")),
    Sample("a chunk's extension without end", chunked("5;" + String(repeating: "a", count: 400))),
    Sample("a bad escape", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
    Sample("half an escape", "GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n"),
    Sample("an escaped NUL", "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n"),
    Sample("no UTF-8", "GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n"),
    Sample("a bad escape in the query", "GET /?a=%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
    Sample("an unknown expectation", get("Expect: tea"), "417"),
    Sample("headers too large", get("X-A: " + String(repeating: "a", count: 40_000)), "431"),
    Sample("too many headers", get(String(repeating: "X: y\r\n", count: 200) + "X: y"), "431"),
    Sample(
      "a target too long",
      "GET /\(String(repeating: "a", count: 9_000)) HTTP/1.1\r\nHost: a\r\n\r\n", "414"),
  ]

  private static func chunked(_ body: String) -> String {
    post("Transfer-Encoding: chunked", body)
  }

  @Test("Refuses and closes", arguments: samples)
  func refuses(_ sample: Sample) async throws {
    let text = try await withServer { router in
      router.on(.post, "/") {
        Response("text/plain", "\(try await $0.body.collect(upTo: 99).count)")
      }
      router.get("/") { _ in Response("text/plain", "read") }
    } _: { port, _ in
      try await client(port) { client in
        // What follows must not be taken for a request.
        try client.send(sample.request + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
        return try client.receiveAll()
      }
    }
    #expect(statuses(text) == [sample.status])
    #expect(text.contains("Connection: close"))
  }

  @Test("Takes what is right") func takes() async throws {
    let requests = [
      "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "\r\nGET / HTTP/1.1\r\nhost:a\r\n\r\n",
      "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", "GET /?x=%20+y HTTP/1.1\r\nHost: \r\n\r\n",
      Self.chunked("5;a=b\r\nabcde\r\n0\r\nTrailer: x\r\n\r\n"),
      Self.post("Transfer-Encoding: Chunked", "00A\r\nabcdefghij\r\n0\r\n\r\n"),
    ]
    let text = try await withServer { router in
      router.on(.post, "/") {
        Response("text/plain", "\(try await $0.body.collect(upTo: 99).count)")
      }
      router.get("/") { _ in Response("text/plain", "read") }
    } _: { port, _ in
      try await client(port) { client in
        try client.send(requests.joined())
        client.endSending()
        return try client.receiveAll()
      }
    }
    #expect(statuses(text) == Array(repeating: "200", count: requests.count))
    #expect(text.hasSuffix("10"))
  }
}
