import CNetwork
import Glibc

/// What a call on a connection that does not block comes to.
enum WireOutcome {
  case bytes(Int)
  /// The other side sends no more.
  case end
  case wants(Socket.Direction)
  /// Something came, and was no data: the call is to be made again, once others had their turn.
  case again
}

/// The bytes of a connection, in the clear or within TLS.
enum Wire {
  case clear(Int32)
  case secure(TLSSession)

  /// Whether it is within TLS.
  var isSecure: Bool { if case .secure = self { true } else { false } }

  /// Reads into a buffer that is not empty.
  func read(_ buffer: UnsafeMutableRawBufferPointer) throws(ConnectionError) -> WireOutcome {
    switch self {
    case .secure(let session): return try session.read(buffer)
    case .clear(let descriptor):
      return try Self.received { recv(descriptor, buffer.baseAddress, buffer.count, 0) }
    }
  }

  /// Takes what came to a socket, as it is on the wire, and drops it.
  static func drop(atMost count: Int, from descriptor: Int32) throws(ConnectionError) -> WireOutcome
  {
    // With this flag a stream's bytes are passed over without being copied.
    try received { recv(descriptor, nil, count, Int32(MSG_TRUNC)) }
  }

  private static func received(_ call: () -> Int) throws(ConnectionError) -> WireOutcome {
    while true {
      let count = call()
      if count > 0 { return .bytes(count) }
      if count == 0 { return .end }
      if errno == EAGAIN { return .wants(.reading) }
      if errno != EINTR { throw .closed }
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
