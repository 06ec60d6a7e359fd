/// The shapes that identifiers have in Mexican customs documents.
public enum Shapes {
  /// Three or four letters (with `Ñ` and `&`), a date of six digits, three characters of homoclave.
  public static func isRFC(_ text: String) -> Bool {
    // Byte by byte: every document names a company, twice on its way.
    var text = text
    return text.withUTF8 { utf8 in
      let front = utf8.count - 9
      guard front >= 3, isLettersOfRFC(utf8[..<front]) else { return false }
      func digit(_ place: Int) -> Int { Int(utf8[front + place] &- UInt8(ascii: "0")) }
      guard (0..<6).allSatisfy({ digit($0) < 10 }),
        utf8[(front + 6)...].allSatisfy({ isUpper($0) || $0 &- UInt8(ascii: "0") < 10 })
      else { return false }
      let month = digit(2) * 10 + digit(3)
      let day = digit(4) * 10 + digit(5)
      return (1...12).contains(month) && (1...31).contains(day)
    }
  }

  /// Three or four capital letters, `Ñ` among them, or `&`.
  private static func isLettersOfRFC(_ utf8: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var (count, place) = (0, utf8.startIndex)
    while place < utf8.endIndex {
      if isUpper(utf8[place]) || utf8[place] == UInt8(ascii: "&") {
        place += 1
      } else if utf8[place...].starts(with: "Ñ".utf8) {
        place += 2
      } else {
        return false
      }
      count += 1
    }
    return count == 3 || count == 4
  }

  /// Fifteen digits: year (2), customs office (2), broker's licence (4), number (7).
  public static func isPedimento(_ text: String) -> Bool { isDigits(text, count: 15) }

  /// Eight digits.
  public static func isTariffItem(_ text: String) -> Bool { isDigits(text, count: 8) }

  /// Two digits.
  public static func isNICO(_ text: String) -> Bool { isDigits(text, count: 2) }

  /// Two capital letters or digits, the first a letter.
  public static func isClave(_ text: String) -> Bool {
    guard text.utf8.count == 2, let first = text.utf8.first, let last = text.utf8.last else {
      return false
    }
    return isUpper(first) && (isUpper(last) || last &- UInt8(ascii: "0") < 10)
  }

  /// Three capital letters (Anexo 22, appendix 4).
  public static func isCountry(_ text: String) -> Bool {
    text.utf8.count == 3 && text.unicodeScalars.allSatisfy(isUpper)
  }

  /// A key that people give: 1 to 64 bytes, no control characters, no blank of any kind at either
  /// end, and composed (NFC).
  ///
  /// Rules.md#R5.1 compares text by code point. Among composed names that is also how Swift
  /// compares strings for equality, so no two names are taken for one.
  public static func isName(_ text: String, atMost limit: Int = 64) -> Bool {
    if let answer = isASCIIName(text, limit) { return answer }
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
      text.utf8.count <= limit, !isBlank(first), !isBlank(last)
    else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII ? scalar.value >= 0x20 && scalar.value != 0x7F : isComposed(scalar)
    }
  }

  /// The same, byte by byte; nil for a text that is not all ASCII.
  private static func isASCIIName(_ text: String, _ limit: Int) -> Bool? {
    var text = text
    return text.withUTF8 { utf8 in
      guard let first = utf8.first, let last = utf8.last else { return false }
      guard utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
      let blank = UInt8(ascii: " ")
      return utf8.count <= limit && first != blank && last != blank
        && utf8.allSatisfy { $0 >= blank && $0 != 0x7F }
    }
  }

  /// A text with any blanks at its ends shown as their numbers, because they cannot be seen.
  public static func outerBlanksShown(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let front = scalars.prefix(while: isBlank)
    let back = scalars.dropFirst(front.count).reversed().prefix(while: isBlank).reversed()
    guard !front.isEmpty || !back.isEmpty else { return text }
    func shown(_ blanks: some Sequence<Unicode.Scalar>) -> String {
      blanks.map { scalar in
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "<U+\(String(repeating: "0", count: max(0, 4 - digits.utf8.count)))\(digits)>"
      }.joined()
    }
    let middle = scalars.dropFirst(front.count).dropLast(back.count)
    return "blank at an end: \(shown(front))\(String(middle))\(shown(back))"
  }

  /// White space of any kind, and characters without any width.
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar == " " }
    return scalar.properties.isWhitespace || scalar.properties.generalCategory == .format
  }

  /// The name of a time zone (IANA), such as `America/Tijuana`.
  public static func isTimeZone(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard text.utf8.count <= 64, text.utf8.first.map(isLetter) == true else { return false }
    return (parts.count > 1 || text == "UTC")
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy {
            isLetter($0) || $0 &- UInt8(ascii: "0") < 10 || "_+-".utf8.contains($0)
          }
      }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26
  }

  /// Exactly so many digits.
  public static func isDigits(_ text: String, count: Int) -> Bool {
    text.utf8.count == count && text.utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
  }

  private static func isComposed(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    // What composes with a letter before it, what is only another spelling, and Hangul's parts.
    return properties.canonicalCombiningClass == .notReordered
      && !properties.isFullCompositionExclusion && !(0x1100...0x11FF).contains(scalar.value)
      && properties.generalCategory != .control
  }

  private static func isUpper(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }
  private static func isUpper(_ scalar: Unicode.Scalar) -> Bool { ("A"..."Z").contains(scalar) }
}
