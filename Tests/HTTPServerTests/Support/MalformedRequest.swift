/// A request that must be refused, and the status that it is refused with.
struct MalformedRequest: Sendable {
  var name: String
  var bytes: [UInt8]
  var status: Int

  init(_ name: String, _ bytes: [UInt8], _ status: Int = 400) {
    (self.name, self.bytes, self.status) = (name, bytes, status)
  }

  private init(_ name: String, _ text: String, _ status: Int = 400) {
    self.init(name, Array(text.utf8), status)
  }

  static let all: [Self] = [
    lines, targets, headers, hosts, lengths, codings, chunks, trailers,
  ].flatMap { $0 }

  private static func line(_ line: String, _ status: Int = 400) -> Self {
    .init("line \(line.debugDescription)", "\(line)\r\nHost: a\r\n\r\n", status)
  }

  private static func get(_ headers: String, _ status: Int = 400) -> Self {
    .init(
      "headers \(headers.prefix(80).debugDescription) \(headers.count)",
      "GET / HTTP/1.1\r\nHost: a\r\n\(headers)\r\n\r\n", status)
  }

  private static func post(_ headers: String, _ body: String = "", _ status: Int = 400) -> Self {
    .init(
      "post \(headers.debugDescription)",
      "POST / HTTP/1.1\r\nHost: a\r\n\(headers)\r\n\r\n\(body)", status)
  }

  private static func chunks(_ body: String, _ status: Int = 400) -> Self {
    .init(
      "chunks \(body.prefix(80).debugDescription) \(body.count)",
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(body)", status)
  }

  private static func host(_ host: String) -> Self {
    .init("host \(host.debugDescription)", "GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")
  }

  /// A request with bytes that are no text in a header's value.
  private static func bytes(_ name: String, _ value: [UInt8]) -> Self {
    .init(
      name, Array("GET / HTTP/1.1\r\nHost: a\r\nX-A: ".utf8) + value + Array("\r\n\r\n".utf8))
  }

  private static let lines: [Self] =
    [
      "GET /", "GET", "", " GET / HTTP/1.1", "GET  / HTTP/1.1", "GET /  HTTP/1.1",
      "GET / HTTP/1.1 ", "GET\t/ HTTP/1.1", "GET /\tHTTP/1.1", "GET / HTTP/1.1\t",
      "GET\u{B}/ HTTP/1.1", "GET\u{A0}/ HTTP/1.1", "GET /\rx HTTP/1.1", "\rGET / HTTP/1.1",
      "\nGET / HTTP/1.1", "\r\n\r\nGET / HTTP/1.1", "GET /\0 HTTP/1.1", "G\0T / HTTP/1.1",
      "GE(T / HTTP/1.1", "G\u{C9}T / HTTP/1.1", "\"GET\" / HTTP/1.1", "GET:/ HTTP/1.1",
      " / HTTP/1.1", "GET HTTP/1.1", "GET / http/1.1", "GET / HTTP/1.1x", "GET / HTTP/1.10",
      "GET / HTTP/01.1", "GET / HTTP/1", "GET / HTTP/11", "GET / HTTP/1,1", "GET / HTTP/ 1.1",
      "GET / HTTP /1.1", "GET / HTTP/1.\u{661}", "GET / HTTPS/1.1", "GET / HTTP/x.1",
      "GET / HTTP/1.1\r", "GET / /b HTTP/1.1",
    ].map { line($0) } + [
      line("GET / HTTP/1.2", 505), line("GET / HTTP/0.9", 505), line("GET / HTTP/2.0", 505),
      line("PRI * HTTP/2.0", 505), line("CONNECT a:443 HTTP/1.1", 501),
      line("CONNECT / HTTP/1.1", 501),
      line("GET /\(String(repeating: "a", count: 9_000)) HTTP/1.1", 414),
      line("\(String(repeating: "G", count: 9_000)) / HTTP/1.1", 414),
    ]

  private static let targets: [Self] =
    [
      "foo", "?a", "*", "*?a", "http:/", "http:///", "http://", "http://?a", "ftp://a/",
      "x:a/\\b", "http://user@a/", "http://a@b/", "http://a:80/",
      "http://b/", "http://b/?http://a/", "http://a:x/", "http://[::1/", "http://a\\/",
      "http://a#/", "/a#b", "/#", "/a\\b", "/\"a\"", "/<a>", "/?<a>", "/\u{F1}", "/a\u{7F}",
      "/%", "/%4", "/%zz", "/%4z", "/%-41", "/%00", "/a%00b",
      "/?a=%00", "/%ff", "/%c0%af", "/%e0%80%af", "/%ed%a0%80", "/%f4%90%80%80", "/?a=%zz",
      "/?%", "/?a=%ff",
    ].map { line("GET \($0) HTTP/1.1") } + [line("OPTIONS http://a* HTTP/1.1")]

  private static let headers: [Self] =
    [
      "X-A : b", "X-A\t: b", " X-A: b", "\tX-A: b", "X-A: b\r\n c", "X-A: b\r\n\tc",
      "X-A: b\r\n ", "X-A:\r\n b", "garbage", ": x", ":", "X A: b", "X(A): b", "X\u{E9}: b",
      "\u{FEFF}X-A: b", "X\0: b", "\"X\": b", "X/A: b", "X;A: b", "X=A: b", "X[A]: b",
      "X-A: b\nX-B: c", "X-A: b\rX-B: c", "X-A: b\n\rX-B: c", "X-A: b\r\r\nX-B: c",
      "X-A: b\0c", "X-A: b\u{1}c", "X-A: b\u{8}", "X-A: b\u{B}c", "X-A: b\u{C}c",
      "X-A: b\u{1B}[m", "X-A: b\u{7F}",
      "\r", "X-A: b\n\nGET /smuggled HTTP/1.1", "Content-Type: a/b\r\ncontent-type: a/c",
      "Authorization: a\r\nAuthorization: b", "Origin: http://a\r\nOrigin: http://a",
      "Connection: close,\u{301}x", "Connection: c\u{142}ose", "Connection: close;x",
      "Connection: \"close\"", "Connection: close x",
    ].map { get($0) } + [
      get("Expect: tea", 417), get("Expect: 100-continue, tea", 417),
      get("Expect: 100-continue=1", 417), get("Expect: 100\u{2010}continue", 417),
      get("X-A: \(String(repeating: "a", count: 40_000))", 431),
      get(String(repeating: "X: y\r\n", count: 200) + "X: y", 431),
      bytes("a value in Latin-1", [0x51, 0xE9]), bytes("half a character", [0xC3]),
      bytes("an overlong line feed", [0xC0, 0x8A]), bytes("a surrogate", [0xED, 0xA0, 0x80]),
      .init("bare line feeds", "GET / HTTP/1.1\nHost: a\n\n"),
      .init("a bare line feed at the head's end", "GET / HTTP/1.1\r\nHost: a\r\n\n"),
    ]

  private static let hosts: [Self] =
    [
      "", "a, b", "a,b", "a b", "a/b", "a/", "user@a", "@a", "a:", "a:b", "a:0", "a:080",
      "a:65536", "a:123456", "a:+80", "a:80:80", ":80", ":", "[::1", "::1", "[]", "[a]",
      "[::1]x", "[::1]:", "[fe80::1%25eth0]", "[v1.a]", "a#b", "a?b", "a\\b", "a%41",
      "\u{F1}", "http://a", "*", "a;b", "\"a\"", "a\u{0}", "a\tb",
    ].map { host($0) } + [
      .init("no host", "GET / HTTP/1.1\r\n\r\n"),
      .init("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
      .init("the same host twice", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n"),
      .init("two hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n"),
      .init("a bad host in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a/b\r\n\r\n"),
      .init("a bad address in HTTP/1.0", "GET http://a@b/ HTTP/1.0\r\n\r\n"),
    ]

  private static let lengths: [Self] =
    [
      "", "+5", "-5", "-0", "0x5", "5, 5", "5,5", "5,", ",5", "5 5", "5\t5", "5.0", "5e0", "05",
      "00", "0x", "\u{665}", "\"5\"", "5;", "5\u{0}", "5\u{A0}",
      "99999999999999999999", "18446744073709551621", "9223372036854775808",
    ].map { post("Content-Length: \($0)", "abcde") } + [
      post("Content-Length: 5\r\nContent-Length: 5", "abcde"),
      post("Content-Length: 5\r\nContent-Length: 6", "abcdef"),
      post("Content-Length: 5\r\ncontent-length: 0", "abcde"),
      post("Content-Length : 5", "abcde"), post("Content-Length\u{B}: 5", "abcde"),
      post("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n"),
      post("Transfer-Encoding: identity\r\nContent-Length: 5", "abcde"),
      post("Transfer-Encoding:\r\nContent-Length: 5", "abcde"),
    ]

  private static let codings: [Self] =
    [
      "", "identity", "gzip", "xchunked", "chunkedx", "chunked, identity", "chunked, gzip",
      "chunked;q=1", "chunked x", "\"chunked\"", "chun\u{212A}ed", "chunked\u{B}",
      "chunked\u{A0}", "chunke\u{64}\u{301}", "cow, \u{FF43}hunked", "chunked\u{0}", ",",
      "chunked\r\n ", "\r\n chunked",
    ].map { post("Transfer-Encoding: \($0)", "0\r\n\r\n") } + [
      post("Transfer-Encoding: gzip, chunked", "0\r\n\r\n", 501),
      post("Transfer-Encoding: chunked, chunked", "0\r\n\r\n", 501),
      post("Transfer-Encoding: identity, chunked", "0\r\n\r\n", 501),
      post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "0\r\n\r\n"),
      post("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
      post("Transfer-Encoding : chunked", "0\r\n\r\n"),
      post("X-A: b\nTransfer-Encoding: chunked", "0\r\n\r\n"),
      .init(
        "a coding in HTTP/1.0",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ]

  private static let chunks: [Self] =
    [
      "5\nabcde\r\n0\r\n\r\n", "5\r\r\nabcde\r\n0\r\n\r\n", "5\rabcde\r\n0\r\n\r\n",
      "0x5\r\nabcde\r\n0\r\n\r\n", "+5\r\nabcde\r\n0\r\n\r\n", "-5\r\nabcde\r\n0\r\n\r\n",
      " 5\r\nabcde\r\n0\r\n\r\n", "5 \r\nabcde\r\n0\r\n\r\n", "5\t\r\nabcde\r\n0\r\n\r\n",
      "\r\nabcde\r\n0\r\n\r\n", "g\r\nabcde\r\n0\r\n\r\n", "5h\r\nabcde\r\n0\r\n\r\n",
      "5,5\r\nabcde\r\n0\r\n\r\n", "5_0\r\nabcde\r\n0\r\n\r\n",
      "5\0\r\nabcde\r\n0\r\n\r\n", "\u{665}\r\nabcde\r\n0\r\n\r\n",
      "0000000000000005\r\nabcde\r\n0\r\n\r\n", "fffffffffffffffff\r\n",
      "8000000000000005\r\nabcde\r\n", "10000000000000005\r\nabcde\r\n0\r\n\r\n",
      "3\r\nabcde\r\n0\r\n\r\n", "5\r\nabcde0\r\n\r\n", "5\r\nabcde\n0\r\n\r\n",
      "5\r\nabcde\rX0\r\n\r\n", "5\r\nabcde \r\n0\r\n\r\n", "5\r\nabcde\r\n\r\n0\r\n\r\n",
      "5;\r\nabcde\r\n0\r\n\r\n", "5;\nabcde\r\n0\r\n\r\n", "5;a\nabcde\r\n0\r\n\r\n",
      "5;a\r\r\nabcde\r\n0\r\n\r\n", "5; a=b\r\nabcde\r\n0\r\n\r\n",
      "5 ;a=b\r\nabcde\r\n0\r\n\r\n", "5;a =b\r\nabcde\r\n0\r\n\r\n",
      "5;a= b\r\nabcde\r\n0\r\n\r\n", "5;a=\r\nabcde\r\n0\r\n\r\n",
      "5;=b\r\nabcde\r\n0\r\n\r\n", "5;;a\r\nabcde\r\n0\r\n\r\n",
      "5;a;\r\nabcde\r\n0\r\n\r\n", "5;a=b=c\r\nabcde\r\n0\r\n\r\n",
      "5;a=\"b\r\nabcde\r\n0\r\n\r\n", "5;a=\"b\"c\r\nabcde\r\n0\r\n\r\n",
      "5;a=\"\r\n\"\r\nabcde\r\n0\r\n\r\n", "5;a=\"\\\r\n\"\r\nabcde\r\n0\r\n\r\n",
      "5;a=\"\u{1}\"\r\nabcde\r\n0\r\n\r\n", "5;a\0\r\nabcde\r\n0\r\n\r\n",
      "5;a(b)\r\nabcde\r\n0\r\n\r\n", "5;" + String(repeating: "a", count: 400),
      String(repeating: "1;\(String(repeating: "a", count: 240))\r\nx\r\n", count: 90)
        + "0\r\n\r\n",
    ].map { chunks($0) }

  private static let trailers: [Self] =
    [
      "0\r\nfoo\r\n\r\n", "0\r\nGET /admin HTTP/1.1\r\n\r\n", "0\r\n : x\r\n\r\n",
      "0\r\n: x\r\n\r\n", "0\r\nA : b\r\n\r\n", "0\r\n A: b\r\n\r\n", "0\r\n\tA: b\r\n\r\n",
      "0\r\nA: b\r\n c\r\n\r\n", "0\r\nA: b\r\n\tc\r\n\r\n", "0\r\nA: b\0\r\n\r\n",
      "0\r\nA: b\u{7F}\r\n\r\n", "0\r\nA: b\n\r\n", "0\r\nA: b\rB: c\r\n\r\n",
      "0\r\nA: b\r\r\n\r\n", "0\r\nA\r\n\r\n", "0\r\nA\n: b\r\n\r\n", "0\r\n\u{E9}: b\r\n\r\n",
      "0\r\n\n", "0\n\n", "0\n\r\n", "0\r\n\rX", "0\r\r\n\r\n",
    ].map { chunks($0) } + [
      chunks("0\r\nA: \(String(repeating: "b", count: 9_000))\r\n\r\n", 431)
    ]
}
