/// The name of a column as it is compared: its letters and digits, in lower case and without
/// accents, so that case, spaces and underscores do not matter.
enum HeaderName {
  /// A name of ASCII letters; others do not count.
  static func canonical(_ name: UnsafeRawBufferPointer) -> [UInt8] {
    name.compactMap { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      default: nil
      }
    }
  }

  /// A name as people write it.
  static func canonical(_ name: String) -> [UInt8] {
    let plain = String(String.UnicodeScalarView(name.unicodeScalars.map(withoutAccent)))
    return Array(plain.utf8).withUnsafeBytes { canonical($0) }
  }

  private static func withoutAccent(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "á", "Á": "a"
    case "é", "É": "e"
    case "í", "Í": "i"
    case "ó", "Ó": "o"
    case "ú", "Ú", "ü", "Ü": "u"
    case "ñ", "Ñ": "n"
    default: scalar
    }
  }
}
