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
}
