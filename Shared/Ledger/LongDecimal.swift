/// A whole number of as many words as it takes over a power of ten: `words / 10^scale`.
struct LongDecimal: Sendable {
  /// The digits, the lowest word first; the last word is not zero.
  private(set) var words: [UInt64]
  /// How many decimal digits stand behind the point.
  private(set) var scale: Int

  private init(words: [UInt64], scale: Int) {
    self.words = words
    self.scale = scale
    while self.words.last == 0 { self.words.removeLast() }
  }

  init(_ value: ExactDecimal) {
    let digits = value.mantissa.magnitude
    self.init(
      words: [UInt64(truncatingIfNeeded: digits), UInt64(truncatingIfNeeded: digits >> 64)],
      scale: value.scale)
  }

  static func * (a: LongDecimal, b: LongDecimal) -> LongDecimal {
    var product = [UInt64](repeating: 0, count: a.words.count + b.words.count)
    for (i, left) in a.words.enumerated() {
      var carry: UInt64 = 0
      for (j, right) in b.words.enumerated() {
        // (2^64 - 1)^2 + 2 (2^64 - 1) is the most that two words hold.
        let (high, low) = left.multipliedFullWidth(by: right)
        let (sum, over) = product[i + j].addingReportingOverflow(low)
        let (total, more) = sum.addingReportingOverflow(carry)
        product[i + j] = total
        carry = high &+ (over ? 1 : 0) &+ (more ? 1 : 0)
      }
      product[i + b.words.count] = carry
    }
    return LongDecimal(words: product, scale: a.scale + b.scale)
  }

  static func + (a: LongDecimal, b: LongDecimal) -> LongDecimal {
    let scale = max(a.scale, b.scale)
    var sum = a.shifted(toScale: scale)
    let other = b.shifted(toScale: scale)
    if sum.count < other.count {
      sum.append(contentsOf: repeatElement(0, count: other.count - sum.count))
    }
    var carry = false
    for index in sum.indices {
      guard index < other.count || carry else { break }
      let (half, over) = sum[index].addingReportingOverflow(index < other.count ? other[index] : 0)
      let (whole, more) = half.addingReportingOverflow(carry ? 1 : 0)
      sum[index] = whole
      carry = over || more
    }
    if carry { sum.append(1) }
    return LongDecimal(words: sum, scale: scale)
  }

  /// The value times `10^digits`, rounded half up.
  func rounded(toDigits digits: Int) throws(LedgerError) -> Int64 {
    guard scale > digits else {
      return try Self.narrow(shifted(toScale: digits))
    }
    // The first digit that goes tells whether the rest is half or more.
    var kept = words
    Self.divide(&kept, byTenTo: scale - digits - 1)
    let isHalf = Self.divide(&kept, by: 10) >= 5
    let whole = try Self.narrow(kept)
    let (rounded, overflow) = whole.addingReportingOverflow(isHalf ? 1 : 0)
    guard !overflow else { throw .overflow }
    return rounded
  }

  private static func narrow(_ words: [UInt64]) throws(LedgerError) -> Int64 {
    guard words.dropFirst().allSatisfy({ $0 == 0 }),
      let narrow = Int64(exactly: words.first ?? 0)
    else { throw .overflow }
    return narrow
  }

  /// The digits at a scale that is not below the value's own.
  private func shifted(toScale target: Int) -> [UInt64] {
    var shifted = words
    var rest = target - scale
    while rest > 0, !shifted.isEmpty {
      let step = min(rest, Self.step)
      Self.multiply(&shifted, by: Self.power(step))
      rest -= step
    }
    return shifted
  }

  private static func multiply(_ words: inout [UInt64], by factor: UInt64) {
    var carry: UInt64 = 0
    for index in words.indices {
      let (high, low) = words[index].multipliedFullWidth(by: factor)
      let (sum, over) = low.addingReportingOverflow(carry)
      words[index] = sum
      carry = high &+ (over ? 1 : 0)
    }
    if carry > 0 { words.append(carry) }
  }

  /// Drops so many decimal digits.
  private static func divide(_ words: inout [UInt64], byTenTo digits: Int) {
    var rest = digits
    while rest > 0, !words.isEmpty {
      let step = min(rest, Self.step)
      _ = divide(&words, by: power(step))
      rest -= step
    }
  }

  /// Divides; returns the remainder.
  private static func divide(_ words: inout [UInt64], by divisor: UInt64) -> UInt64 {
    var remainder: UInt64 = 0
    for index in words.indices.reversed() {
      (words[index], remainder) = divisor.dividingFullWidth((remainder, words[index]))
    }
    while words.last == 0 { words.removeLast() }
    return remainder
  }

  /// The most decimal digits that one word has room for, whatever they are.
  private static var step: Int { 19 }

  private static func power(_ digits: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: PowersOfTen.wide[digits])
  }
}

extension LongDecimal: CustomStringConvertible {
  var description: String {
    var (rest, groups) = (words, [String]())
    while !rest.isEmpty {
      let group = String(Self.divide(&rest, by: Self.power(Self.step)))
      groups.append(
        rest.isEmpty
          ? group : String(repeating: "0", count: Self.step - group.utf8.count) + group)
    }
    var digits = Array(groups.reversed().joined().utf8)
    if digits.count <= scale {
      digits.insert(
        contentsOf: repeatElement(UInt8(ascii: "0"), count: scale + 1 - digits.count), at: 0)
    }
    var fraction = digits.suffix(scale)
    while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
    let whole = String(decoding: digits.dropLast(scale), as: UTF8.self)
    return fraction.isEmpty ? whole : whole + "." + String(decoding: fraction, as: UTF8.self)
  }
}
