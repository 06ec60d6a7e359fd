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
  fileprivate let context: OpaquePointer

  /// - Throws: ``TLSError`` where a file cannot be read, or the key is another certificate's.
  init(_ files: TLSFiles) throws(TLSError) {
    guard let context = saldo_tls_server_context() else { throw TLSError("TLS") }
    self.context = context
    guard SSL_CTX_use_certificate_chain_file(context, files.certificates) == 1 else {
      throw TLSError(files.certificates)
    }
    guard SSL_CTX_use_PrivateKey_file(context, files.key, SSL_FILETYPE_PEM) == 1 else {
      throw TLSError(files.key)
    }
  }

  deinit { SSL_CTX_free(context) }
}

/// TLS over one connection. Not Sendable: the connection has it for itself.
final class TLSSession {
  private let session: OpaquePointer

  init(_ context: TLSContext, descriptor: Int32) throws(TLSError) {
    guard let session = SSL_new(context.context) else { throw TLSError("TLS") }
    self.session = session
    guard SSL_set_fd(session, descriptor) == 1 else { throw TLSError("TLS") }
    SSL_set_accept_state(session)
  }

  deinit { SSL_free(session) }

  /// Goes on with the handshake; it is done when it says that it has bytes.
  func handshake() throws(ConnectionError) -> WireOutcome { try call { SSL_do_handshake($0) } }

  func read(_ buffer: UnsafeMutableRawBufferPointer) throws(ConnectionError) -> WireOutcome {
    let count = Int32(clamping: buffer.count)
    return try call { SSL_read($0, buffer.baseAddress, count) }
  }

  func write(_ buffer: UnsafeRawBufferPointer) throws(ConnectionError) -> WireOutcome {
    let count = Int32(clamping: buffer.count)
    return try call { SSL_write($0, buffer.baseAddress, count) }
  }

  /// Tells the client that nothing more comes.
  func end() {
    ERR_clear_error()
    SSL_shutdown(session)
  }

  private func call(
    _ body: (OpaquePointer) -> Int32
  ) throws(ConnectionError) -> WireOutcome {
    // The errors are a queue of the thread's; what another connection left there is not ours.
    ERR_clear_error()
    let result = body(session)
    if result > 0 { return .bytes(Int(result)) }
    switch SSL_get_error(session, result) {
    case SSL_ERROR_WANT_READ: return .wants(.reading)
    case SSL_ERROR_WANT_WRITE: return .wants(.writing)
    case SSL_ERROR_ZERO_RETURN: return .end
    case SSL_ERROR_SYSCALL: throw .closed
    default: throw .failed(TLSError("TLS").description)
    }
  }
}
