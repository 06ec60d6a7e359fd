/// An amount of MXN: centavos, in 64 bits.
public struct Money: Hashable, Comparable, Sendable {
  /// The amount in hundredths of a peso.
  public var centavos: Int64

  /// Nothing.
  public static let zero = Money(centavos: 0)

  /// An amount of so many hundredths of a peso.
  @inlinable
  public init(centavos: Int64) { self.centavos = centavos }

  /// Rounds an exact value half up to two decimals.
  ///
  /// - Throws: ``LedgerError/overflow``.
  public init(rounding value: ExactDecimal) throws(LedgerError) {
    centavos = try value.rounded(toDigits: 2)
  }

  /// Reads a decimal of any scale and rounds it half up to two decimals.
  ///
  /// - Throws: ``LedgerError/notADecimal`` or ``LedgerError/overflow``.
  public init(_ text: String) throws(LedgerError) {
    try self.init(rounding: ExactDecimal(text))
  }

  /// Reads the text that ``description`` writes.
  ///
  /// - Throws: ``LedgerError/notADecimal`` or ``LedgerError/overflow``.
  public init(utf8 text: UnsafeRawBufferPointer) throws(LedgerError) {
    centavos = try FixedPoint.read(text, digits: 2)
  }

  /// The share of `self` that `part` of `whole` stands for, rounded half up (Rules.md#R8.1).
  ///
  /// The product goes through 128 bits, so it cannot overflow. `whole` is above zero and
  /// `part` between zero and `whole`.
  @inlinable
  public func share(of part: Quantity, in whole: Quantity) -> Money {
    if part.millionths == whole.millionths { return self }
    let wide = UInt64(centavos).multipliedFullWidth(by: UInt64(part.millionths))
    let divisor = UInt64(whole.millionths)
    let (quotient, remainder) = divisor.dividingFullWidth(wide)
    return Money(centavos: Int64(remainder >= divisor - remainder ? quotient + 1 : quotient))
  }

  @inlinable
  public static func < (a: Money, b: Money) -> Bool { a.centavos < b.centavos }

  /// The sum.
  ///
  /// - Throws: ``LedgerError/overflow``.
  public func adding(_ other: Money) throws(LedgerError) -> Money {
    let (sum, overflow) = centavos.addingReportingOverflow(other.centavos)
    guard !overflow else { throw .overflow }
    return Money(centavos: sum)
  }

  /// The difference of two amounts that cannot overflow: both at or above zero.
  @inlinable
  public static func - (a: Money, b: Money) -> Money { Money(centavos: a.centavos - b.centavos) }
}

extension Money: CustomStringConvertible {
  public var description: String { FixedPoint.text(centavos, digits: 2) }
}

extension Money: Codable {
  public init(from decoder: any Decoder) throws {
    self = try decoder.read { (text) throws(LedgerError) in try Money(text) }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
