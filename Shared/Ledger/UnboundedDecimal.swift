/// An exact decimal at or above zero, of any length: 128 bits while they hold it, more if they do
/// not.
///
/// What a product takes of a part is a product of as many factors as its bills have levels; it is
/// rounded once, at the end (Rules.md#R4.5).
public struct UnboundedDecimal: Sendable {
  private enum Digits: Sendable {
    case short(ExactDecimal)
    case long(LongDecimal)
  }

  private var digits: Digits

  /// Zero.
  public static let zero = UnboundedDecimal(.zero)
  /// One.
  public static let one = UnboundedDecimal(.one)

  /// The same value.
  ///
  /// - Precondition: the value is not below zero.
  public init(_ value: ExactDecimal) {
    precondition(!value.isNegative, "an unbounded decimal is not below zero")
    digits = .short(value)
  }

  private init(_ value: LongDecimal) { digits = .long(value) }

  /// Whether the value is zero.
  public var isZero: Bool {
    switch digits {
    case .short(let value): value.mantissa == 0
    case .long(let value): value.words.isEmpty
    }
  }

  /// The exact product.
  public static func * (a: UnboundedDecimal, b: UnboundedDecimal) -> UnboundedDecimal {
    if case .short(let left) = a.digits, case .short(let right) = b.digits,
      let product = try? left * right
    {
      return UnboundedDecimal(product)
    }
    return UnboundedDecimal(a.long * b.long)
  }

  /// The exact sum.
  public static func + (a: UnboundedDecimal, b: UnboundedDecimal) -> UnboundedDecimal {
    if case .short(let left) = a.digits, case .short(let right) = b.digits,
      let sum = try? left + right
    {
      return UnboundedDecimal(sum)
    }
    return UnboundedDecimal(a.long + b.long)
  }

  /// Adds a value.
  public static func += (sum: inout UnboundedDecimal, value: UnboundedDecimal) {
    sum = sum + value
  }

  /// The value times `10^digits`, rounded half up.
  ///
  /// - Throws: ``LedgerError/overflow`` beyond 64 bits.
  public func rounded(toDigits digits: Int) throws(LedgerError) -> Int64 {
    switch self.digits {
    case .short(let value): try value.rounded(toDigits: digits)
    case .long(let value): try value.rounded(toDigits: digits)
    }
  }

  private var long: LongDecimal {
    switch digits {
    case .short(let value): LongDecimal(value)
    case .long(let value): value
    }
  }
}

extension UnboundedDecimal: CustomStringConvertible {
  /// Plain digits, without trailing zeros or an exponent.
  public var description: String {
    switch digits {
    case .short(let value): value.description
    case .long(let value): value.description
    }
  }
}

extension Quantity {
  /// Rounds an exact value half up to six decimals (Rules.md#R2.2).
  ///
  /// - Throws: ``LedgerError/overflow``.
  public init(rounding value: UnboundedDecimal) throws(LedgerError) {
    self.init(millionths: try value.rounded(toDigits: 6))
  }
}
