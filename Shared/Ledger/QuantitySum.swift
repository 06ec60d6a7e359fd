/// A sum of quantities of a part, in its base unit: millionths, in 128 bits.
///
/// A fact's quantity fits 64 bits (``Quantity``); a sum of facts may not, but no possible number of
/// facts exceeds 128.
public struct QuantitySum: Hashable, Comparable, Sendable {
  /// The sum in millionths of the base unit.
  public var millionths: Int128

  /// None.
  public static let zero = QuantitySum(millionths: 0)

  /// A sum of so many millionths of the base unit.
  public init(millionths: Int128) { self.millionths = millionths }

  /// The sum of one quantity.
  public init(_ quantity: Quantity) { millionths = Int128(quantity.millionths) }

  /// Reads the text that ``description`` writes.
  ///
  /// - Throws: ``LedgerError/notADecimal`` or ``LedgerError/overflow``.
  public init(utf8 text: UnsafeRawBufferPointer) throws(LedgerError) {
    millionths = try FixedPoint.readSum(text, digits: 6)
  }

  public static func < (a: QuantitySum, b: QuantitySum) -> Bool { a.millionths < b.millionths }

  /// Adds a quantity.
  public static func += (sum: inout QuantitySum, quantity: Quantity) {
    sum.millionths += Int128(quantity.millionths)
  }

  /// Adds another sum.
  public static func += (sum: inout QuantitySum, other: QuantitySum) {
    sum.millionths += other.millionths
  }

  /// The difference.
  public static func - (a: QuantitySum, b: QuantitySum) -> QuantitySum {
    QuantitySum(millionths: a.millionths - b.millionths)
  }
}

extension QuantitySum: CustomStringConvertible {
  public var description: String { FixedPoint.text(sum: millionths, digits: 6) }
}

extension QuantitySum: Codable {
  public init(from decoder: any Decoder) throws {
    self = try decoder.read { (text) throws(LedgerError) in
      QuantitySum(millionths: try FixedPoint.readSum(text, digits: 6))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
