import CNetwork
import Glibc

/// A host with or without a port, as `Host` and whole addresses have it.
enum Authority {
  /// Whether it is one.
  static func isValid(_ bytes: some Collection<UInt8>) -> Bool {
    let bytes = Array(bytes)
    guard bytes.first == UInt8(ascii: "[") else {
      let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
      let name = bytes[..<colon]
      return !name.isEmpty && name.allSatisfy(ASCII.isHost) && isPort(bytes[colon...])
    }
    guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
    return isIPv6(bytes[1..<end]) && isPort(bytes[(end + 1)...])
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
