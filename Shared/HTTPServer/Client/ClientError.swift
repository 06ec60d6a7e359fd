import Glibc

/// Why a request got no response.
public struct ClientError: Error, Sendable, CustomStringConvertible {
  /// What was tried, and why it failed.
  public let description: String

  init(_ description: String) { self.description = description }

  /// A call of the system failed.
  static func last(_ what: String) -> ClientError {
    let reason = errno == EAGAIN ? "nothing came in time" : String(cString: strerror(errno))
    return ClientError("\(what): \(reason)")
  }
}
