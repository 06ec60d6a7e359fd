import Foundation

@testable import Messages

/// The canonical form as Foundation makes it.
func foundationForm(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

extension LogMessage {
  /// The canonical form as the message writes it.
  var written: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The message that a text holds.
  static func read(_ text: String) throws(MessageError) -> Self {
    var reader = MessageReader<Self>()
    let bytes = Array(text.utf8)
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(MessageError) in try reader.read(buffer) }
    }
    return try result.get()
  }
}
