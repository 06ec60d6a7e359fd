/// Text as it stands in a cell's XML.
///
/// What XML has no room for stands as `_xHHHH_`, as workbooks write it (ST_Xstring); a text that
/// has such letters itself gets them told apart.
struct SheetText {
  private let bytes: UnsafeMutablePointer<UInt8>
  private(set) var count: Int

  /// The most bytes that one byte of a text comes to.
  static let widest = 7

  /// Writes behind `count` bytes.
  init(_ bytes: UnsafeMutablePointer<UInt8>, after count: Int) {
    (self.bytes, self.count) = (bytes, count)
  }

  /// Appends plain bytes.
  @inline(__always)
  mutating func append(_ text: StaticString) {
    bytes.advanced(by: count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    count += text.utf8CodeUnitCount
  }

  /// Appends a text of UTF-8.
  mutating func append(escaping text: UnsafeRawBufferPointer) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      if Self.isPlain(byte) {
        bytes[count] = byte
        count += 1
      } else {
        special(byte, text, &index)
      }
      index += 1
    }
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<0x20, UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "_"),
      0xEF:
      false
    default: true
    }
  }

  private mutating func special(
    _ byte: UInt8, _ text: UnsafeRawBufferPointer, _ index: inout Int
  ) {
    switch byte {
    case UInt8(ascii: "&"): append("&amp;")
    case UInt8(ascii: "<"): append("&lt;")
    case UInt8(ascii: ">"): append("&gt;")
    case UInt8(ascii: "_") where Self.isEscape(text, at: index): append("_x005F_")
    case 0x09, 0x0A:
      bytes[count] = byte
      count += 1
    case 0..<0x20:
      append("_x00")
      for digit in [byte >> 4, byte & 15] {
        bytes[count] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10
        count += 1
      }
      append("_")
    case 0xEF where index + 2 < text.count && text[index + 1] == 0xBF && text[index + 2] >= 0xBE:
      // U+FFFE and U+FFFF are no characters.
      if text[index + 2] == 0xBE { append("_xFFFE_") } else { append("_xFFFF_") }
      index += 2
    default:
      bytes[count] = byte
      count += 1
    }
  }

  /// Whether `_xHHHH_` stands there.
  private static func isEscape(_ text: UnsafeRawBufferPointer, at index: Int) -> Bool {
    guard index + 6 < text.count, text[index + 1] == UInt8(ascii: "x"),
      text[index + 6] == UInt8(ascii: "_")
    else { return false }
    return (index + 2..<index + 6).allSatisfy { place in
      switch text[place] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"):
        true
      default: false
      }
    }
  }

  /// How many characters a text has as UTF-16 counts them.
  static func length(_ text: UnsafeRawBufferPointer) -> Int {
    text.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : $1 >= 0xF0 ? 2 : 1) }
  }
}
