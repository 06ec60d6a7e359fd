/// Rows as an array of JSON objects, one to a line, whose members are named as the columns.
///
/// Whole numbers are numbers; all else is a string, decimals too, so that no reader rounds them.
/// What is not there is null.
public struct JSONRows {
  /// The rows so far.
  public private(set) var bytes: [UInt8] = []
  private let names: [[UInt8]]
  private var column = 0
  private var isFirst = true

  /// No rows, of so named members.
  public init(_ names: [String]) {
    self.names = names.enumerated().map { index, name in
      var bytes = Array((index == 0 ? "{" : ",").utf8)
      Self.append(name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      return bytes
    }
    bytes.append(UInt8(ascii: "["))
  }

  /// Forgets the rows and keeps the memory.
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Writes a member that is a string of UTF-8.
  public mutating func text(utf8 text: UnsafeRawBufferPointer) {
    name()
    Self.append(text, to: &bytes)
  }

  /// Writes a member that is a number as it stands.
  public mutating func number(_ digits: UnsafeRawBufferPointer) {
    name()
    bytes.append(contentsOf: digits)
  }

  /// Writes a member that has no value.
  public mutating func null() {
    name()
    bytes.append(contentsOf: "null".utf8)
  }

  /// Ends the row.
  public mutating func endRow() {
    bytes.append(UInt8(ascii: "}"))
    column = 0
  }

  /// Ends the array.
  public mutating func finish() {
    bytes.append(contentsOf: (isFirst ? "]\n" : "\n]\n").utf8)
  }

  private mutating func name() {
    if column == 0 {
      bytes.append(contentsOf: (isFirst ? "\n" : ",\n").utf8)
      isFirst = false
    }
    if column < names.count { bytes.append(contentsOf: names[column]) }
    column += 1
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0), to: &bytes) }
  }

  private static func append(_ text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    if text.contains(where: needsEscape) {
      for byte in text { escape(byte, to: &bytes) }
    } else {
      bytes.append(contentsOf: text)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func escape(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
    case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
    case 0..<0x20:
      bytes.append(contentsOf: "\\u00".utf8)
      for digit in [byte >> 4, byte & 15] {
        bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      }
    default: bytes.append(byte)
    }
  }
}
