import Hashing

/// Makes the keys of ``FingerprintMap``s: 128 bits of SHA-256 of what is to be told apart.
///
/// Producers choose the names of their facts. Two names of one key would make one fact a repetition
/// of the other, so nobody may be able to find such.
public final class FingerprintKeys {
  private let digest = ShortDigest()
  private var bytes: [UInt8] = []

  /// For one task at a time.
  public init() {}

  /// The key of two texts and a number; other ones have another.
  ///
  /// - Throws: ``StoreError/failed(_:)`` where OpenSSL has no memory.
  public func key(_ first: String, _ second: String, _ number: Int64 = 0) throws -> UInt128 {
    bytes.removeAll(keepingCapacity: true)
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    withUnsafeBytes(of: UInt32(clamping: first.utf8.count).littleEndian) {
      bytes.append(contentsOf: $0)
    }
    bytes.append(contentsOf: first.utf8)
    bytes.append(contentsOf: second.utf8)
    guard let key = bytes.withUnsafeBytes({ digest.of($0) }) else {
      throw StoreError.failed("OpenSSL cannot make a hash")
    }
    return key
  }
}
