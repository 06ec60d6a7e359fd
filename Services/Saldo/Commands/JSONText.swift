import Foundation

/// Text as JSON has it.
enum JSONText {
  /// A string with its quotes.
  static func of(_ text: String) -> String {
    // A string can always be encoded; nothing better is known than that there is none.
    (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }

  /// A value as one line, its members by name.
  ///
  /// - Throws: what the encoder does.
  static func encoded(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// An object of strings, in their order.
  static func object(_ members: [(name: String, value: String)]) -> String {
    "{\(members.map { "\(of($0.name)):\(of($0.value))" }.joined(separator: ","))}"
  }
}
