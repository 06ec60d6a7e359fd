/// A sum of amounts of MXN: centavos, in 128 bits, for the same reason as ``QuantitySum``.
public struct MoneySum: Hashable, Sendable {
  /// The sum in hundredths of a peso.
  public var centavos: Int128

  /// A sum of so many hundredths of a peso.
  public init(centavos: Int128) { self.centavos = centavos }

  /// The sum of one amount.
  public init(_ amount: Money) { centavos = Int128(amount.centavos) }

  /// Reads the text that ``description`` writes.
  ///
  /// - Throws: ``LedgerError/notADecimal`` or ``LedgerError/overflow``.
  public init(utf8 text: UnsafeRawBufferPointer) throws(LedgerError) {
    centavos = try FixedPoint.readSum(text, digits: 2)
  }

  /// Adds an amount.
  public static func += (sum: inout MoneySum, amount: Money) {
    sum.centavos += Int128(amount.centavos)
  }
}

extension MoneySum: CustomStringConvertible {
  public var description: String { FixedPoint.text(sum: centavos, digits: 2) }
}

extension MoneySum: Codable {
  public init(from decoder: any Decoder) throws {
    self = try decoder.read { (text) throws(LedgerError) in
      MoneySum(centavos: try FixedPoint.readSum(text, digits: 2))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
