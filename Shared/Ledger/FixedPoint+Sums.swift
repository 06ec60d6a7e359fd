/// Text of 128-bit fixed-point numbers, which sums are: the same as of 64 bits where they fit.
extension FixedPoint {
  /// The most bytes that a sum's text takes: 39 digits, sign and point.
  public static let longestSum = 41

  /// The sum as text, with at most `digits` decimals.
  public static func text(sum: Int128, digits: Int) -> String {
    String(unsafeUninitializedCapacity: longestSum) { buffer in
      write(sum: sum, digits: digits, to: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// Writes the sum's text and returns how many bytes it took; at most ``longestSum``.
  ///
  /// - Precondition: the buffer holds ``longestSum`` bytes and `digits` is at most 6.
  public static func write(
    sum: Int128, digits: Int, to buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    if let narrow = Int64(exactly: sum) { return write(narrow, digits: digits, to: buffer) }
    let unit = power(digits)
    let (whole, fraction) = sum.magnitude.quotientAndRemainder(dividingBy: UInt128(unit))
    var count = 0
    if sum < 0 {
      buffer[0] = UInt8(ascii: "-")
      count = 1
    }
    for digit in String(whole).utf8 {
      buffer[count] = digit
      count += 1
    }
    return fraction > 0
      ? writeFraction(UInt64(fraction), of: unit, to: buffer, at: count) : count
  }

  /// Reads a decimal into so many decimals: half up where it has more.
  static func readSum(
    _ text: UnsafeRawBufferPointer, digits: Int
  ) throws(LedgerError) -> Int128 {
    try ExactDecimal(parsing: text).scaled(toDigits: digits)
  }

  /// As of bytes, of text.
  static func readSum(_ text: String, digits: Int) throws(LedgerError) -> Int128 {
    try ExactDecimal(text).scaled(toDigits: digits)
  }
}
