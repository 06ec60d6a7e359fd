import CNetwork

/// The files of a server's certificate, in PEM.
public struct TLSFiles: Sendable {
  /// The certificate, and those that lead to one that clients know.
  public var certificates: String
  /// The certificate's private key.
  public var key: String

  /// The files at two paths.
  public init(certificates: String, key: String) {
    (self.certificates, self.key) = (certificates, key)
  }

  /// Looks whether they can be served with.
  ///
  /// - Throws: ``TLSError``.
  public func check() throws(TLSError) { _ = try TLSContext(self) }
}

/// Why TLS cannot be served.
public struct TLSError: Error, Sendable, CustomStringConvertible {
  /// What is wrong, with OpenSSL's words.
  public let description: String

  init(_ what: String) {
    let code = ERR_get_error()
    ERR_clear_error()
    var reason = ""
    if code != 0, let text = ERR_reason_error_string(code) { reason = ": " + String(cString: text) }
    description = what + reason
  }
}

/// What the TLS sessions of a server share: its certificate and what it speaks (TLS 1.2 and 1.3).
///
/// Sendable: it is not changed after it is made, and OpenSSL guards what sessions count in it.
final class TLSContext: @unchecked Sendable {
  let context: OpaquePointer

  /// - Throws: ``TLSError`` if a file cannot be read, the key is encrypted, or it is another
  ///   certificate's.
  init(_ files: TLSFiles) throws(TLSError) {
    guard let context = saldo_tls_server_context() else { throw TLSError("TLS") }
    self.context = context
    guard SSL_CTX_use_certificate_chain_file(context, files.certificates) == 1 else {
      throw TLSError(files.certificates)
    }
    var wantsPassphrase: Int32 = 0
    let isUsed = withUnsafeMutablePointer(to: &wantsPassphrase) { wanted in
      SSL_CTX_set_default_passwd_cb_userdata(context, wanted)
      defer { SSL_CTX_set_default_passwd_cb_userdata(context, nil) }
      return SSL_CTX_use_PrivateKey_file(context, files.key, SSL_FILETYPE_PEM) == 1
    }
    guard isUsed else {
      throw TLSError(
        wantsPassphrase == 0
          ? files.key : "\(files.key) is encrypted, give a key without a passphrase")
    }
  }

  deinit { SSL_CTX_free(context) }
}
