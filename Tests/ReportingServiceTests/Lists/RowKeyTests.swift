import EventLogTesting
import Testing

@testable import ReportingService

/// Keys of numbers compare as the numbers do, and sums are exact, however long they are.
@Suite struct RowKeyTests {
  /// Ascending.
  private static let numbers = [
    "", "-" + String(repeating: "9", count: 600), "-1" + String(repeating: "0", count: 254),
    "-1000", "-100", "-99.5", "-12.5", "-12.25", "-12", "-2", "-1.25", "-1.2", "-1", "-0.5",
    "-0.05", "-0.000001", "0", "0.000001", "0.05", "0.5", "1", "1.2", "1.25", "2", "10", "12",
    "12.25", "12.5", "99.5", "100", "1000", "9223372036854775808",
    "1" + String(repeating: "0", count: 254), "1" + String(repeating: "0", count: 255),
    String(repeating: "9", count: 510), "1" + String(repeating: "0", count: 510), "x",
  ]

  private static func key(_ text: String) -> [UInt8] { RowKey.of(Array(text.utf8)[...], .decimal) }

  @Test func numbersAreInOrder() {
    for (index, one) in Self.numbers.enumerated() {
      for other in Self.numbers[(index + 1)...] {
        #expect(
          Self.key(one).lexicographicallyPrecedes(Self.key(other)), "\(one) before \(other)")
      }
    }
  }

  @Test func whatIsTheSameNumberHasTheSameKey() {
    for (one, other) in [("1", "1.0"), ("-0", "0"), ("007", "7"), ("0.50", "0.5"), ("-1.0", "-1")] {
      #expect(Self.key(one) == Self.key(other), "\(one)")
    }
    for text in ["1.", ".5", "+1", "1e5", "-", "1.2.3", "1,5", " 1"] {
      #expect(Numeral(Array(text.utf8)[...]) == nil, "\(text)")
    }
  }

  @Test func keysOfDrawnNumbersAreInOrder() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<20_000 {
      let numbers = [0, 1].map { _ in Int64(random.below(4_000_000)) - 2_000_000 }
      let scale = [1, 10, 1_000][random.below(3)]
      let texts = numbers.map { Self.text($0, scale) }
      let isBefore = Self.key(texts[0]).lexicographicallyPrecedes(Self.key(texts[1]))
      #expect(isBefore == (numbers[0] < numbers[1]), "\(texts)")
    }
  }

  private static func text(_ number: Int64, _ scale: Int) -> String {
    let digits = String(number.magnitude)
    let places = String(scale).count - 1
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let text = padded.dropLast(places) + (places == 0 ? "" : "." + padded.suffix(places))
    return (number < 0 ? "-" : "") + text
  }

  @Test(arguments: [
    (["1", "2"], "3"), (["0.1", "0.2"], "0.3"), (["-1", "0.25"], "-0.75"), ([], "0"),
    (["", "5", ""], "5"), (["999999999", "1"], "1000000000"),
    (["0.999999999", "0.000000001"], "1"),
    (["-0.5", "0.5"], "0"), (["1000000000", "-1"], "999999999"),
    (["-1000000000", "1"], "-999999999"),
    (["9223372036854775807.99", "9223372036854775807.99"], "18446744073709551615.98"),
    (
      ["0.0000000001", "1" + String(repeating: "0", count: 40)],
      "1" + String(repeating: "0", count: 40) + ".0000000001"
    ),
  ])
  func sumsAreExact(_ numbers: [String], _ expected: String) {
    var sum = DecimalSum()
    for number in numbers { sum.add(Array(number.utf8)[...]) }
    #expect(sum.text == expected)
    var halves = [DecimalSum(), DecimalSum()]
    for (index, number) in numbers.enumerated() { halves[index % 2].add(Array(number.utf8)[...]) }
    halves[0].add(halves[1])
    #expect(halves[0].text == expected)
  }

  @Test func sumsOfDrawnNumbersAreExact() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<500 {
      var (sum, expected) = (DecimalSum(), Int64(0))
      for _ in 0..<random.below(60) {
        let number = Int64(random.below(4_000_000_000)) - 2_000_000_000
        expected += number
        sum.add(Array(Self.text(number, 1_000).utf8)[...])
      }
      #expect(sum.text == Self.shortest(Self.text(expected, 1_000)))
    }
    var unknown = DecimalSum()
    unknown.add(Array("x".utf8)[...])
    #expect(unknown.text == nil)
  }

  private static func shortest(_ text: String) -> String {
    var text = text
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text == "-0" ? "0" : text
  }
}
