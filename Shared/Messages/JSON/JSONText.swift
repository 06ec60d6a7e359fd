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
  public mutating func append(jsonString text: String) { append(json: "", text) }

  /// Appends a quoted, escaped string of UTF-8 bytes.
  public mutating func append(jsonString text: UnsafeRawBufferPointer) {
    append(json: "", utf8: text)
  }

  /// Appends an integer.
  public mutating func append(jsonInteger value: Int64) { append(json: "", value) }

  /// Appends text that needs no escaping and then a quoted, escaped string.
  mutating func append(json literal: StaticString, utf8 text: UnsafeRawBufferPointer) {
    let plain = text.firstIndex(where: Self.needsEscape) ?? text.count
    append(literal, atMost: plain + 2) { place in
      place.storeBytes(of: UInt8(ascii: "\""), as: UInt8.self)
      if let start = text.baseAddress { (place + 1).copyMemory(from: start, byteCount: plain) }
      guard plain == text.count else { return plain + 1 }
      place.storeBytes(of: UInt8(ascii: "\""), toByteOffset: plain + 1, as: UInt8.self)
      return plain + 2
    }
    guard plain < text.count else { return }
    for byte in text[plain...] {
      if Self.needsEscape(byte) { append(escaping: byte) } else { append(byte) }
    }
    append(UInt8(ascii: "\""))
  }

  /// Appends text that needs no escaping and then what `write` puts at a place that has room for so
  /// many bytes: its answer is how many it took.
  ///
  /// At once, since a message is made of dozens of such pieces.
  @inline(__always)
  mutating func append(
    _ literal: StaticString, atMost limit: Int, _ write: (UnsafeMutableRawPointer) -> Int
  ) {
    let size = literal.utf8CodeUnitCount
    append(addingCapacity: size + limit) { span in
      span.withUnsafeMutableBufferPointer { buffer, count in
        guard let base = buffer.baseAddress else { return }
        let place = UnsafeMutableRawPointer(base)
        place.copyMemory(from: literal.utf8Start, byteCount: size)
        count = size + write(place + size)
      }
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
