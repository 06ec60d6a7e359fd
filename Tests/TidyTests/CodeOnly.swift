/// Blanks out what is not code, so that a word in a comment or a message is no use of it.
///
/// Line breaks and columns stay. Code interpolated into a string stays too. Regex literals are
/// taken as code; an unclosed quote ends with its line, so a mistake cannot spread.
struct CodeOnly {
  private enum State: Equatable {
    case code(parentheses: Int)
    case lineComment
    case blockComment(depth: Int)
    case string(hashes: Int, multiline: Bool)
  }

  private let bytes: [UInt8]
  private var output: [UInt8]
  private var position = 0
  private var states: [State] = [.code(parentheses: 0)]

  /// The text with everything but code turned into spaces.
  static func text(of source: String) -> String {
    var scanner = CodeOnly(Array(source.utf8))
    scanner.scan()
    return String(decoding: scanner.output, as: UTF8.self)
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    output = []
    output.reserveCapacity(bytes.count)
  }

  private mutating func scan() {
    while position < bytes.count {
      switch states[states.count - 1] {
      case .code(let parentheses): scanCode(parentheses)
      case .lineComment:
        if bytes[position] == newline { states.removeLast() }
        blank(1)
      case .blockComment(let depth): scanBlockComment(depth)
      case .string(let hashes, let multiline): scanString(hashes, multiline)
      }
    }
  }

  private mutating func scanCode(_ parentheses: Int) {
    let byte = bytes[position]
    if byte == UInt8(ascii: "/"), starts("//") {
      states.append(.lineComment)
      blank(2)
    } else if byte == UInt8(ascii: "/"), starts("/*") {
      states.append(.blockComment(depth: 1))
      blank(2)
    } else if let (hashes, quotes) = openingQuote() {
      states.append(.string(hashes: hashes, multiline: quotes == 3))
      keep(hashes + quotes)
    } else {
      if byte == UInt8(ascii: "(") {
        states[states.count - 1] = .code(parentheses: parentheses + 1)
      } else if byte == UInt8(ascii: ")") {
        if parentheses == 0, states.count > 1 {
          states.removeLast()
        } else {
          states[states.count - 1] = .code(parentheses: max(0, parentheses - 1))
        }
      }
      keep(1)
    }
  }

  private mutating func scanBlockComment(_ depth: Int) {
    if starts("*/") {
      if depth == 1 {
        states.removeLast()
      } else {
        states[states.count - 1] = .blockComment(depth: depth - 1)
      }
      blank(2)
    } else if starts("/*") {
      states[states.count - 1] = .blockComment(depth: depth + 1)
      blank(2)
    } else {
      blank(1)
    }
  }

  private mutating func scanString(_ hashes: Int, _ multiline: Bool) {
    // The quick way out: neither a quote, an escape nor the line's end.
    let byte = bytes[position]
    guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == newline else {
      return blank(1)
    }
    let marks = String(repeating: "#", count: hashes)
    let end = (multiline ? "\"\"\"" : "\"") + marks
    if starts(end) {
      states.removeLast()
      keep(end.utf8.count)
    } else if starts("\\" + marks + "(") {
      states.append(.code(parentheses: 0))
      keep(hashes + 2)
    } else if starts("\\" + marks) {
      blank(hashes + 2)
    } else {
      if byte == newline, !multiline { states.removeLast() }
      blank(1)
    }
  }

  /// The number of `#` and of quotation marks, where a string literal begins here.
  private func openingQuote() -> (hashes: Int, quotes: Int)? {
    guard bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "#") else {
      return nil
    }
    var place = position
    while place < bytes.count, bytes[place] == UInt8(ascii: "#") { place += 1 }
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
    let hashes = place - position
    return (hashes, starts("\"\"\"", at: place) ? 3 : 1)
  }

  private func starts(_ text: String, at place: Int? = nil) -> Bool {
    bytes[(place ?? position)...].starts(with: text.utf8)
  }

  private mutating func keep(_ count: Int) {
    output += bytes[position..<min(position + count, bytes.count)]
    position += count
  }

  private mutating func blank(_ count: Int) {
    for byte in bytes[position..<min(position + count, bytes.count)] {
      output.append(byte == newline ? byte : UInt8(ascii: " "))
    }
    position += count
  }

  private let newline = UInt8(ascii: "\n")
}
