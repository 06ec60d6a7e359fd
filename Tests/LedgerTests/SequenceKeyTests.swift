import Testing

@testable import Ledger

/// The total order of a book's facts (Rules.md#R5.1).
@Suite struct SequenceKeyTests {
  /// Ascending: every part of the key decides only where those before it are equal.
  static let ascending: [SequenceKey] = [
    key(1, .exit, "Z", 9, 9, "Z"), key(2, .entry, "Z", 9, 9, "Z"), key(2, .move, "Z", 9, 9, "Z"),
    key(2, .exit, "", 9, 9, "Z"), key(2, .exit, "10", 9, 9, "Z"), key(2, .exit, "9", 9, 9, "Z"),
    key(2, .exit, "A", 9, 9, "Z"), key(2, .exit, "AA", 9, 9, "Z"), key(2, .exit, "a", 1, 9, "Z"),
    key(2, .exit, "a", 2, 0, "Z"), key(2, .exit, "a", 2, 1, ""),
    key(2, .exit, "a", 2, 1, "", directed: true), key(2, .exit, "a", 2, 1, "P"),
    key(2, .exit, "a", 2, 1, "P", directed: true), key(2, .exit, "a", 2, 1, "p"),
    key(2, .exit, "a", 10, 0, ""),
    key(2, .exit, "e\u{301}", 0, 0, ""),
    key(2, .exit, "z", 0, 0, ""), key(2, .exit, "é", 0, 0, ""), key(2, .exit, "\u{FFFD}", 0, 0, ""),
    key(2, .exit, "🏭", 0, 0, ""), key(3, .entry, "", 0, 0, ""),
  ]

  @Test func theOrderIsTotalAndByCodePoint() {
    for (i, a) in Self.ascending.enumerated() {
      for (j, b) in Self.ascending.enumerated() {
        #expect((a < b) == (i < j), "\(a) < \(b)")
        #expect((a == b) == (i == j), "\(a) == \(b)")
      }
    }
  }

  @Test(arguments: [11, 20_260_731] as [UInt64]) func sortingIsTheSameWhateverTheOrder(seed: UInt64)
  {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      #expect(Self.ascending.shuffled(using: &generator).sorted() == Self.ascending, "seed \(seed)")
    }
  }

  @Test func codePointsOrderAsTheirBytes() {
    #expect(CodePoints.compare("a", "a") == 0)
    #expect(CodePoints.compare("a", "b") < 0)
    #expect(CodePoints.compare("b", "a") > 0)
    #expect(CodePoints.compare("a", "ab") < 0)
    #expect(CodePoints.compare("ab", "a") > 0)
    #expect(CodePoints.precedes("e\u{301}", "é"))
    #expect(!CodePoints.precedes("", ""))
  }

  private static func key(
    _ day: Int32, _ rank: Rank, _ document: String, _ line: Int32, _ component: Int32,
    _ product: String, directed: Bool = false
  ) -> SequenceKey {
    SequenceKey(
      date: CalendarDate(days: day), rank: rank, document: document, line: line,
      component: component, product: product, directed: directed)
  }
}
