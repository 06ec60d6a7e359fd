import Ledger

/// The values that messages are made of.
extension RandomMessages {
  mutating func pick<Value>(_ values: [Value]) -> Value { values[generator.below(values.count)] }

  mutating func maybe<Value>(_ value: (inout RandomMessages) -> Value) -> Value? {
    generator.next() & 1 == 0 ? nil : value(&self)
  }

  mutating func list<Value>(_ value: (inout RandomMessages) -> Value) -> [Value] {
    var values: [Value] = []
    for _ in 0..<generator.below(4) { values.append(value(&self)) }
    return values
  }

  mutating func integer() -> Int64 {
    switch generator.below(4) {
    case 0: pick([.min, .min + 1, .max, .max - 1, -1, 0, 1, 999_999_999_999_999_999])
    case 1: Int64(truncatingIfNeeded: generator.next())
    default: Int64(generator.below(2_000_000))
    }
  }

  mutating func line() -> Int32 {
    generator.below(4) == 0 ? pick([.min, -1, 0, .max]) : Int32(generator.below(1_000))
  }

  mutating func quantity() -> Quantity { Quantity(millionths: integer()) }

  mutating func money() -> Money { Money(centavos: integer()) }

  mutating func quantitySum() -> QuantitySum { QuantitySum(millionths: wideInteger()) }

  mutating func moneySum() -> MoneySum { MoneySum(centavos: wideInteger()) }

  /// One that fits 64 bits as often as not, with six digits to spare: reading scales it.
  private mutating func wideInteger() -> Int128 {
    let value = Int128(integer())
    return generator.next() & 1 == 0 ? value : value << 40 | Int128(integer().magnitude & 0xff)
  }

  /// Any day that four digits of a year can write.
  mutating func date() -> CalendarDate {
    let first = CalendarDate(year: 0, month: 1, day: 1).days
    let last = CalendarDate(year: 9_999, month: 12, day: 31).days
    switch generator.below(8) {
    case 0: return CalendarDate(days: pick([first, last, -1, 0]))
    case 1: return CalendarDate(days: Int32.random(in: first...last, using: &generator))
    default: return CalendarDate(days: Int32(7_300 + generator.below(14_600)))
    }
  }

  mutating func instant() -> Instant {
    switch generator.below(4) {
    case 0: Instant(nanoseconds: integer())
    case 1: Instant(nanoseconds: Int64(generator.below(2_000_000_000)) * 1_000_000_000)
    default:
      Instant(
        nanoseconds: Int64(generator.below(2_000_000_000)) * 1_000_000_000 + integer()
          % 1_000_000_000)
    }
  }

  mutating func uom() -> UnitOfMeasure { pick((1...22).compactMap(UnitOfMeasure.init(code:))) }

  mutating func text() -> String {
    switch generator.below(6) {
    case 0:
      return pick([
        "", " ", "\"", "\\", "/", "a/b", "\u{0}", "\u{1F}", "\u{7F}", "\u{80}", "\n\r\t\u{8}\u{C}",
        "Ñandú & Cía", "名古屋", "🏭🇲🇽", "e\u{301}", "\u{2028}\u{2029}", "\u{FFFD}", "\u{10FFFF}",
        #"{"kind":"lot"}"#, #"\u0041"#, "</script>",
      ])
    case 1:
      var text = ""
      for _ in 0..<generator.below(40) { text.unicodeScalars.append(scalar()) }
      return text
    default:
      return pick(["IN", "V1", "RT", "P1", "PLANT-MTY", "PN-000123", "260124034567890", "A3"])
    }
  }

  private mutating func scalar() -> Unicode.Scalar {
    let limit = pick([0x20, 0x80, 0x800, 0x1_0000, 0x11_0000])
    return Unicode.Scalar(UInt32(generator.below(limit))) ?? "?"
  }
}
