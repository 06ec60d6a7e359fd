import Messages

/// How a file's text is encoded.
enum FileText {
  /// Latin-1, as SAT writes it.
  case latin1
  /// UTF-8, or Windows-1252 where it is not valid UTF-8: that is Latin-1 with letters and marks in
  /// place of some control characters.
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
      } else if self == .utf8, byte < 0xA0 {
        bytes.append(contentsOf: Self.windows[Int(byte - 0x80)].utf8)
      } else {
        bytes.append(0xC0 | byte >> 6)
        bytes.append(0x80 | byte & 0x3F)
      }
    }
  }

  /// What Windows-1252 has from 0x80 to 0x9F; five of them are none, and stay control characters.
  private static let windows: [String] =
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars.map { String($0) }

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
