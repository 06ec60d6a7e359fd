/// Integers in groups of seven bits, the least first, with the eighth bit set where more follow
/// (LEB128). Signed ones alternate in sign (0, -1, 1, -2, ...), so that small ones are short.
enum VariableIntegers {
  /// Writes into memory that is known to be large enough: ten bytes an integer.
  struct Writer {
    private let base: UnsafeMutableRawPointer?
    private(set) var count = 0

    init(_ buffer: UnsafeMutableRawBufferPointer) { base = buffer.baseAddress }

    @inline(__always)
    mutating func byte(_ value: UInt8) {
      base?.storeBytes(of: value, toByteOffset: count, as: UInt8.self)
      count += 1
    }

    @inline(__always)
    mutating func unsigned(_ value: UInt64) {
      var value = value
      while value >= 0x80 {
        byte(UInt8(truncatingIfNeeded: value) | 0x80)
        value >>= 7
      }
      byte(UInt8(truncatingIfNeeded: value))
    }

    @inline(__always)
    mutating func signed(_ value: Int64) {
      unsigned(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    mutating func text(_ value: String) {
      var value = value
      value.withUTF8 { utf8 in
        unsigned(UInt64(utf8.count))
        if let from = utf8.baseAddress {
          base?.advanced(by: count).copyMemory(from: from, byteCount: utf8.count)
        }
        count += utf8.count
      }
    }
  }

  /// Reads what ``Writer`` wrote.
  struct Reader {
    private let bytes: UnsafeRawBufferPointer
    /// How many bytes were read.
    private(set) var position = 0
    /// Whether something was read that is not there, or too large: then nothing that was read is
    /// worth anything.
    private(set) var failed = false

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    @inline(__always)
    mutating func byte() -> UInt8 {
      guard position < bytes.count else {
        failed = true
        return 0
      }
      defer { position += 1 }
      return bytes[position]
    }

    @inline(__always)
    mutating func unsigned() -> UInt64 {
      let first = byte()
      return first < 0x80 ? UInt64(first) : rest(after: first)
    }

    private mutating func rest(after first: UInt8) -> UInt64 {
      var value = UInt64(first & 0x7F)
      var shift: UInt64 = 7
      while true {
        let next = byte()
        // The tenth group has one bit.
        guard shift < 63 || (shift == 63 && next <= 1) else {
          failed = true
          return 0
        }
        value |= UInt64(next & 0x7F) << shift
        if next < 0x80 { return value }
        shift += 7
      }
    }

    @inline(__always)
    mutating func signed() -> Int64 {
      let value = unsigned()
      return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// A signed integer of 32 bits.
    mutating func short() -> Int32 {
      let value = signed()
      guard let short = Int32(exactly: value) else {
        failed = true
        return 0
      }
      return short
    }

    mutating func text() -> String {
      let length = unsigned()
      guard length <= UInt64(bytes.count - position) else {
        failed = true
        return ""
      }
      defer { position += Int(length) }
      return String(decoding: bytes[position..<position + Int(length)], as: UTF8.self)
    }
  }
}
