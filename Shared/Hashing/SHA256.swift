import CNetwork

/// SHA-256 (FIPS 180-4), by OpenSSL.
public struct SHA256: ~Copyable {
  private let context: OpaquePointer?
  private var isWell: Bool

  /// Begins.
  public init() {
    _ = saldo_openssl_begin()
    context = EVP_MD_CTX_new()
    isWell = EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes.
  public mutating func add(_ bytes: UnsafeRawBufferPointer) {
    isWell = isWell && EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
  }

  /// The 32 bytes; nil if OpenSSL could not make them, as without memory.
  public consuming func finish() -> [UInt8]? {
    var digest = [UInt8](repeating: 0, count: 32)
    guard isWell, EVP_DigestFinal_ex(context, &digest, nil) == 1 else { return nil }
    return digest
  }

  /// Bytes as digits 0-9a-f, two for each.
  public static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
