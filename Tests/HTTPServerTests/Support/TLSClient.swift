import CNetwork
import Foundation
import RawHTTP

/// A client that does within TLS what no other client can be had to do. It blocks.
struct TLSClient {
  private let session: OpaquePointer
  private let context: OpaquePointer

  /// A client that has shaken hands.
  init(_ client: RawConnection, version: Int32) throws {
    guard let context = SSL_CTX_new(TLS_client_method()), let session = SSL_new(context) else {
      throw RawConnection.Failed("TLS")
    }
    (self.context, self.session) = (context, session)
    SSL_ctrl(session, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(version), nil)
    SSL_ctrl(session, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(version), nil)
    guard SSL_set_fd(session, client.descriptor) == 1, SSL_connect(session) == 1 else {
      throw RawConnection.Failed("handshake")
    }
  }

  func free() {
    SSL_free(session)
    SSL_CTX_free(context)
  }

  /// Sends a message that updates the keys, and no data; false if the server has closed.
  func updateKeys(asksBack: Bool) -> Bool {
    ERR_clear_error()
    return SSL_key_update(
      session, asksBack ? SSL_KEY_UPDATE_REQUESTED : SSL_KEY_UPDATE_NOT_REQUESTED)
      == 1 && SSL_do_handshake(session) == 1
  }

  /// Whether the server agrees to another handshake.
  func renegotiate() -> Bool {
    ERR_clear_error()
    return SSL_renegotiate(session) == 1 && SSL_do_handshake(session) == 1
  }

  func send(_ text: String) -> Bool {
    ERR_clear_error()
    return SSL_write(session, text, Int32(text.utf8.count)) > 0
  }

  /// What came next; empty at the end.
  func receive() -> String {
    ERR_clear_error()
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    let count = SSL_read(session, &buffer, Int32(buffer.count))
    return String(decoding: buffer.prefix(max(0, Int(count))), as: UTF8.self)
  }
}
