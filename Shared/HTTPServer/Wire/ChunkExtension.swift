/// Where a reader is within a chunk's extensions, which nothing here knows: `;NAME`, `;NAME=WORD`
/// or `;NAME="TEXT"`, any number of them. They are read without the blanks that RFC 9112 7.1.1 puts
/// up with: no client sends those, and programs disagree about them.
enum ChunkExtension: Sendable {
  case beforeName, name, beforeValue, word, text, escaped, textEnd

  /// Whether the line may end here.
  var mayEnd: Bool {
    switch self {
    case .name, .word, .textEnd: true
    case .beforeName, .beforeValue, .text, .escaped: false
    }
  }

  /// Where the reader is after a byte; nil if the byte must not stand there.
  func after(_ byte: UInt8) -> ChunkExtension? {
    let isNext = byte == UInt8(ascii: ";")
    return switch self {
    case .beforeName: ASCII.isToken(byte) ? .name : nil
    case .name:
      if isNext {
        .beforeName
      } else if byte == UInt8(ascii: "=") {
        .beforeValue
      } else {
        ASCII.isToken(byte) ? .name : nil
      }
    case .beforeValue: byte == Self.quote ? .text : ASCII.isToken(byte) ? .word : nil
    case .word: isNext ? .beforeName : ASCII.isToken(byte) ? .word : nil
    case .text:
      if byte == Self.quote {
        .textEnd
      } else if byte == UInt8(ascii: "\\") {
        .escaped
      } else {
        ASCII.isValue(byte) ? .text : nil
      }
    case .escaped: ASCII.isValue(byte) ? .text : nil
    case .textEnd: isNext ? .beforeName : nil
    }
  }

  private static let quote = UInt8(ascii: "\"")
}
