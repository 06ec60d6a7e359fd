import Ledger

extension JSONNode {
  /// The whole number of 64 bits that this is, however it is written (`7`, `7.0`, `7e0`); nil for
  /// any other number and any other value.
  var integer: Int64? {
    guard isNumber else { return nil }
    let text = raw
    let negative = text[0] == UInt8(ascii: "-")
    if text.count <= 18 {
      // So few digits cannot overflow.
      if let magnitude = Self.digits(text, from: negative ? 1 : 0) {
        return negative ? -magnitude : magnitude
      }
    }
    guard let exact = try? ExactDecimal(parsing: text), exact.scale == 0 else { return nil }
    return Int64(exactly: exact.mantissa)
  }

  /// The whole number that this is, or that the digits of a string say.
  var integerOrDigits: Int64? {
    guard isString else { return integer }
    return withText { text in text.count > 0 && text.count <= 18 ? Self.digits(text, from: 0) : nil
    }
  }

  private static func digits(_ text: UnsafeRawBufferPointer, from start: Int) -> Int64? {
    var value: Int64 = 0
    var index = start
    while index < text.count {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int64(digit)
      index += 1
    }
    return value
  }
}
