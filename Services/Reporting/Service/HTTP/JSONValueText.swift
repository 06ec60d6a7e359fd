import Foundation

/// JSON as it is answered: keys ascending, slashes as they are.
enum JSONValueText {
  /// A text.
  static func string(_ text: String) -> String {
    String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
  }

  /// Such a value as text: how a query is given a list.
  static func text(_ value: Any) throws -> String {
    String(decoding: try bytes(value), as: UTF8.self)
  }

  /// A value of dictionaries, arrays, texts, numbers and flags.
  static func bytes(_ value: Any) throws -> [UInt8] {
    [UInt8](
      try JSONSerialization.data(
        withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes]))
  }
}
