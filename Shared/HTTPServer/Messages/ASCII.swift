/// Bytes as the protocol sees them. Whatever frames or routes a message is compared here, as bytes:
/// Swift's `==` on strings takes other characters for the same (the Kelvin sign for `K`).
enum ASCII {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20

  /// A letter in lower case, and any other byte.
  static func lower(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  /// Whether it may stand in a name or a method (RFC 9110's `tchar`).
  static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5E...0x7A, 0x7C, 0x7E: true
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E: true
    default: false
    }
  }

  /// Whether it may stand in a header's value: no control but the tab.
  static func isValue(_ byte: UInt8) -> Bool {
    byte >= 0x20 ? byte != 0x7F : byte == tab
  }

  /// Whether it may stand in a request's target. Some characters that a URI has no place for
  /// (`^`, `|`, braces) are sent by browsers; a fragment, quotes and angle brackets are not.
  static func isTarget(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "#"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"): false
    default: byte > 0x20 && byte < 0x7F
    }
  }

  /// Whether it is a decimal digit.
  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Whether it is a space or a tab.
  static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

  /// The value of a hexadecimal digit.
  static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  /// Whether bytes are the same but for the case of ASCII letters.
  static func isSame(
    _ a: some Collection<UInt8>, _ b: some Collection<UInt8>
  ) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { lower($0) == lower($1) }
  }

  /// Bytes without the spaces and tabs around them.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return bytes.prefix(0) }
    return bytes[first...last]
  }

  /// The elements of a comma-separated list, without the blanks around them; empty ones do not
  /// count (RFC 9110 5.6.1.2).
  static func elements(_ value: String) -> [ArraySlice<UInt8>] {
    Array(value.utf8).split(separator: UInt8(ascii: ",")).map(trimmed).filter { !$0.isEmpty }
  }
}

extension String {
  /// Whether it is the same sequence of bytes.
  func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
