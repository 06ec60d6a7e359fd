/// A quantity in a part's base unit: millionths, in 64 bits, never floating point.
///
/// Its text has at most six decimals, no trailing zeros and no exponent.
public struct Quantity: Hashable, Comparable, Sendable {
  /// The quantity in millionths of the base unit.
  public var millionths: Int64

  /// None.
  public static let zero = Quantity(millionths: 0)

  /// A quantity of so many millionths of the base unit.
  @inlinable
  public init(millionths: Int64) { self.millionths = millionths }

  /// Rounds an exact value half up to six decimals (Rules.md#R2.2).
  ///
  /// - Throws: ``LedgerError/overflow``.
  public init(rounding value: ExactDecimal) throws(LedgerError) {
    millionths = try value.rounded(toDigits: 6)
  }

  /// Reads a decimal of any scale and rounds it half up to six decimals.
  ///
  /// - Throws: ``LedgerError/notADecimal`` or ``LedgerError/overflow``.
  public init(_ text: String) throws(LedgerError) {
    try self.init(rounding: ExactDecimal(text))
  }

  /// Reads the text that ``description`` writes.
  ///
  /// - Throws: ``LedgerError/notADecimal`` or ``LedgerError/overflow``.
  public init(utf8 text: UnsafeRawBufferPointer) throws(LedgerError) {
    millionths = try FixedPoint.read(text, digits: 6)
  }

  /// The same value, exact.
  public var exact: ExactDecimal { ExactDecimal(mantissa: Int128(millionths), scale: 6) }

  @inlinable
  public static func < (a: Quantity, b: Quantity) -> Bool { a.millionths < b.millionths }

  /// The sum.
  ///
  /// - Throws: ``LedgerError/overflow``.
  public func adding(_ other: Quantity) throws(LedgerError) -> Quantity {
    let (sum, overflow) = millionths.addingReportingOverflow(other.millionths)
    guard !overflow else { throw .overflow }
    return Quantity(millionths: sum)
  }

  /// The difference of two quantities that cannot overflow: both at or above zero.
  @inlinable
  public static func - (a: Quantity, b: Quantity) -> Quantity {
    Quantity(millionths: a.millionths - b.millionths)
  }
}

extension Quantity: CustomStringConvertible {
  public var description: String { FixedPoint.text(millionths, digits: 6) }
}

extension Quantity: Codable {
  public init(from decoder: any Decoder) throws {
    self = try decoder.read { (text) throws(LedgerError) in try Quantity(text) }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
