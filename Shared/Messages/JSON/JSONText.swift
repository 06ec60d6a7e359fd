import Ledger

/// Writing JSON straight into a record's buffer.
///
/// The hand-written writers put their keys in ascending order and escape as `JSONEncoder` does with
/// `.sortedKeys` and `.withoutEscapingSlashes`, so that a message has one canonical form.
extension [UInt8] {
  /// Appends text that needs no escaping: punctuation and keys.
  @inlinable
  public mutating func append(json literal: StaticString) {
    append(
      contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// Appends a quoted, escaped string.
  public mutating func append(jsonString text: String) {
    var text = text
    text.withUTF8 { append(jsonString: UnsafeRawBufferPointer($0)) }
  }

  /// Appends a quoted, escaped string of UTF-8 bytes.
  public mutating func append(jsonString text: UnsafeRawBufferPointer) {
    append(UInt8(ascii: "\""))
    var plain = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      if Self.needsEscape(byte) {
        append(contentsOf: UnsafeRawBufferPointer(rebasing: text[plain..<index]))
        append(escaping: byte)
        plain = index + 1
      }
      index += 1
    }
    append(contentsOf: UnsafeRawBufferPointer(rebasing: text[plain...]))
    append(UInt8(ascii: "\""))
  }

  /// Appends an integer.
  public mutating func append(jsonInteger value: Int64) {
    append(fixedPoint: value, digits: 0)
  }

  /// Appends a quantity as a string of its plain decimal.
  public mutating func append(json quantity: Quantity) {
    append(UInt8(ascii: "\""))
    append(fixedPoint: quantity.millionths, digits: 6)
    append(UInt8(ascii: "\""))
  }

  /// Appends an amount as a string of its plain decimal.
  public mutating func append(json amount: Money) {
    append(UInt8(ascii: "\""))
    append(fixedPoint: amount.centavos, digits: 2)
    append(UInt8(ascii: "\""))
  }

  /// Appends a day as a string.
  public mutating func append(json date: CalendarDate) {
    append(UInt8(ascii: "\""))
    append(atMost: 10) { buffer in
      date.write(to: buffer)
      return 10
    }
    append(UInt8(ascii: "\""))
  }

  /// Appends an instant as a string.
  public mutating func append(json instant: Instant) {
    append(UInt8(ascii: "\""))
    append(atMost: Instant.longestText) { instant.write(to: $0) }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(fixedPoint value: Int64, digits: Int) {
    append(atMost: 24) { FixedPoint.write(value, digits: digits, to: $0) }
  }

  private mutating func append(
    atMost limit: Int, _ write: (UnsafeMutableRawBufferPointer) -> Int
  ) {
    withUnsafeTemporaryAllocation(byteCount: limit, alignment: 1) { buffer in
      let count = write(buffer)
      append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func append(escaping byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    case 0x08: append(UInt8(ascii: "b"))
    case 0x09: append(UInt8(ascii: "t"))
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0C: append(UInt8(ascii: "f"))
    case 0x0D: append(UInt8(ascii: "r"))
    default:
      append(json: "u00")
      let digits: StaticString = "0123456789abcdef"
      append(digits.utf8Start[Int(byte >> 4)])
      append(digits.utf8Start[Int(byte & 15)])
    }
  }
}
