/// Text that people gave, as it is shown: control characters stand as their numbers (`\u0000`), so
/// that no reader of a file stops at one and no terminal obeys it.
public enum VisibleText {
  /// How many bytes the control character at a position takes; 0 if there is none there. The
  /// ones of ASCII, DEL, and those from U+0080 to U+009F.
  @inline(__always)
  static func control(in text: UnsafeRawBufferPointer, at index: Int) -> Int {
    let byte = text[index]
    if byte < 0x20 || byte == 0x7F { return 1 }
    guard byte == 0xC2, index + 1 < text.count, (0x80...0x9F).contains(text[index + 1]) else {
      return 0
    }
    return 2
  }

  /// Whether a text of UTF-8 has a control character.
  public static func hasControls(_ text: UnsafeRawBufferPointer) -> Bool {
    text.indices.contains { control(in: text, at: $0) > 0 }
  }

  /// Appends a text of UTF-8.
  ///
  /// - Parameter keepsLineEnds: whether CR and LF stay as they are.
  public static func append(
    _ text: UnsafeRawBufferPointer, to bytes: inout [UInt8], keepsLineEnds: Bool = false
  ) {
    var index = 0
    while index < text.count {
      let length = control(in: text, at: index)
      let isLineEnd = text[index] == 0x0A || text[index] == 0x0D
      if length == 0 || keepsLineEnds && isLineEnd {
        bytes.append(text[index])
        index += 1
        continue
      }
      let value = text[index + length - 1]
      bytes.append(contentsOf: "\\u00".utf8)
      for digit in [value >> 4, value & 15] {
        bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
      }
      index += length
    }
  }

  /// A text in one line.
  public static func line(_ text: String) -> String {
    var (text, bytes): (String, [UInt8]) = (text, [])
    text.withUTF8 { append(UnsafeRawBufferPointer($0), to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
