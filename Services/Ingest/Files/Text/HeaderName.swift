/// The name of a column as it is compared: its letters and digits, in lower case, so that case,
/// spaces and underscores do not matter.
enum HeaderName {
  static func canonical(_ name: UnsafeRawBufferPointer) -> [UInt8] {
    name.compactMap { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      default: nil
      }
    }
  }

  static func canonical(_ name: String) -> [UInt8] {
    Array(name.utf8).withUnsafeBytes { canonical($0) }
  }
}
