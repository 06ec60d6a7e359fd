import Messages

/// How a file's text is encoded.
enum FileText {
  /// Latin-1, as SAT writes it.
  case latin1
  /// UTF-8, or Latin-1 where it is not valid UTF-8.
  case utf8

  /// Appends the text as UTF-8.
  func append(_ text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
    let ascii = text.allSatisfy { $0 < 0x80 }
    if ascii || (self == .utf8 && Self.isUTF8(text)) {
      bytes.append(contentsOf: text)
      return
    }
    for byte in text {
      if byte < 0x80 {
        bytes.append(byte)
      } else {
        bytes.append(0xC0 | byte >> 6)
        bytes.append(0x80 | byte & 0x3F)
      }
    }
  }

  /// The text as a string.
  func text(_ text: UnsafeRawBufferPointer) -> String {
    var bytes: [UInt8] = []
    append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether bytes are UTF-8.
  static func isUTF8(_ text: UnsafeRawBufferPointer) -> Bool {
    text.withMemoryRebound(to: UInt8.self) { bytes in
      (try? UTF8Span(validating: bytes.span)) != nil
    }
  }
}
