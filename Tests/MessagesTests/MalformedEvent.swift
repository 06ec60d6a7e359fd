import Foundation
import Testing

@testable import Messages

/// A sample event with one thing wrong, and what is said about it.
struct MalformedEvent: Sendable, CustomTestStringConvertible {
  var text: String
  var code: RejectionCode
  var field: String
  /// Whether a JSON Schema can say that it is wrong.
  var isSeenBySchema: Bool

  /// A sample in which `old`, which stands there exactly once, became `new`.
  init(
    _ sample: String, _ old: String, _ new: String, _ code: RejectionCode, _ field: String,
    schema: Bool = true
  ) {
    let parts = sample.components(separatedBy: old)
    text =
      parts.count == 2 ? parts[0] + new + parts[1] : "\(old) stands there \(parts.count - 1) times"
    self.code = code
    self.field = field
    isSeenBySchema = schema
  }

  /// A text as it is.
  init(text: String, _ code: RejectionCode, _ field: String, schema: Bool = true) {
    self.text = text
    self.code = code
    self.field = field
    isSeenBySchema = schema
  }

  var testDescription: String { "\(code.rawValue) \(field)" }

  static let all =
    envelope + catalog + customs + stock + transfers + submanufacture + withdrawals + files
}
