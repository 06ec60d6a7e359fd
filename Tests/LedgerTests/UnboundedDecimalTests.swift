import Testing

@testable import Ledger

/// Exact decimals of any length.
@Suite struct UnboundedDecimalTests {
  private func value(_ text: String) throws -> UnboundedDecimal {
    UnboundedDecimal(try ExactDecimal(text))
  }

  @Test func whatFits128BitsIsWhatExactDecimalsSay() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      let (a, b) = (
        try ExactDecimal(Self.decimal(&random, 9)), try ExactDecimal(Self.decimal(&random, 9))
      )
      let (left, right) = (UnboundedDecimal(a), UnboundedDecimal(b))
      #expect(try (left * right).description == (a * b).description)
      #expect(try (left + right).description == (a + b).description)
      #expect(try (left * right).rounded(toDigits: 6) == (a * b).rounded(toDigits: 6))
    }
  }

  /// Sums and products of many words, held to arithmetic on decimal digits that is done elsewhere.
  @Test func whatDoesNotIsExactToo() throws {
    var random = SeededGenerator(seed: 11)
    for round in 0..<300 {
      var (got, expected) = (UnboundedDecimal.one, DigitDecimal("1"))
      for step in 0..<(2 + round % 12) {
        let text = Self.decimal(&random, 18)
        if step % 3 == 2 {
          got += try value(text)
          expected = expected + DigitDecimal(text)
        } else {
          got = got * (try value(text))
          expected = expected * DigitDecimal(text)
        }
      }
      #expect(got.description == expected.description)
      #expect((try? got.rounded(toDigits: 6)) == expected.rounded(toDigits: 6))
    }
  }

  static let halves: [(factors: [String], rounded: Int64)] = [
    (["0.0000000000000000000000000000005", "1000000000000000000000000"], 1),
    (["0.00000000000000000000000000000049", "1000000000000000000000000", "1.00000000001"], 0),
    (["123456789012.123456789012", "0.000000000000000000000001", "1e18"], 123_456_789_012),
  ]

  @Test(arguments: halves)
  func roundingIsHalfUpOnceAtTheEnd(_ factors: [String], _ rounded: Int64) throws {
    let long = try value("1.00000000000000000000000000000000001")
    // The first is long before it is rounded, if only by digits that decide nothing.
    var product = UnboundedDecimal.one
    for factor in factors { product = product * (try value(factor)) }
    #expect(try product.rounded(toDigits: 6) == rounded)
    #expect(try (product * long * long * long).rounded(toDigits: 6) == rounded)
  }

  @Test func moreThan64BitsIsAnOverflowAtTheEndAlone() throws {
    let wide = try value("1e30")
    let narrow = try value("1e-30")
    var product = UnboundedDecimal.one
    for _ in 0..<50 { product = product * wide }
    #expect(throws: LedgerError.overflow) { try product.rounded(toDigits: 6) }
    for _ in 0..<50 { product = product * narrow }
    #expect(try product.rounded(toDigits: 6) == 1_000_000)
    for _ in 0..<50 { product = product * narrow }
    #expect(try product.rounded(toDigits: 6) == 0)
    #expect(!product.isZero && (product * .zero).isZero)
    let most = UnboundedDecimal(ExactDecimal(mantissa: Int128(Int64.max), scale: 6))
    #expect(try (most * product + most).rounded(toDigits: 6) == .max)
    let half = try value("0.0000005")
    #expect(throws: LedgerError.overflow) { try (most + half).rounded(toDigits: 6) }
    #expect(throws: LedgerError.overflow) {
      try (most + half + product).rounded(toDigits: 6)
    }
  }

  /// Up to so many digits with a point somewhere among them.
  static func decimal(_ random: inout SeededGenerator, _ most: Int) -> String {
    let whole = String(Int.random(in: 0..<1_000, using: &random))
    let count = Int.random(in: 0...(most - 3), using: &random)
    let fraction = (0..<count).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
    return fraction.isEmpty ? whole : whole + "." + fraction
  }
}

/// Arithmetic as it is done on paper, digit by digit.
private struct DigitDecimal: CustomStringConvertible {
  /// The lowest digit first.
  private var digits: [Int]
  private var scale: Int

  private init(digits: [Int], scale: Int) { (self.digits, self.scale) = (digits, scale) }

  init(_ text: String) {
    let parts = text.split(separator: ".")
    digits = parts.joined().reversed().compactMap(\.wholeNumberValue)
    scale = parts.count == 2 ? parts[1].count : 0
  }

  static func * (a: DigitDecimal, b: DigitDecimal) -> DigitDecimal {
    var product = Array(repeating: 0, count: a.digits.count + b.digits.count)
    for (i, left) in a.digits.enumerated() {
      for (j, right) in b.digits.enumerated() { product[i + j] += left * right }
    }
    return DigitDecimal(digits: carried(product), scale: a.scale + b.scale)
  }

  static func + (a: DigitDecimal, b: DigitDecimal) -> DigitDecimal {
    let scale = max(a.scale, b.scale)
    let left = Array(repeating: 0, count: scale - a.scale) + a.digits
    let right = Array(repeating: 0, count: scale - b.scale) + b.digits
    let sum = (0..<max(left.count, right.count)).map { index in
      (index < left.count ? left[index] : 0) + (index < right.count ? right[index] : 0)
    }
    return DigitDecimal(digits: carried(sum), scale: scale)
  }

  private static func carried(_ digits: [Int]) -> [Int] {
    var (carried, rest) = ([Int](), 0)
    for digit in digits {
      carried.append((digit + rest) % 10)
      rest = (digit + rest) / 10
    }
    while rest > 0 {
      carried.append(rest % 10)
      rest /= 10
    }
    return carried
  }

  func rounded(toDigits places: Int) -> Int64? {
    let padded = Array(repeating: 0, count: max(0, places - scale)) + digits
    let drop = max(0, scale - places)
    let isHalf = drop > 0 && drop <= padded.count && padded[drop - 1] >= 5
    guard
      let kept = Int128(padded.dropFirst(drop).reversed().map(String.init).joined().ifEmpty("0"))
    else { return nil }
    return Int64(exactly: kept + (isHalf ? 1 : 0))
  }

  var description: String {
    var padded = digits
    while padded.count <= scale { padded.append(0) }
    let text = padded.reversed().map(String.init).joined()
    let whole = text.dropLast(scale).drop { $0 == "0" }
    var fraction = text.suffix(scale)
    while fraction.last == "0" { fraction.removeLast() }
    return (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction)
  }
}

extension String {
  fileprivate func ifEmpty(_ other: String) -> String { isEmpty ? other : self }
}
