import CNetwork

/// TLS over one connection. Not Sendable: the connection has it for itself.
final class TLSSession {
  /// How many bytes without data, and updates of keys among them, a client may send in a row: each
  /// costs more to take than to send.
  private static let idleBytes = 64 << 10
  private static let idleUpdates = 32

  private let session: OpaquePointer
  private let meter: UnsafeMutablePointer<saldo_tls_meter>
  private var hasEnded = false

  init(_ context: TLSContext, descriptor: Int32) throws(TLSError) {
    meter = .allocate(capacity: 1)
    meter.initialize(to: saldo_tls_meter())
    guard let session = saldo_tls_session(context.context, descriptor, meter) else {
      meter.deallocate()
      throw TLSError("TLS")
    }
    self.session = session
  }

  deinit {
    SSL_free(session)
    meter.deallocate()
  }

  /// Goes on with the handshake; it is done when it says that it has bytes.
  func handshake() throws(ConnectionError) -> WireOutcome { try call { SSL_do_handshake($0) } }

  func read(_ buffer: UnsafeMutableRawBufferPointer) throws(ConnectionError) -> WireOutcome {
    let count = Int32(clamping: buffer.count)
    let outcome = try call { SSL_read($0, buffer.baseAddress, count) }
    if case .bytes = outcome { (meter.pointee.taken, meter.pointee.updates) = (0, 0) }
    return outcome
  }

  func write(_ buffer: UnsafeRawBufferPointer) throws(ConnectionError) -> WireOutcome {
    let count = Int32(clamping: buffer.count)
    return try call { SSL_write($0, buffer.baseAddress, count) }
  }

  /// Tells the client that nothing more comes.
  func end() {
    guard !hasEnded else { return }
    hasEnded = true
    ERR_clear_error()
    SSL_shutdown(session)
  }

  private func call(
    _ body: (OpaquePointer) -> Int32
  ) throws(ConnectionError) -> WireOutcome {
    // The errors are a queue of the thread's; what another connection left there is not ours.
    ERR_clear_error()
    (meter.pointee.left, meter.pointee.drained) = (Self.idleBytes, 0)
    let result = body(session)
    if result > 0 { return .bytes(Int(result)) }
    switch SSL_get_error(session, result) {
    case SSL_ERROR_WANT_READ:
      guard meter.pointee.taken <= Self.idleBytes, meter.pointee.updates <= Self.idleUpdates else {
        throw .failed("TLS: the client sends messages without data")
      }
      // If the socket has more, no edge will tell of it.
      return meter.pointee.drained != 0 ? .wants(.reading) : .again
    case SSL_ERROR_WANT_WRITE: return .wants(.writing)
    case SSL_ERROR_ZERO_RETURN: return .end
    case SSL_ERROR_SYSCALL: throw .closed
    default: throw .failed(TLSError("TLS").description)
    }
  }
}
