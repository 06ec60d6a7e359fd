import Foundation
import HTTPServer
import IngestFiles

/// Why a post is not taken.
enum Refusal: Error, CustomStringConvertible {
  case empty
  case notEvents
  case tooLarge(Int64)

  var status: Status {
    switch self {
    case .empty, .notEvents: .badRequest
    case .tooLarge: .contentTooLarge
    }
  }

  var code: String {
    switch self {
    case .empty: "empty"
    case .notEvents: "notEvents"
    case .tooLarge: "tooLarge"
    }
  }

  var description: String {
    switch self {
    case .empty: "the body holds nothing"
    case .notEvents: "the body is neither a CloudEvent, nor an array of them, nor NDJSON"
    case .tooLarge(let limit): "the file is larger than \(limit) bytes"
    }
  }
}

/// Why nothing was done, as it is answered.
package struct Problem: Codable {
  /// A code and a sentence.
  package struct Detail: Codable { package var code, message: String }
  package var error: Detail
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

  /// A refusal.
  package static func refusal(
    _ status: Status, _ code: String, _ message: String
  ) throws -> Response {
    try json(status, Problem(error: .init(code: code, message: message)))
  }

  /// Try again later.
  static func unavailable(_ message: String) throws -> Response {
    var response = try refusal(.serviceUnavailable, "unavailable", message)
    response.headers[.retryAfter] = "5"
    return response
  }

  /// The status of a file that cannot be loaded.
  static func status(_ code: InputFileError.Code) -> Status {
    switch code {
    case .bomb, .tooLarge, .tooManyMembers: .contentTooLarge
    case .unreadable: .internalServerError
    case .unknownFormat, .notAZip, .truncated, .corrupt, .encrypted, .unsupported, .unsafePath:
      .badRequest
    }
  }
}
