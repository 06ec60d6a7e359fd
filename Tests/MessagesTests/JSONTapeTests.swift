import Foundation
import Testing

@testable import Messages

/// The tape takes RFC 8259 and nothing else, and never reads past a text's end.
@Suite struct JSONTapeTests {
  static let accepted = [
    "0", "-0", "1", "-1.5", "1e5", "1E-5", "1.25e+10", "\"\"", "true", "false", "null", "{}", "[]",
    " \t\r\n[ 1 , 2 ] \n", #"{"a":{"b":[{}]},"a":1}"#, #""\"\\\/\b\f\n\r\t\u00e9""#, "\"\u{7F}\"",
    #""\ud83c\udfed""#, #""\uD83C\uDFED""#, "\"名古屋 🏭\"", "[[[[[[]]]]]]", "\"\u{2028}\"",
    "123456789012345678901234567890.123456789e99", #""\u0000""#, "\"\u{FFFF}\"",
  ]

  @Test(arguments: accepted) func jsonIsTaken(text: String) {
    #expect(outcome(text) == nil)
  }

  static let refused = [
    "", " ", "{", "[", "}", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}",
    "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\" 1}", "{1:2}", "{\"a\":1 \"b\":2}", "[1]]", "1 2",
    "01", "-", "-01", "+1", ".5", "1.", "1.e5", "1e", "1e+", "0x10", "1_000", "Infinity", "NaN",
    "--1", "tru", "True", "nul", "nullx", "\"", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"",
    "\"a\nb\"", "\"\t\"", "\"\u{0}\"", "\u{FEFF}1", "\u{A0}1", "// no\n1", "[1]/**/",
    #""\ud800""#, #""\udc00""#, #""\ud800\ud800""#, #""\ud800x""#, #""\udc00\ud800""#,
  ]

  @Test(arguments: refused) func anythingElseIsRefused(text: String) {
    #expect(outcome(text) != nil)
  }

  static let encodings: [[UInt8]] = [
    [0x80], [0xC0, 0xAF], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xC3, 0x28], [0xE2, 0x82],
  ]

  @Test(arguments: encodings) func textThatIsNotUTF8IsRefused(bytes: [UInt8]) {
    #expect(outcome([0x22] + bytes + [0x22]) != nil)
    #expect(outcome([0x7B, 0x22] + bytes + Array("\":1}".utf8)) != nil)
  }

  @Test func theErrorSaysWhere() {
    #expect(outcome("[1,x]") == JSONSyntaxError(offset: 3, expected: "a value"))
    #expect(outcome("{\"a\":1") == JSONSyntaxError(offset: 6, expected: "a comma or }"))
    #expect(outcome("\"ab\u{1}\"")?.offset == 3)
    #expect(outcome("\"ab")?.offset == 3)
  }

  @Test func depthIsBounded() {
    func nested(_ depth: Int, _ open: String, _ close: String) -> String {
      String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
    }
    #expect(outcome(nested(64, "[", "]")) == nil)
    #expect(outcome(nested(65, "[", "]"))?.expected == "at most 64 levels")
    #expect(outcome(nested(64, "{\"a\":", "}")) == nil)
    #expect(outcome(nested(65, "{\"a\":", "}")) != nil)
    #expect(outcome(String(repeating: "[", count: 1_000_000)) != nil)
  }

  static let strings: [(String, String)] = [
    (#""\u00e9\/\"""#, "é/\""), (#""\ud83c\udfed!""#, "🏭!"),
    (#""\b\f\n\r\t\\""#, "\u{8}\u{C}\n\r\t\\"),
    (#""\u0000""#, "\u{0}"), (#""\uffff\u0041""#, "\u{FFFF}A"), ("\"plain ñ\"", "plain ñ"),
  ]

  @Test(arguments: strings) func escapesAreRead(json: String, expected: String) throws {
    try onTape(json) { #expect($0.string == expected) }
  }

  @Test func membersAreFoundByWhatTheirKeysSay() throws {
    try onTape(#"{"\u0061b":1,"c":{"ab":2},"d":[3],"ab":4,"e":null}"#) { root in
      #expect(root["ab"]?.integer == 4)
      #expect(root["c"]?["ab"]?.integer == 2)
      #expect(root["e"]?.isNull == true)
      #expect(root["a"] == nil)
      #expect(root["ab"]?["x"] == nil)
    }
  }

  static let samePairs: [(String, String)] = [
    (#"{"a":1,"b":[2,"x"]}"#, #" { "b" : [ 2 , "\u0078" ] , "a" : 1 } "#),
    (#"{"a":{"b":1,"c":2}}"#, #"{"\u0061":{"c":2,"b":1}}"#), (#""é/""#, #""\u00E9\/""#),
    (#""🏭""#, #""\ud83c\udfed""#),
  ]

  @Test(arguments: samePairs) func fingerprintsSeeNoOrderSpaceOrEscapes(a: String, b: String) throws
  {
    #expect(try fingerprint(a) == fingerprint(b))
  }

  @Test func fingerprintsTellValuesApart() throws {
    let texts = [
      "1", "\"1\"", "true", "\"true\"", "null", "\"null\"", "[]", "{}", "[1]", "[[1]]", "[1,2]",
      "[2,1]", #"{"a":1}"#, #"{"b":1}"#, #"{"a":2}"#, #"{"a":1,"b":2}"#, #"{"a":2,"b":1}"#,
      #"{"a":{"b":1}}"#, "\"\"", "\"12345678\"", "\"123456789\"", "\"ñ\"", "12.5", "\"12.5\"",
    ]
    #expect(try Set(texts.map(fingerprint)).count == texts.count)
  }

  @Test func fingerprintsNeverChange() throws {
    let text = #"{"a":[1,"x",null,{"b":true}],"c":"12345678","d":-1.5e3}"#
    let value = try fingerprint(text)
    #expect(value == 4_774_552_099_779_070_064)
  }

  @Test(arguments: SampleEvents.all) func noTruncationIsTakenOrCrashes(text: String) {
    let bytes = Array(text.utf8)
    for count in 0..<bytes.count { #expect(outcome(Array(bytes[..<count])) != nil) }
  }

  @Test(arguments: [1, 42, 20_260_731] as [UInt64]) func mutationsNeverCrash(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var decoder = EventDecoder()
    for _ in 0..<3_000 {
      var bytes = Array(SampleEvents.all[generator.below(SampleEvents.all.count)].utf8)
      for _ in 0...generator.below(4) { mutate(&bytes, &generator) }
      let taken = bytes.withUnsafeBytes { (try? decoder.decode($0)) != nil }
      let foundation = (try? JSONSerialization.jsonObject(with: Data(bytes))) != nil
      // Whatever is taken is JSON by another reader's judgement too.
      #expect(!taken || foundation, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    let position = generator.below(max(1, bytes.count))
    guard position < bytes.count else { return }
    let syntax = Array("{}[],:\"\\0123456789eE+-.untf \u{0}".utf8)
    switch generator.below(5) {
    case 0: bytes[position] = UInt8(generator.below(256))
    case 1: bytes.remove(at: position)
    case 2: bytes.insert(syntax[generator.below(syntax.count)], at: position)
    case 3: bytes.removeSubrange(position..<min(bytes.count, position + generator.below(20)))
    default:
      let end = min(bytes.count, position + generator.below(20))
      bytes.insert(contentsOf: bytes[position..<end], at: generator.below(bytes.count))
    }
  }

  private func outcome(_ text: String) -> JSONSyntaxError? { outcome(Array(text.utf8)) }

  private func outcome(_ bytes: [UInt8]) -> JSONSyntaxError? {
    var tape = JSONTape()
    // A buffer of exactly the text, so that an address sanitizer sees a read past its end.
    do { try bytes.withUnsafeBytes { try tape.read($0) { _ in } } } catch {
      return error as? JSONSyntaxError
    }
    return nil
  }

  private func onTape(_ text: String, _ body: (JSONNode) throws -> Void) throws {
    var tape = JSONTape()
    try Array(text.utf8).withUnsafeBytes { try tape.read($0, body) }
  }

  private func fingerprint(_ text: String) throws -> UInt64 {
    var tape = JSONTape()
    return try Array(text.utf8).withUnsafeBytes { try tape.read($0) { $0.fingerprint } }
  }
}
