import Glibc

/// A host with or without a port, as `Host` and whole addresses have it.
///
/// Names have letters, digits, `-`, `.`, `_` and `~`. What a URI could hold beyond that (escapes,
/// `;`, `,`, a user's name) no name in DNS has, and programs read it differently.
enum Authority {
  /// Whether it is one.
  static func isValid(_ bytes: some Collection<UInt8>) -> Bool {
    let bytes = Array(bytes)
    guard bytes.first == UInt8(ascii: "[") else {
      let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
      let name = bytes[..<colon]
      return !name.isEmpty && name.allSatisfy(isName) && isPort(bytes[colon...])
    }
    guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
    return isIPv6(bytes[1..<end]) && isPort(bytes[(end + 1)...])
  }

  /// Whether a byte may stand in a name.
  static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
    default: false
    }
  }

  /// Nothing, or a colon and a number from 1 to 65535.
  private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first else { return true }
    let digits = bytes.dropFirst()
    guard first == UInt8(ascii: ":"), (1...5).contains(digits.count),
      digits.allSatisfy(ASCII.isDigit), digits.first != UInt8(ascii: "0")
    else { return false }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 65_535
  }

  private static func isIPv6(_ bytes: ArraySlice<UInt8>) -> Bool {
    func isOfAddress(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") || ASCII.hexadecimal(byte) != nil
    }
    guard bytes.allSatisfy(isOfAddress) else { return false }
    var address = in6_addr()
    return inet_pton(AF_INET6, String(decoding: bytes, as: UTF8.self), &address) == 1
  }
}
