import Testing

@testable import Ledger

/// Amounts, and the shares of a lot's value that go out with its units (Rules.md#R8.1).
@Suite struct MoneyTests {
  static let rounded: [(String, Int64)] = [
    ("0.005", 1), ("0.0049", 0), ("-0.005", -1), ("-0.0049", 0), ("1.005", 101), ("1.015", 102),
    ("2.675", 268), ("1234.5", 123_450), ("92233720368547758.07", .max), ("1e3", 100_000),
    ("-92233720368547758.08", .min), ("92233720368547758.074", .max),
  ]

  @Test(arguments: rounded) func amountsAreRoundedHalfUp(text: String, centavos: Int64) throws {
    #expect(try Money(text).centavos == centavos)
  }

  @Test func moreThanTheBooksHoldIsAnOverflow() {
    for text in ["92233720368547758.08", "92233720368547758.075", "1e17"] {
      #expect(throws: LedgerError.overflow) { try Money(text) }
    }
  }

  static let texts: [(Int64, String)] = [
    (0, "0"), (1, "0.01"), (10, "0.1"), (-5, "-0.05"), (100, "1"), (123_456, "1234.56"),
    (.max, "92233720368547758.07"), (.min, "-92233720368547758.08"),
  ]

  @Test(arguments: texts) func anAmountHasOneText(centavos: Int64, text: String) throws {
    #expect(Money(centavos: centavos).description == text)
    #expect(try Array(text.utf8).withUnsafeBytes { try Money(utf8: $0) }.centavos == centavos)
  }

  static let shares: [(Int64, Int64, Int64, Int64)] = [
    (100, 1, 3, 33), (100, 2, 3, 67), (100, 3, 3, 100), (1, 1, 2, 1), (1, 1, 3, 0), (5, 1, 10, 1),
    (4, 1, 10, 0), (0, 1, 3, 0), (100, 0, 3, 0), (.max, .max - 1, .max, .max - 1),
    (.max, 1, 2, 4_611_686_018_427_387_904), (.max, .max, .max, .max),
  ]

  @Test(arguments: shares) func aShareIsRoundedHalfUp(
    value: Int64, part: Int64, whole: Int64, share: Int64
  ) {
    let result = Money(centavos: value)
      .share(of: Quantity(millionths: part), in: Quantity(millionths: whole))
    #expect(result.centavos == share)
  }

  @Test(arguments: [5, 20_260_731] as [UInt64]) func sharesAgreeWithExactArithmetic(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<3_000 {
      let value = generator.anyInt64() & .max
      let whole = max(1, generator.anyInt64() & .max)
      let part = Int64.random(in: 0...whole, using: &generator)
      let twice = 2 * Int128(value) * Int128(part)
      // Half up: the floor of the quotient and a half.
      let expected = whole == part ? Int128(value) : half(twice, Int128(whole))
      let share = Money(centavos: value)
        .share(of: Quantity(millionths: part), in: Quantity(millionths: whole))
      #expect(Int128(share.centavos) == expected, "seed \(seed): \(value) × \(part) / \(whole)")
    }
  }

  /// `(twice / whole + 1) / 2`, without leaving 128 bits.
  private func half(_ twice: Int128, _ whole: Int128) -> Int128 {
    let (quotient, remainder) = (twice / 2).quotientAndRemainder(dividingBy: whole)
    return remainder >= whole - remainder ? quotient + 1 : quotient
  }
}
