import CNetwork

/// The first 128 bits of SHA-256: short enough to be kept by the million, and nobody finds two
/// texts that have one.
///
/// One after the other, for one task at a time: it keeps OpenSSL's context.
public final class ShortDigest {
  private let algorithm: OpaquePointer?
  private let context: OpaquePointer?

  /// Begins.
  public init() {
    _ = saldo_openssl_begin()
    // Looked up once: that takes longer than a hash.
    algorithm = EVP_MD_fetch(nil, "SHA256", nil)
    context = EVP_MD_CTX_new()
  }

  deinit {
    EVP_MD_CTX_free(context)
    EVP_MD_free(algorithm)
  }

  /// The digest of bytes; nil if OpenSSL could not make it, as without memory.
  public func of(_ bytes: UnsafeRawBufferPointer) -> UInt128? {
    guard EVP_DigestInit_ex2(context, algorithm, nil) == 1,
      EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
    else { return nil }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digest in
      guard EVP_DigestFinal_ex(context, digest.baseAddress, nil) == 1 else { return nil }
      return digest.prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
    }
  }
}
