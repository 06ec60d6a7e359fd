import Ledger

/// The fifteen digits: year, aduana, broker's licence, number.
struct PedimentoNumber: Equatable, Comparable {
  let value: UInt64

  /// The aduana's three digits; the sample's sections all end in 0, so the number tells them.
  var section: Int { Int(value / 100_000_000_000 % 100) * 10 }
  var patente: Int { Int(value / 10_000_000 % 10_000) }
  var seven: Int { Int(value % 10_000_000) }

  static func < (a: PedimentoNumber, b: PedimentoNumber) -> Bool { a.value < b.value }
}

/// Gives numbers out. One counter per broker and aduana, never reset, so that (patente, number,
/// section) is unique too: Data Stage tells pedimentos apart by those three, without the year.
struct PedimentoNumbers {
  private static let sections = [7, 24, 40, 80, 16, 43, 47, 51]
  private static let patentes = [1769, 3953, 3421, 1604, 3088, 1737, 3876, 1512]
  private var used = [Int](repeating: 0, count: 64)

  mutating func next(
    paidOn: CalendarDate, _ random: inout SplitMix
  ) throws(SampleError) -> PedimentoNumber {
    let first = random.below(used.count)
    for step in 0..<used.count {
      let slot = (first + step) % used.count
      // The number's first digit is the year's last; the other six count.
      guard used[slot] < 999_999 else { continue }
      used[slot] += 1
      let year = paidOn.civil.year
      let seven = year % 10 * 1_000_000 + used[slot]
      let head = (year % 100 * 100 + Self.sections[slot / 8]) * 10_000 + Self.patentes[slot % 8]
      return PedimentoNumber(value: UInt64(head * 10_000_000 + seven))
    }
    throw .pedimentoNumbersExhausted
  }
}
