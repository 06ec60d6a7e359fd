import Testing

@testable import Ledger

/// Exact decimals of 128 bits.
@Suite struct ExactDecimalTests {
  static let texts: [(String, String)] = [
    ("0", "0"), ("-0", "0"), ("0.000", "0"), ("1.50", "1.5"), ("1e3", "1000"), ("1.5E-3", "0.0015"),
    ("-12.5e+1", "-125"), ("0.12345678901234567890", "0.1234567890123456789"), ("100", "100"),
    ("170141183460469231731687303715884105727", "170141183460469231731687303715884105727"),
    ("1e-40", "0.0000000000000000000000000000000000000001"), ("-0.5", "-0.5"), ("10e-1", "1"),
  ]

  @Test(arguments: texts) func textIsReadExactly(text: String, plain: String) throws {
    let value = try ExactDecimal(text)
    #expect(value.description == plain)
    #expect(try ExactDecimal(plain) == value)
  }

  @Test func moreThan128BitsIsAnOverflow() throws {
    for text in ["170141183460469231731687303715884105728", "1e39", "2e38", "1e101"] {
      #expect(throws: LedgerError.overflow) { try ExactDecimal(text) }
    }
    let wide = try ExactDecimal("1e30")
    #expect(throws: LedgerError.overflow) { try wide * wide }
    #expect(throws: LedgerError.overflow) { try wide + ExactDecimal("1e-20") }
    let most = ExactDecimal(mantissa: .max, scale: 0)
    #expect(throws: LedgerError.overflow) { try most + .one }
    let least = ExactDecimal(mantissa: .min, scale: 0)
    #expect(throws: LedgerError.overflow) { try ExactDecimal.zero - least }
    #expect(try ExactDecimal(mantissa: -1, scale: 0) - least == most)
  }

  static let arithmetic: [(String, String, String, String, String)] = [
    ("0.1", "0.2", "0.3", "-0.1", "0.02"), ("1.05", "2", "3.05", "-0.95", "2.1"),
    ("-1.5", "1.5", "0", "-3", "-2.25"), ("1000", "0.001", "1000.001", "999.999", "1"),
    (
      "12345678901234567.89", "1e-10", "12345678901234567.8900000001",
      "12345678901234567.8899999999", "1234567.890123456789"
    ),
  ]

  @Test(arguments: arithmetic) func arithmeticIsExact(
    a: String, b: String, sum: String, difference: String, product: String
  ) throws {
    let (left, right) = (try ExactDecimal(a), try ExactDecimal(b))
    #expect(try (left + right).description == sum)
    #expect(try (left - right).description == difference)
    #expect(try (left * right).description == product)
  }

  @Test func orderIsByValueWhateverTheScales() throws {
    let ascending = try [
      "-1e38", "-2", "-1.9999999999999999999999999999999999999", "-1e-38", "0", "1e-38", "0.1",
      "0.11",
      "1", "1.0000000000000000000000000000000000001", "9", "10", "1e38",
    ].map { try ExactDecimal($0) }
    for (i, a) in ascending.enumerated() {
      for (j, b) in ascending.enumerated() { #expect((a < b) == (i < j), "\(a) < \(b)") }
    }
    #expect(ascending.map(\.isNegative) == ascending.map { $0 < .zero })
    #expect(ascending.map(\.isPositive) == ascending.map { .zero < $0 })
  }

  static let rounded: [(String, Int, Int64)] = [
    ("2.5", 0, 3), ("-2.5", 0, -3), ("2.4999999999", 0, 2), ("-2.4999999999", 0, -2),
    ("0.05", 1, 1), ("0.04", 1, 0), ("1.005", 2, 101), ("7", 6, 7_000_000), ("1e-39", 0, 0),
    ("0.00000000000000000000000000000000000005", 37, 1),
  ]

  @Test(arguments: rounded) func roundingIsHalfUp(text: String, digits: Int, value: Int64) throws {
    #expect(try ExactDecimal(text).rounded(toDigits: digits) == value)
  }
}
