/// Text of 64-bit fixed-point numbers: plain decimals without trailing zeros.
public enum FixedPoint {
  /// The most bytes that a value's text takes.
  public static let longestText = 24

  /// Ten to the power of a number of digits, at most 6.
  @usableFromInline
  @inline(__always)
  static func power(_ digits: Int) -> UInt64 {
    switch digits {
    case 0: 1
    case 1: 10
    case 2: 100
    case 3: 1_000
    case 4: 10_000
    case 5: 100_000
    default: 1_000_000
    }
  }

  /// The value as text, with at most `digits` decimals.
  public static func text(_ value: Int64, digits: Int) -> String {
    String(unsafeUninitializedCapacity: longestText) { buffer in
      write(value, digits: digits, to: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// Writes the value's text and returns how many bytes it took; at most ``longestText``.
  ///
  /// - Precondition: the buffer holds ``longestText`` bytes and `digits` is at most 6.
  @inlinable
  @inline(__always)
  public static func write(
    _ value: Int64, digits: Int, to buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    // Where the number of digits is written out in the call, this is a product, not a division.
    let (whole, fraction) = value.magnitude.quotientAndRemainder(dividingBy: power(digits))
    var count = 0
    if value < 0 {
      buffer[0] = UInt8(ascii: "-")
      count = 1
    }
    count += writeWhole(whole, to: buffer, at: count)
    return fraction > 0
      ? writeFraction(fraction, of: power(digits), to: buffer, at: count) : count
  }

  /// Writes a whole number and returns how many digits it has.
  @inlinable
  static func writeWhole(
    _ value: UInt64, to buffer: UnsafeMutableRawBufferPointer, at start: Int
  ) -> Int {
    if value < 10 {
      buffer[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value)
      return 1
    }
    var digits = 2
    var limit: UInt64 = 100
    // Twenty digits are the most that there are, and the limit has no room for more.
    while digits < 20, value >= limit {
      digits += 1
      limit = limit &* 10
    }
    var rest = value
    var index = start + digits
    while index > start {
      index -= 1
      buffer[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    return digits
  }

  /// Writes the decimals of a fraction and returns where they end.
  @usableFromInline
  static func writeFraction(
    _ fraction: UInt64, of unit: UInt64, to buffer: UnsafeMutableRawBufferPointer, at start: Int
  ) -> Int {
    var (fraction, unit, count) = (fraction, unit, start + 1)
    buffer[start] = UInt8(ascii: ".")
    while fraction > 0 {
      unit /= 10
      buffer[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction / unit)
      fraction %= unit
      count += 1
    }
    return count
  }

  /// Reads a decimal with a number of decimals: at once if it is short and plain, else exactly and
  /// half up.
  static func read(_ text: UnsafeRawBufferPointer, digits: Int) throws(LedgerError) -> Int64 {
    var value: Int64 = 0
    var decimals = -1
    var index = 0
    // Eighteen digits cannot overflow; any other text takes the exact way.
    guard text.count > 0, text.count <= 18, text[0] != UInt8(ascii: "."),
      text[text.count - 1] != UInt8(ascii: "."),
      text[0] != UInt8(ascii: "0") || text.count == 1 || text[1] == UInt8(ascii: ".")
    else {
      return try ExactDecimal(parsing: text).rounded(toDigits: digits)
    }
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte == UInt8(ascii: "."), decimals < 0 {
        decimals = 0
        continue
      }
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 else { return try ExactDecimal(parsing: text).rounded(toDigits: digits) }
      if decimals >= 0 { decimals += 1 }
      value = value &* 10 &+ Int64(digit)
    }
    let missing = digits - max(0, decimals)
    guard missing >= 0 else { return try ExactDecimal(parsing: text).rounded(toDigits: digits) }
    let (scaled, overflow) = value.multipliedReportingOverflow(by: Int64(power(missing)))
    guard !overflow else { throw .overflow }
    return scaled
  }
}
