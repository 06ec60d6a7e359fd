#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Addresses that begin alike: `10.0.0.0/8`, `fd00::/8`, or one address by itself.
public struct AddressRange: Sendable, Equatable, CustomStringConvertible {
  /// As it was written.
  public let description: String
  private let bytes: [UInt8]
  private let bits: Int

  /// This machine's own addresses.
  static let loopback = ["127.0.0.0/8", "::1"].compactMap { AddressRange($0) }

  /// A range as it is written; nil if it is none, or has bits beyond its length.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let bytes = Self.bytes(String(parts[0])) else {
      return nil
    }
    let most = bytes.count * 8
    guard let bits = parts.count == 1 ? most : Int(parts[1]), (0...most).contains(bits) else {
      return nil
    }
    guard (bits..<most).allSatisfy({ bytes[$0 / 8] & (0x80 >> UInt8($0 % 8)) == 0 }) else {
      return nil
    }
    (description, self.bytes, self.bits) = (text, bytes, bits)
  }

  /// Whether an address, as it is written, lies in it.
  public func contains(_ address: String) -> Bool {
    guard let other = Self.bytes(address), other.count == bytes.count else { return false }
    return (0..<bits).allSatisfy { bit in
      (bytes[bit / 8] ^ other[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
    }
  }

  /// Whether a text is an address of this machine alone.
  public static func isLoopback(_ address: String) -> Bool {
    loopback.contains { $0.contains(address) }
  }

  /// The bytes of an address as it is written; nil if it is none.
  static func bytes(_ address: String) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, address, &bytes) == 1 { return Array(bytes[..<4]) }
    return inet_pton(AF_INET6, address, &bytes) == 1 ? bytes : nil
  }
}
