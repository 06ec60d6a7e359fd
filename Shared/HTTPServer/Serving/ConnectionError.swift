/// Why a connection does not go on. Whoever reads a body or writes one gets it; the connection is
/// closed, so there is nobody to answer.
public enum ConnectionError: Error, Sendable {
  /// The client is gone.
  case closed
  /// The client kept the server waiting for too long.
  case timedOut
  /// The connection was without a request, and the server needs its place or stops.
  case ended
  /// A body was read, or written, from two tasks at a time or after its request.
  case misused
  /// The socket or TLS failed.
  case failed(String)
}
