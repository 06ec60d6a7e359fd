import Foundation
import Testing

@testable import YAMLDocument

/// What a YAML text says, and where one is malformed.
@Suite struct YAMLDocumentTests {
  private func read(_ text: String) throws -> YAMLValue { try YAMLDocument(text.utf8).root }

  @Test(
    arguments: [
      ("a", .text("a")), ("12", .integer(12)), ("-3", .integer(-3)), ("+4", .integer(4)),
      ("0x1f", .integer(31)), ("0o17", .integer(15)), ("012", .integer(12)), ("1.5", .text("1.5")),
      ("0x-1", .text("0x-1")), ("1_000", .text("1_000")), ("true", .flag(true)),
      ("FALSE", .flag(false)), ("yes", .text("yes")), ("on", .text("on")), ("~", .missing),
      ("null", .missing), ("", .missing), ("'12'", .text("12")), ("\"true\"", .text("true")),
      ("''", .text("")), ("99999999999999999999", .text("99999999999999999999")),
      ("9092:9092", .text("9092:9092")), ("|\n  a\n  b", .text("a\nb\n")),
      (">-\n  a\n  b", .text("a b")), ("ñ", .text("ñ")), ("2024-01-02", .text("2024-01-02")),
    ] as [(String, YAMLValue)])
  func aScalar(_ text: String, _ value: YAMLValue) throws {
    #expect(try read("key: \(text)\n")["key"] == value)
  }

  @Test func listsAndMapsOfBothStyles() throws {
    let root = try read("a:\n- 1\n- [x, {y: z}]\nb: {c: d}\n8080: e\n")
    let list = YAMLValue.list([
      .integer(1), .list([.text("x"), .map(["y": .text("z")])]),
    ])
    #expect(
      root == .map(["a": list, "b": .map(["c": .text("d")]), "8080": .text("e")]))
    #expect(root["a"].elements.count == 2 && root["b"]["none"]["deeper"].isMissing)
    #expect(root["a"].texts == ["1"])
  }

  @Test func aliasesAndMerges() throws {
    let root = try read(
      """
      base: &base {image: x, ports: [1]}
      other: &other {image: y, host: z}
      a: {<<: *base, image: own}
      b: {<<: [*base, *other]}
      c: *base
      d: {"<<": text}
      """)
    #expect(root["a"] == .map(["image": .text("own"), "ports": .list([.integer(1)])]))
    #expect(root["b"]["image"].text == "x" && root["b"]["host"].text == "z")
    #expect(root["c"] == root["base"])
    #expect(root["d"]["<<"].text == "text")
  }

  @Test(
    arguments: [
      ("a: [1\nb: 2\n", 2, 2), ("a: 1\na: 2\n", 2, 1), ("a: *none\n", 1, 4),
      ("a:\n\t- b\n", 2, 1), ("a: &x [*x]\n", 1, 4), ("? [a]\n: b\n", 1, 1),
      ("<<: 3\n", 1, 1), ("a: 1\n---\nb: 2\n", 3, 1), ("a: \"x\n", 2, 1),
    ] as [(String, Int, Int)])
  func whereItIsMalformed(_ text: String, _ line: Int, _ column: Int) throws {
    let error = #expect(throws: YAMLError.self) { try read(text) }
    #expect(error?.line == line && error?.column == column, "\(String(describing: error))")
  }

  @Test func bytesThatAreNoText() throws {
    let error = #expect(throws: YAMLError.self) {
      try YAMLDocument(Array("a: b\nc: d".utf8) + [0xFF, 0x0A])
    }
    #expect(error?.line == 2 && error?.column == 5, "\(String(describing: error))")
  }

  @Test func nothing() throws {
    #expect(try read("").isMissing)
    #expect(try read("# only a remark\n").isMissing)
  }

  @Test func aReferenceLeadsToItsValue() throws {
    let document = try YAMLDocument("a: {b/c: {d~e: 1}}\nr: {$ref: '#/a/b~1c/d~0e'}\n".utf8)
    #expect(document.resolve(document.root["r"]) == .integer(1))
  }
}
