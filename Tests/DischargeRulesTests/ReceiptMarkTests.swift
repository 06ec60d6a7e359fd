import DischargeRules
import Ledger
import Testing

/// The word that stands for what is known of a document's receipts.
@Suite struct ReceiptMarkTests {
  private static let units = (1...22).compactMap(UnitOfMeasure.init(code:))

  @Test func nothingIsKnownAtFirst() {
    let mark = ReceiptMark()
    #expect(mark.word == 0)
    #expect(!mark.isAwaited)
    #expect(mark.units.isEmpty)
  }

  /// The units, the last instant and the announcement do not touch one another.
  @Test func whatIsNotedInAnyOrderIsTheSame() throws {
    let first = try Instant("1990-01-01T00:00:00Z")
    let last = try Instant("2100-12-31T23:59:59.999Z")
    for unit in Self.units {
      var mark = ReceiptMark()
      mark.note(unit, at: last)
      mark.isAwaited = true
      mark.note(unit, at: first)
      var other = ReceiptMark()
      other.isAwaited = true
      other.note(unit, at: first)
      other.note(unit, at: last)
      #expect(mark == other)
      #expect(ReceiptMark(word: mark.word) == mark)
      #expect(mark.isAwaited)
      #expect(mark.units == [unit])
      #expect(try mark.latest == Instant("2100-12-31T23:59:59Z"))
      other.isAwaited = false
      #expect(!other.isAwaited)
      #expect(other.units == [unit] && other.latest == mark.latest)
    }
  }

  @Test func unitsComeInTheOrderOfTheirCodes() throws {
    let instant = try Instant("2026-01-01T00:00:00Z")
    var mark = ReceiptMark()
    for unit in Self.units.reversed() { mark.note(unit, at: instant) }
    #expect(mark.units == Self.units)
    #expect(mark.latest == instant)
    #expect(Self.units.allSatisfy(mark.has))
  }
}

extension Instant {
  fileprivate init(_ text: String) throws {
    self = try Array(text.utf8).withUnsafeBytes { try Instant(anyUTF8: $0) }
  }
}
