import Testing

@testable import Ledger

/// Sums of 128 bits as text.
@Suite struct SumTests {
  static let table: [(sum: Int128, digits: Int, text: String)] = [
    (0, 6, "0"), (1, 6, "0.000001"), (-12_500_000, 6, "-12.5"), (-5, 2, "-0.05"),
    (Int128(Int64.max), 6, "9223372036854.775807"), (Int128(Int64.min), 2, "-92233720368547758.08"),
    (Int128(Int64.max) + 1, 6, "9223372036854.775808"),
    (Int128(Int64.min) - 1, 2, "-92233720368547758.09"),
    (18_000_000_000_000_000_000, 6, "18000000000000"),
    (18_000_000_000_000_000_050, 2, "180000000000000000.5"),
    (-18_000_000_000_000_000_001, 6, "-18000000000000.000001"),
    (10_000_000_000_000_000_000_000_000_000, 0, "10000000000000000000000000000"),
    (.max, 6, "170141183460469231731687303715884.105727"),
    (.min, 6, "-170141183460469231731687303715884.105728"),
    (.min, 0, "-170141183460469231731687303715884105728"),
  ]

  @Test(arguments: table) func isPlainAndExact(sum: Int128, digits: Int, text: String) throws {
    #expect(FixedPoint.text(sum: sum, digits: digits) == text)
    #expect(text.utf8.count <= FixedPoint.longestSum)
    guard digits > 0, sum.magnitude < 1 << 120 else { return }
    let read = try Array(text.utf8).withUnsafeBytes {
      try FixedPoint.readSum($0, digits: digits)
    }
    #expect(read == sum)
  }

  @Test func quantitiesAndAmountsAddUpBeyond64Bits() throws {
    var quantity = QuantitySum(Quantity(millionths: .max))
    quantity += Quantity(millionths: .max)
    quantity += QuantitySum(Quantity(millionths: 2))
    #expect(quantity.description == "18446744073709.551616")
    #expect((QuantitySum.zero - quantity).description == "-18446744073709.551616")
    #expect(QuantitySum.zero < quantity)
    var amount = MoneySum(Money(centavos: .max))
    amount += Money(centavos: 1)
    #expect(amount.description == "92233720368547758.08")
  }
}
