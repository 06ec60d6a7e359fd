import Testing

@testable import Ledger

/// The shapes of identifiers, units and claves.
@Suite struct ShapesTests {
  static let rfcs: [(String, Bool)] = [
    ("XEXX010101000", true), ("AAA010101AAA", true), ("Ñ&A991231Z9Z", true),
    ("XAXX010101000", true),
    ("ÑÑÑÑ000229000", true), ("", false), ("AA010101AAA", false), ("AAAAA010101AAA", false),
    ("aaa010101AAA", false), ("AAA010101AA", false), ("AAA010101AAAA", false),
    ("AAA011301AAA", false), ("AAA010001AAA", false), ("AAA010132AAA", false),
    ("AAA010100AAA", false), ("AAA01010AAAA", false), ("AAA010101Aña", false),
    ("AAA010101AÑA", false), ("A-A010101AAA", false), (" AAA010101AAA", false),
    ("AAA０10101AAA", false), ("N\u{303}AA010101AAA", false), ("1AA010101AAA", false),
  ]

  @Test(arguments: rfcs) func rfc(text: String, is valid: Bool) {
    #expect(Shapes.isRFC(text) == valid)
  }

  @Test func digits() {
    #expect(Shapes.isPedimento("262434567890123"))
    for text in [
      "26243456789012", "2624345678901234", "26243456789012A", "26 24 3456 789012",
      "２62434567890123",
    ] {
      #expect(!Shapes.isPedimento(text), "\(text)")
    }
    #expect(Shapes.isTariffItem("85444299"))
    #expect(!Shapes.isTariffItem("8544.42.99"))
    #expect(Shapes.isNICO("00"))
    #expect(!Shapes.isNICO("0"))
    #expect(!Shapes.isNICO("000"))
    #expect(Shapes.isDigits("", count: 0))
  }

  @Test func claves() {
    for text in ["IN", "V1", "A3", "RT"] { #expect(Shapes.isClave(text), "\(text)") }
    for text in ["", "I", "INN", "in", "1V", "V ", "É1", "V-"] {
      #expect(!Shapes.isClave(text), "\(text)")
    }
  }

  @Test func countries() {
    #expect(Shapes.isCountry("USA"))
    for text in ["", "US", "USAA", "usa", "U1A", "ÑA", "É"] {
      #expect(!Shapes.isCountry(text), "\(text)")
    }
  }

  @Test func names() {
    for text in ["A", "a b", "Ñ/&", "🏭", String(repeating: "x", count: 64), "é"] {
      #expect(Shapes.isName(text), "\(text)")
    }
    for text in [
      "", " a", "a ", "a\n", "\u{7F}", "\u{0}", String(repeating: "x", count: 65),
      String(repeating: "é", count: 33), "\u{80}", "e\u{301}", "\u{212B}", "\u{1100}\u{1161}",
    ] {
      #expect(!Shapes.isName(text), "\(text)")
    }
    #expect(Shapes.isName(String(repeating: "x", count: 300), atMost: 300))
  }

  @Test func unitsAreThoseOfTheAppendix() {
    #expect(UnitOfMeasure(code: 0) == nil)
    #expect(UnitOfMeasure(code: 23) == nil)
    #expect(UnitOfMeasure(code: 256 + 1) == nil)
    let names = (1...22).compactMap { UnitOfMeasure(code: $0)?.name }
    #expect(Set(names).count == 22)
    #expect(UnitOfMeasure(code: 1)?.name == "kilo")
    #expect(UnitOfMeasure(code: 6)?.name == "pieza")
    #expect(UnitOfMeasure(code: 14)?.name == "tonelada")
  }

  /// Rules.md#R3.1.
  static let effects: [(String, Operation, DocumentEffect)] =
    ["IN", "AF", "E1", "E2", "E3", "E4", "V1"].map { ($0, .import, .opens) }
    + ["V1", "RT", "BB", "V5", "V9"].map { ($0, .export, .discharges) }
    + ["F4", "F5", "A3"].map { ($0, .import, .discharges) }
    + ["CT", "GC", "A1", "C1", "R1"].flatMap { [($0, .import, .none), ($0, .export, .none)] }
    + ["IN", "AF", "A3", "F4"].map { ($0, .export, .none) } + [("RT", .import, .none)]

  @Test(arguments: effects) func claveHasEffect(
    clave: String, operation: Operation, effect: DocumentEffect
  ) {
    #expect(DocumentEffect.of(clave: clave, operation: operation) == effect)
  }
}
