import Foundation

/// An exact decimal that is never negative: `mantissa` × 10^-`scale`, without trailing zeros, so
/// that equal numbers are equal values. Too large a product traps: tests do not go there.
struct Exact: Hashable, Comparable, Sendable {
  let mantissa: Int128
  let scale: Int

  static let zero = Exact(0, scale: 0)

  init(_ mantissa: Int128, scale: Int) {
    var (m, s) = (mantissa, scale)
    while s > 0, m % 10 == 0 { (m, s) = (m / 10, s - 1) }
    (self.mantissa, self.scale) = (m, s)
  }

  /// Reads `12`, `12.5`; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }),
      let m = Int128(parts.joined())
    else { return nil }
    self.init(m, scale: parts.count == 2 ? parts[1].count : 0)
  }

  /// The number in units of 10^-`places`; only for a number with at most so many decimals.
  func units(_ places: Int) -> Int128 {
    (scale..<max(scale, places)).reduce(mantissa) { m, _ in m * 10 }
  }

  static func + (a: Exact, b: Exact) -> Exact {
    let places = max(a.scale, b.scale)
    return Exact(a.units(places) + b.units(places), scale: places)
  }

  static func - (a: Exact, b: Exact) -> Exact {
    let places = max(a.scale, b.scale)
    return Exact(a.units(places) - b.units(places), scale: places)
  }

  static func * (a: Exact, b: Exact) -> Exact {
    Exact(a.mantissa * b.mantissa, scale: a.scale + b.scale)
  }

  static func < (a: Exact, b: Exact) -> Bool {
    let places = max(a.scale, b.scale)
    return a.units(places) < b.units(places)
  }

  static func += (a: inout Exact, b: Exact) { a = a + b }
  static func -= (a: inout Exact, b: Exact) { a = a - b }

  /// The quotient of two whole numbers, half up.
  private static func divideHalfUp(_ a: Int128, by b: Int128) -> Int128 {
    let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
    return remainder >= b - remainder ? quotient + 1 : quotient
  }

  /// Half up, to so many decimals.
  func rounded(_ places: Int) -> Exact {
    if scale <= places { return self }
    let divisor = Exact(1, scale: 0).units(scale - places)
    return Exact(Exact.divideHalfUp(mantissa, by: divisor), scale: places)
  }

  /// Rules.md#R8.1: `round_half_up(value × c / q, 2)` for a value in cents and quantities in
  /// millionths.
  static func value(_ value: Exact, of c: Exact, in q: Exact) -> Exact {
    if q == .zero { return .zero }
    return Exact(divideHalfUp(value.units(2) * c.units(6), by: q.units(6)), scale: 2)
  }

  /// Plain, without trailing zeros or exponent.
  var plain: String {
    let digits = String(mantissa)
    if scale == 0 { return digits }
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    return "\(padded.dropLast(scale)).\(padded.suffix(scale))"
  }
}

extension Exact: Decodable {
  /// A JSON string, or a JSON number read by its decimal digits.
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text: String
    if let string = try? container.decode(String.self) {
      text = string
    } else {
      text = try container.decode(Decimal.self).description
    }
    guard let read = Exact(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "decimal \(text)")
    }
    self = read
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
