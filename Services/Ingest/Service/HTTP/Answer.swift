import Foundation
import HTTPServer
import IngestFiles

/// Why something was not done, as it is answered: a problem detail (RFC 9457).
package struct Problem: Codable, Sendable {
  /// What kind of problem it is: the status says so.
  package var type = "about:blank"
  /// The status in words.
  package var title: String
  /// The status.
  package var status: Int
  /// What was wrong, and what to do.
  package var detail: String
  /// A word for programs.
  package var code: String
  /// What became of a post's events, where some were looked at.
  var accepted, rejected: Int?
  var errors: [EventFault]?

  /// A problem.
  package init(_ status: Status, _ code: String, _ detail: String) {
    (title, self.status) = (status.reason, status.code)
    (self.code, self.detail) = (code, detail)
  }

  /// What became of a post's events.
  package var counts: IntakeCounts {
    get {
      var counts = IntakeCounts()
      (counts.accepted, counts.rejected) = (accepted ?? 0, rejected ?? 0)
      counts.errors = errors ?? []
      return counts
    }
    set { (accepted, rejected, errors) = (newValue.accepted, newValue.rejected, newValue.errors) }
  }
}

/// What is answered over HTTP, as JSON.
package enum Answer {
  /// A value as it is answered: keys ascending, slashes as they are.
  package static func encoded(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }

  /// A value with a status.
  package static func json(
    _ status: Status, _ value: some Encodable
  ) throws -> Response {
    json(status, text: try encoded(value))
  }

  /// What is JSON already, with a status.
  package static func json(
    _ status: Status, text: some Sequence<UInt8>
  ) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: .bytes(Array(text)))
  }

  /// A problem.
  package static func problem(_ problem: Problem) throws -> Response {
    let status = Status(code: problem.status, reason: problem.title)
    var response = try json(status, problem)
    response.headers[.contentType] = "application/problem+json"
    // What stands in the way now may be gone soon.
    if [503, 507].contains(problem.status) { response.headers[.retryAfter] = "5" }
    return response
  }

  /// A refusal.
  package static func refusal(
    _ status: Status, _ code: String, _ detail: String
  ) throws -> Response {
    try problem(Problem(status, code, detail))
  }

  /// The status of a file that cannot be loaded.
  static func status(_ code: InputFileError.Code) -> Status {
    switch code {
    case .bomb, .tooLarge, .tooManyMembers: .contentTooLarge
    case .unreadable: .internalServerError
    case .unknownFormat, .columns, .encoding, .notAZip, .truncated, .corrupt, .encrypted,
      .unsupported, .unsafePath:
      .badRequest
    }
  }
}
