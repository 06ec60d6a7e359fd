/// Text of 64-bit fixed-point numbers: plain decimals without trailing zeros.
public enum FixedPoint {
  /// Ten to the power of a number of digits, at most 6.
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
    String(unsafeUninitializedCapacity: 24) { buffer in
      write(value, digits: digits, to: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// Writes the value's text and answers how many bytes it took; at most 24.
  ///
  /// - Precondition: the buffer holds 24 bytes and `digits` is at most 6.
  public static func write(
    _ value: Int64, digits: Int, to buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    var (whole, fraction) = value.magnitude.quotientAndRemainder(dividingBy: power(digits))
    var count = 0
    if value < 0 {
      buffer[0] = UInt8(ascii: "-")
      count = 1
    }
    let start = count
    repeat {
      buffer[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: whole % 10)
      whole /= 10
      count += 1
    } while whole > 0
    var low = start
    var high = count - 1
    while low < high {
      (buffer[low], buffer[high]) = (buffer[high], buffer[low])
      low += 1
      high -= 1
    }
    guard fraction > 0 else { return count }
    buffer[count] = UInt8(ascii: ".")
    count += 1
    var unit = power(digits)
    while fraction > 0 {
      unit /= 10
      buffer[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction / unit)
      fraction %= unit
      count += 1
    }
    return count
  }

  /// Reads a decimal into so many decimals: at once where it is short and plain, else exactly and
  /// half up.
  static func read(_ text: UnsafeRawBufferPointer, digits: Int) throws(LedgerError) -> Int64 {
    var value: Int64 = 0
    var decimals = -1
    var index = 0
    // Eighteen digits cannot overflow; whatever else the text is goes the exact way.
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
