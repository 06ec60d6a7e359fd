/// Why a request is not answered as it asks; a handler throws it, and the router makes a response
/// of it.
public struct HTTPError: Error, Sendable, CustomStringConvertible {
  /// The status to answer with.
  public var status: Status
  /// A word for programs.
  public var code: String
  /// A sentence for people, which tells nothing about the server's inside.
  public var message: String
  /// Further headers of the response.
  public var headers: Headers
  /// Further members of the response's problem detail.
  public var members: [Member] = []

  /// A member of a problem detail.
  public struct Member: Sendable {
    /// Its name.
    public var name: String
    /// Its value, which is JSON.
    public var json: String

    /// A member.
    public init(_ name: String, json: String) { (self.name, self.json) = (name, json) }
  }

  /// An error.
  public init(_ status: Status, code: String, _ message: String, headers: Headers = [:]) {
    (self.status, self.code, self.message, self.headers) = (status, code, message, headers)
  }

  /// For logs.
  public var description: String { "\(status.code) \(code): \(message)" }

  static let noPlace = HTTPError(
    .serviceUnavailable, code: "noPlace",
    "the server has no place for more clients now: try again in a few seconds",
    headers: [.retryAfter: "5"])

  static func malformed(_ message: String) -> HTTPError {
    HTTPError(.badRequest, code: "malformed", message)
  }

  static func bodyTooLarge(_ limit: Int64) -> HTTPError {
    HTTPError(.contentTooLarge, code: "tooLarge", "the body is larger than \(limit) bytes")
  }
}
