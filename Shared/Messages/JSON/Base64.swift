extension [UInt8] {
  /// Appends bytes in base64 (RFC 4648, section 4), as CloudEvents' `data_base64` has them.
  mutating func append(base64 bytes: UnsafeRawBufferPointer) {
    let digits: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    var index = 0
    while index < bytes.count {
      let rest = Swift.min(3, bytes.count - index)
      var group: UInt32 = 0
      for place in 0..<3 {
        group = group << 8 | (place < rest ? UInt32(bytes[index + place]) : 0)
      }
      for place in 0..<4 {
        let digit = Int(group >> UInt32(18 - 6 * place) & 63)
        append(place <= rest ? digits.utf8Start[digit] : UInt8(ascii: "="))
      }
      index += 3
    }
  }

  /// The bytes that Base64 stands for, with or without its padding; nil if a text is none.
  init?(base64 text: some Collection<UInt8>) {
    self = []
    reserveCapacity(text.count / 4 * 3)
    var (group, count) = (UInt32(0), 0)
    let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2, padding == 0 || text.count % 4 == 0 else { return nil }
    for byte in text.dropLast(padding) {
      guard let digit = Self.digit(byte) else { return nil }
      group = group << 6 | digit
      count += 1
      guard count == 4 else { continue }
      append(contentsOf: [UInt8(group >> 16), UInt8(group >> 8 & 0xFF), UInt8(group & 0xFF)])
      (group, count) = (0, 0)
    }
    switch count {
    case 0: break
    case 2: append(UInt8(group >> 4))
    case 3: append(contentsOf: [UInt8(group >> 10), UInt8(group >> 2 & 0xFF)])
    default: return nil
    }
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a") + 26)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0") + 52)
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
