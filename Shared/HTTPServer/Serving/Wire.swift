import Glibc

/// What a call on a connection that does not block comes to.
enum WireOutcome {
  case bytes(Int)
  /// The other side sends no more.
  case end
  case wants(Socket.Direction)
}

/// The bytes of a connection, in the clear or within TLS.
enum Wire {
  case clear(Int32)
  case secure(TLSSession)

  /// Reads into a buffer that is not empty.
  func read(_ buffer: UnsafeMutableRawBufferPointer) throws(ConnectionError) -> WireOutcome {
    switch self {
    case .secure(let session): return try session.read(buffer)
    case .clear(let descriptor):
      while true {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count > 0 { return .bytes(count) }
        if count == 0 { return .end }
        if errno == EAGAIN { return .wants(.reading) }
        if errno != EINTR { throw .closed }
      }
    }
  }

  /// Writes as much as fits of a buffer that is not empty.
  func write(_ buffer: UnsafeRawBufferPointer) throws(ConnectionError) -> WireOutcome {
    switch self {
    case .secure(let session): return try session.write(buffer)
    case .clear(let descriptor):
      while true {
        let count = send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
        if count >= 0 { return .bytes(count) }
        if errno == EAGAIN { return .wants(.writing) }
        if errno != EINTR { throw .closed }
      }
    }
  }
}
