/// A decimal of any scale that fits 128 bits: `mantissa / 10^scale`, always exact.
///
/// Conversions and bills of materials are computed with it, and rounded once, half up, when the
/// result becomes a ``Quantity`` or a ``Money`` (Rules.md#R2.2).
public struct ExactDecimal: Hashable, Sendable {
  /// The digits, signed.
  public let mantissa: Int128
  /// How many of the digits stand behind the point; never negative.
  public let scale: Int

  /// Zero.
  public static let zero = ExactDecimal(mantissa: 0, scale: 0)
  /// One.
  public static let one = ExactDecimal(mantissa: 1, scale: 0)

  /// Digits over `10^scale`; trailing zeros behind the point are dropped, so that equal values are
  /// equal.
  public init(mantissa: Int128, scale: Int) {
    var mantissa = mantissa
    var scale = scale
    if mantissa == 0 { scale = 0 }
    while scale > 0, mantissa % 10 == 0 {
      mantissa /= 10
      scale -= 1
    }
    self.mantissa = mantissa
    self.scale = scale
  }

  /// Reads a decimal as JSON writes numbers: sign, digits, fraction, exponent.
  ///
  /// - Throws: ``LedgerError/notADecimal`` or ``LedgerError/overflow``.
  public init(parsing text: some Sequence<UInt8>) throws(LedgerError) {
    var reader = DecimalReader()
    for byte in text { try reader.take(byte) }
    self = try reader.finish()
  }

  /// Reads a decimal from text; see ``init(parsing:)-(Sequence<UInt8>)``.
  ///
  /// - Throws: ``LedgerError/notADecimal`` or ``LedgerError/overflow``.
  public init(_ text: String) throws(LedgerError) {
    try self.init(parsing: text.utf8)
  }

  /// The exact product.
  ///
  /// - Throws: ``LedgerError/overflow`` beyond 128 bits.
  public static func * (a: ExactDecimal, b: ExactDecimal) throws(LedgerError) -> ExactDecimal {
    let (product, overflow) = a.mantissa.multipliedReportingOverflow(by: b.mantissa)
    guard !overflow else { throw .overflow }
    return ExactDecimal(mantissa: product, scale: a.scale + b.scale)
  }

  /// The exact sum.
  ///
  /// - Throws: ``LedgerError/overflow`` beyond 128 bits.
  public static func + (a: ExactDecimal, b: ExactDecimal) throws(LedgerError) -> ExactDecimal {
    let scale = max(a.scale, b.scale)
    let (sum, overflow) = try a.digits(atScale: scale)
      .addingReportingOverflow(b.digits(atScale: scale))
    guard !overflow else { throw .overflow }
    return ExactDecimal(mantissa: sum, scale: scale)
  }

  /// The exact difference.
  ///
  /// - Throws: ``LedgerError/overflow`` beyond 128 bits.
  public static func - (a: ExactDecimal, b: ExactDecimal) throws(LedgerError) -> ExactDecimal {
    let scale = max(a.scale, b.scale)
    let (difference, overflow) = try a.digits(atScale: scale)
      .subtractingReportingOverflow(b.digits(atScale: scale))
    guard !overflow else { throw .overflow }
    return ExactDecimal(mantissa: difference, scale: scale)
  }

  /// Whether the value is above zero.
  public var isPositive: Bool { mantissa > 0 }
  /// Whether the value is below zero.
  public var isNegative: Bool { mantissa < 0 }

  /// The value times `10^digits`, rounded half up (away from zero at the half).
  ///
  /// - Throws: ``LedgerError/overflow`` beyond 64 bits.
  public func rounded(toDigits digits: Int) throws(LedgerError) -> Int64 {
    guard let narrow = Int64(exactly: try scaled(toDigits: digits)) else { throw .overflow }
    return narrow
  }

  /// As ``rounded(toDigits:)``, with as many digits as 128 bits hold.
  ///
  /// - Throws: ``LedgerError/overflow`` beyond them.
  func scaled(toDigits digits: Int) throws(LedgerError) -> Int128 {
    guard scale > digits else { return try self.digits(atScale: digits) }
    let drop = scale - digits
    // Beyond 38 digits nothing is left of a 128-bit mantissa, not even a half.
    guard drop <= 38 else { return 0 }
    let divisor = PowersOfTen.wide[drop]
    let (quotient, remainder) = mantissa.quotientAndRemainder(dividingBy: divisor)
    let rest = remainder.magnitude
    return rest >= divisor.magnitude - rest ? quotient + mantissa.signum() : quotient
  }

  private func digits(atScale target: Int) throws(LedgerError) -> Int128 {
    let shift = target - scale
    guard shift > 0, mantissa != 0 else { return mantissa }
    guard shift <= 38 else { throw .overflow }
    let (wide, overflow) = mantissa.multipliedReportingOverflow(by: PowersOfTen.wide[shift])
    guard !overflow else { throw .overflow }
    return wide
  }
}

extension ExactDecimal: Comparable {
  /// Exact comparison, whatever the scales.
  public static func < (a: ExactDecimal, b: ExactDecimal) -> Bool {
    if a.mantissa.signum() != b.mantissa.signum() { return a.mantissa < b.mantissa }
    if a.scale == b.scale { return a.mantissa < b.mantissa }
    let scale = max(a.scale, b.scale)
    // A side that cannot be brought to the other's scale is the larger in magnitude.
    guard let left = try? a.digits(atScale: scale) else { return a.isNegative }
    guard let right = try? b.digits(atScale: scale) else { return b.isPositive }
    return left < right
  }
}

extension ExactDecimal: CustomStringConvertible {
  /// Plain digits, without trailing zeros or an exponent.
  public var description: String {
    let digits = String(mantissa.magnitude)
    let sign = mantissa < 0 ? "-" : ""
    guard scale > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
    let point = padded.utf8.index(padded.endIndex, offsetBy: -scale)
    return sign + padded[..<point] + "." + padded[point...]
  }
}

enum PowersOfTen {
  /// 10^0 to 10^38, the largest that fits a signed 128-bit integer.
  static let wide: [Int128] = (0..<38).reduce(into: [1]) { powers, _ in
    powers.append(powers[powers.count - 1] * 10)
  }
}
