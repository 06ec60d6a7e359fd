import CNetwork

/// A client that does within TLS what no other client can be had to do. Its calls block, so they
/// are for threads of a test's own.
public struct TLSClient {
  /// The versions that a server may be held to.
  public enum Version: Sendable {
    /// TLS 1.2.
    case tls12
    /// TLS 1.3.
    case tls13
  }

  /// OpenSSL did not do what it was asked for.
  public struct Failed: Error {
    /// What that was.
    public let what: String
  }

  private let session: OpaquePointer
  private let context: OpaquePointer

  /// Shakes hands over a socket that is connected.
  ///
  /// - Throws: ``Failed``.
  public init(_ descriptor: Int32, _ version: Version) throws {
    guard let context = SSL_CTX_new(TLS_client_method()), let session = SSL_new(context) else {
      throw Failed(what: "TLS")
    }
    (self.context, self.session) = (context, session)
    let number = Int(version == .tls12 ? TLS1_2_VERSION : TLS1_3_VERSION)
    SSL_ctrl(session, SSL_CTRL_SET_MIN_PROTO_VERSION, number, nil)
    SSL_ctrl(session, SSL_CTRL_SET_MAX_PROTO_VERSION, number, nil)
    guard SSL_set_fd(session, descriptor) == 1, SSL_connect(session) == 1 else {
      free()
      throw Failed(what: "handshake")
    }
  }

  /// Frees what OpenSSL holds for it.
  public func free() {
    SSL_free(session)
    SSL_CTX_free(context)
  }

  /// Sends a message that updates the keys, and no data; false if the server has closed.
  public func updateKeys(asksBack: Bool) -> Bool {
    ERR_clear_error()
    let kind = asksBack ? SSL_KEY_UPDATE_REQUESTED : SSL_KEY_UPDATE_NOT_REQUESTED
    return SSL_key_update(session, kind) == 1 && SSL_do_handshake(session) == 1
  }

  /// Whether the server agrees to another handshake.
  public func renegotiate() -> Bool {
    ERR_clear_error()
    return SSL_renegotiate(session) == 1 && SSL_do_handshake(session) == 1
  }

  /// Sends text; false if the server has closed.
  public func send(_ text: String) -> Bool {
    ERR_clear_error()
    return SSL_write(session, text, Int32(text.utf8.count)) > 0
  }

  /// What came next; empty at the end.
  public func receive() -> String {
    ERR_clear_error()
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    let count = SSL_read(session, &buffer, Int32(buffer.count))
    return String(decoding: buffer.prefix(max(0, Int(count))), as: UTF8.self)
  }
}
