import Testing

@testable import HTTPServer

/// Whatever comes, and in whatever parts: no trap, and the same result as of the whole.
@Suite struct MutationTests {
  private static let heads = [
    "GET /a/b%20c?d=e+f&g HTTP/1.1\r\nHost: a\r\nCookie: a=b; c=d\r\nAccept: */*\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 123\r\nExpect: 100-continue\r\n\r\n",
    "POST http://a/x HTTP/1.1\r\nhost:a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
    "HEAD / HTTP/1.0\r\n\r\n", "\r\nOPTIONS * HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
  ]
  private static let bodies = [
    "5\r\nabcde\r\n0\r\n\r\n", "00a;x=y\r\n0123456789\r\n1\r\nz\r\n0\r\nA: b\r\nC: d\r\n\r\n",
    "fffffffffffffff\r\nabc",
  ]
  @Test("Heads", arguments: 0..<8 as Range<UInt64>) func heads(_ seed: UInt64) {
    var dice = Dice(state: seed)
    for _ in 0..<500 {
      let bytes = Mutation.mutated(Self.heads.randomElement(using: &dice) ?? "", &dice)
      var whole = HeadScanner(limits: .init())
      var scanner = HeadScanner(limits: .init())
      let expected = Result { () throws(HTTPError) in try whole.head(in: bytes[...]) }
      var came: [UInt8] = []
      var result = Result<Range<Int>?, HTTPError>.success(nil)
      for part in Mutation.parts(bytes, &dice) {
        came += part
        result = Result { () throws(HTTPError) in try scanner.head(in: came[...]) }
        if case .success(nil) = result { continue }
        break
      }
      #expect(Self.words(result) == Self.words(expected), "seed \(seed): \(bytes)")
      guard case .success(let found?) = expected else { continue }
      guard let head = try? RequestHead(bytes[found], limits: .init()) else { continue }
      #expect(!head.target.segments.isEmpty || head.target.path == "*")
      #expect(head.headers.all(.host).count <= 1)
      for field in head.headers.fields { #expect(field.value.utf8.allSatisfy(ASCII.isValue)) }
    }
  }

  @Test("Chunks", arguments: 0..<8 as Range<UInt64>) func chunks(_ seed: UInt64) {
    var dice = Dice(state: seed)
    for _ in 0..<500 {
      let bytes = Mutation.mutated(Self.bodies.randomElement(using: &dice) ?? "", &dice)
      let whole = Self.decoded([bytes[...]])
      let parted = Self.decoded(Mutation.parts(bytes, &dice))
      #expect(whole == parted, "seed \(seed): \(bytes)")
    }
  }

  private static func decoded(_ parts: [ArraySlice<UInt8>]) -> String {
    var decoder = ChunkDecoder()
    var body: [UInt8] = []
    var taken = 0
    do throws(HTTPError) {
      for part in parts { taken += try decoder.take(part, into: &body) }
    } catch {
      return "\(error)"
    }
    return "\(body) \(taken) \(decoder.isDone)"
  }

  private static func words(_ result: Result<Range<Int>?, HTTPError>) -> String {
    switch result {
    case .success(let found): found.map { "\($0)" } ?? "none"
    case .failure(let error): "\(error)"
    }
  }
}
