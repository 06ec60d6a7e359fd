/// An exact sum of decimals of any length; unknown once something was added that is no number.
struct DecimalSum {
  /// Nine digits each, of either sign: before the point the lowest first, behind it the highest.
  private var whole: [Int64] = []
  private var fraction: [Int64] = []
  private var isUnknown = false

  private static let digits = 9
  private static let base: Int64 = 1_000_000_000

  /// Adds what a cell says; one that is empty says nothing.
  mutating func add(_ cell: ArraySlice<UInt8>) {
    if cell.isEmpty { return }
    guard let numeral = Numeral(cell) else { return isUnknown = true }
    let sign: Int64 = numeral.isNegative ? -1 : 1
    var rest = numeral.whole
    var place = 0
    while !rest.isEmpty {
      if place == whole.count { whole.append(0) }
      whole[place] += sign * Self.number(rest.suffix(Self.digits))
      rest = rest.dropLast(Self.digits)
      place += 1
    }
    rest = numeral.fraction
    place = 0
    while !rest.isEmpty {
      if place == fraction.count { fraction.append(0) }
      let group = rest.prefix(Self.digits)
      var value = Self.number(group)
      for _ in group.count..<Self.digits { value *= 10 }
      fraction[place] += sign * value
      rest = rest.dropFirst(Self.digits)
      place += 1
    }
    // Far from what 64 bits hold: some nine thousand million numbers later.
  }

  /// Adds another sum.
  mutating func add(_ other: DecimalSum) {
    isUnknown = isUnknown || other.isUnknown
    Self.add(other.whole, to: &whole)
    Self.add(other.fraction, to: &fraction)
  }

  /// The sum, plain, without zeros at its end; nil where it is not known.
  var text: String? {
    if isUnknown { return nil }
    var groups = Array(fraction.reversed()) + whole
    // The highest group takes what the others carry, with the sign of all.
    Self.carry(&groups)
    let isNegative = (groups.last ?? 0) < 0
    if isNegative {
      groups = groups.map { -$0 }
      Self.carry(&groups)
    }
    let texts = groups.map { group in
      let digits = String(group)
      return String(repeating: "0", count: max(0, Self.digits - digits.count)) + digits
    }
    let before = texts.dropFirst(fraction.count).reversed().joined().drop { $0 == "0" }
    var behind = texts.prefix(fraction.count).reversed().joined()
    while behind.last == "0" { behind.removeLast() }
    let text = (before.isEmpty ? "0" : String(before)) + (behind.isEmpty ? "" : "." + behind)
    return isNegative ? "-" + text : text
  }

  private static func carry(_ groups: inout [Int64]) {
    groups.append(0)
    for index in groups.indices.dropLast() {
      let rest = groups[index] % base
      let digit = rest < 0 ? rest + base : rest
      groups[index + 1] += (groups[index] - digit) / base
      groups[index] = digit
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64 {
    digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  }

  private static func add(_ groups: [Int64], to sum: inout [Int64]) {
    while sum.count < groups.count { sum.append(0) }
    for (index, group) in groups.enumerated() { sum[index] += group }
  }
}
