import Testing

@testable import HTTPServer

/// Whatever comes, and in whatever parts: no trap, and the same result as of the whole.
@Suite struct MutationTests {
  private static let heads = [
    "GET /a/b%20c?d=e+f&g HTTP/1.1\r\nHost: a\r\nCookie: a=b; c=d\r\nAccept: */*\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 123\r\nExpect: 100-continue\r\n\r\n",
    "POST http://a/x HTTP/1.1\r\nhost:a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
    "HEAD / HTTP/1.0\r\n\r\n",
  ]
  private static let bodies = [
    "5\r\nabcde\r\n0\r\n\r\n", "00a;x=y\r\n0123456789\r\n1\r\nz\r\n0\r\nA: b\r\nC: d\r\n\r\n",
    "fffffffffffffff\r\nabc",
  ]
  /// What mutations put in: the bytes that mean something, and some that never do.
  private static let alphabet = Array("\r\n\t :;,%/?#&=+-0159aAfFxG{}\0\u{7F}\u{FF}".utf8)

  /// A generator that a seed sets up, so that what fails can be repeated.
  private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }

  private static func mutated(_ text: String, _ dice: inout Dice) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 0...3, using: &dice) where !bytes.isEmpty {
      let index = Int.random(in: 0..<bytes.count, using: &dice)
      let byte = alphabet.randomElement(using: &dice) ?? 0
      switch Int.random(in: 0..<4, using: &dice) {
      case 0: bytes[index] = byte
      case 1: bytes.insert(byte, at: index)
      case 2: bytes.remove(at: index)
      default: bytes.insert(contentsOf: bytes[index...].prefix(20), at: index)
      }
    }
    return bytes
  }

  /// The bytes in parts of which the sum is the whole.
  private static func parts(_ bytes: [UInt8], _ dice: inout Dice) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...8, using: &dice)
      parts.append(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    return parts
  }

  @Test("Heads", arguments: 0..<8 as Range<UInt64>) func heads(_ seed: UInt64) {
    var dice = Dice(state: seed)
    for _ in 0..<500 {
      let bytes = Self.mutated(Self.heads.randomElement(using: &dice) ?? "", &dice)
      var whole = HeadScanner(limits: .init())
      var scanner = HeadScanner(limits: .init())
      let expected = Result { () throws(HTTPError) in try whole.end(in: bytes[...]) }
      var came: [UInt8] = []
      var result = Result<Int?, HTTPError>.success(nil)
      for part in Self.parts(bytes, &dice) {
        came += part
        result = Result { () throws(HTTPError) in try scanner.end(in: came[...]) }
        if case .success(nil) = result { continue }
        break
      }
      #expect(Self.words(result) == Self.words(expected), "seed \(seed): \(bytes)")
      guard case .success(let end?) = expected else { continue }
      guard let head = try? RequestHead(bytes[..<end], limits: .init()) else { continue }
      #expect(!head.target.segments.isEmpty)
      #expect(head.headers.all(.host).count <= 1)
      for field in head.headers.fields { #expect(field.value.utf8.allSatisfy(ASCII.isValue)) }
    }
  }

  @Test("Chunks", arguments: 0..<8 as Range<UInt64>) func chunks(_ seed: UInt64) {
    var dice = Dice(state: seed)
    for _ in 0..<500 {
      let bytes = Self.mutated(Self.bodies.randomElement(using: &dice) ?? "", &dice)
      let whole = Self.decoded([bytes[...]])
      let parted = Self.decoded(Self.parts(bytes, &dice))
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

  private static func words(_ result: Result<Int?, HTTPError>) -> String {
    switch result {
    case .success(let end): "\(end ?? -1)"
    case .failure(let error): "\(error)"
    }
  }
}
