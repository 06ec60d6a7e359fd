import Foundation
import Testing

@testable import Ledger

/// Quantities and amounts: text, rounding, limits.
@Suite struct QuantityTests {
  static let texts: [(Int64, String)] = [
    (0, "0"), (1, "0.000001"), (-1, "-0.000001"), (1_000_000, "1"), (1_500_000, "1.5"),
    (-12_345_678, "-12.345678"), (100_000, "0.1"), (10, "0.00001"), (999_999, "0.999999"),
    (.max, "9223372036854.775807"), (.min, "-9223372036854.775808"),
  ]

  @Test(arguments: texts) func aQuantityHasOneText(millionths: Int64, text: String) throws {
    let quantity = Quantity(millionths: millionths)
    #expect(quantity.description == text)
    #expect(try Quantity(text) == quantity)
    #expect(try Array(text.utf8).withUnsafeBytes { try Quantity(utf8: $0) } == quantity)
  }

  /// The six decimals are rounded once, half up, away from zero at the half.
  static let rounded: [(String, Int64)] = [
    ("0.0000005", 1), ("0.00000049", 0), ("0.0000004999999999999999", 0), ("1.0000015", 1_000_002),
    ("1.0000025", 1_000_003), ("-0.0000005", -1), ("-0.00000049", 0), ("-1.0000015", -1_000_002),
    ("-1.0000014999", -1_000_001), ("0.9999995", 1_000_000), ("1e-6", 1), ("5e-7", 1), ("4e-7", 0),
    ("1e-100", 0), ("123e4", 1_230_000_000_000), ("1e12", 1_000_000_000_000_000_000),
    ("9223372036854.7758074", .max), ("-9223372036854.7758084", .min), ("-0", 0), ("0e50", 0),
  ]

  @Test(arguments: rounded) func quantitiesAreRoundedHalfUp(text: String, millionths: Int64) throws
  {
    #expect(try Quantity(text).millionths == millionths)
    #expect(
      try Array(text.utf8).withUnsafeBytes { try Quantity(utf8: $0) }.millionths == millionths)
  }

  static let overflowing = [
    "9223372036854.775808", "9223372036854.7758075", "-9223372036854.7758085", "1e13", "-1e13",
    "99999999999999", "100000000000000000", "1e101", "1e38", String(repeating: "9", count: 40),
  ]

  @Test(arguments: overflowing) func moreThanTheBooksHoldIsAnOverflow(text: String) {
    #expect(throws: LedgerError.overflow) { try Quantity(text) }
    #expect(throws: LedgerError.overflow) {
      try Array(text.utf8).withUnsafeBytes { try Quantity(utf8: $0) }
    }
  }

  static let malformed = [
    "", " ", "-", ".", ".5", "5.", "-.5", "+1", "01", "00", "-01", "00.5", "1.2.3", "1,5", "1 ",
    " 1",
    "1e", "1e+", "e5", "1.e5", "0x1", "--1", "1-", "NaN", "inf", "１", "1_0", "1.5e1.5", "1\u{0}",
  ]

  @Test(arguments: malformed) func anythingElseIsNotADecimal(text: String) {
    #expect(throws: LedgerError.notADecimal) { try Quantity(text) }
    #expect(throws: LedgerError.notADecimal) { try Money(text) }
    #expect(throws: LedgerError.notADecimal) {
      try Array(text.utf8).withUnsafeBytes { try Quantity(utf8: $0) }
    }
  }

  @Test(arguments: [3, 20_260_731] as [UInt64]) func textRoundTrips(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<3_000 {
      let value = generator.anyInt64()
      for digits in [0, 2, 6] {
        let text = FixedPoint.text(value, digits: digits)
        let read = try Array(text.utf8).withUnsafeBytes { try FixedPoint.read($0, digits: digits) }
        #expect(read == value, "seed \(seed): \(text)")
        #expect(text == ExactDecimal(mantissa: Int128(value), scale: digits).description)
      }
    }
  }

  @Test func sumsAndDifferences() throws {
    let most = Quantity(millionths: .max)
    #expect(try Quantity("1.5").adding(Quantity("2.25")) == Quantity("3.75"))
    #expect(throws: LedgerError.overflow) { try most.adding(Quantity(millionths: 1)) }
    #expect(try Quantity("1.5") - Quantity("2") == Quantity("-0.5"))
    #expect(Quantity.zero < most)
  }

  @Test func codableSpeaksText() throws {
    let json = Data(#"["1.5","12.34","2026-03-05","2026-03-05T01:02:03.5Z"]"#.utf8)
    struct Row: Codable, Equatable {
      var quantity: Quantity
      var money: Money
      var date: CalendarDate
      var instant: Instant
      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        quantity = try list.decode(Quantity.self)
        money = try list.decode(Money.self)
        date = try list.decode(CalendarDate.self)
        instant = try list.decode(Instant.self)
      }
      func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        try list.encode(quantity)
        try list.encode(money)
        try list.encode(date)
        try list.encode(instant)
      }
    }
    let row = try JSONDecoder().decode(Row.self, from: json)
    #expect(try JSONEncoder().encode(row) == json)
  }

  @Test func whatIsWrongIsADecodingErrorThatNamesThePlace() {
    #expect {
      try JSONDecoder().decode([Quantity].self, from: Data(#"["1","1,5"]"#.utf8))
    } throws: { error in
      guard case .dataCorrupted(let context)? = error as? DecodingError else { return false }
      return context.codingPath.map(\.intValue) == [1]
        && context.debugDescription == "Quantity cannot be \"1,5\": notADecimal"
    }
  }
}
