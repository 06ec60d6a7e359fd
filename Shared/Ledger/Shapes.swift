/// The shapes that identifiers have in Mexican customs documents.
public enum Shapes {
  /// Three or four letters (with `Ñ` and `&`), a date of six digits, three characters of homoclave.
  public static func isRFC(_ text: String) -> Bool {
    let letters = text.unicodeScalars.prefix { !isDigit($0) }
    let rest = text.unicodeScalars.dropFirst(letters.count)
    guard letters.count == 3 || letters.count == 4, rest.count == 9,
      letters.allSatisfy({ isUpper($0) || $0 == "Ñ" || $0 == "&" }),
      rest.prefix(6).allSatisfy(isDigit),
      rest.dropFirst(6).allSatisfy({ isUpper($0) || isDigit($0) })
    else { return false }
    let digits = Array(rest.prefix(6)).map { Int($0.value) - 48 }
    let month = digits[2] * 10 + digits[3]
    let day = digits[4] * 10 + digits[5]
    return (1...12).contains(month) && (1...31).contains(day)
  }

  /// Fifteen digits: year (2), customs office (2), broker's licence (4), number (7).
  public static func isPedimento(_ text: String) -> Bool { isDigits(text, count: 15) }

  /// Eight digits.
  public static func isTariffItem(_ text: String) -> Bool { isDigits(text, count: 8) }

  /// Two digits.
  public static func isNICO(_ text: String) -> Bool { isDigits(text, count: 2) }

  /// Two capital letters or digits, the first a letter.
  public static func isClave(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    return scalars.count == 2 && isUpper(scalars[0]) && (isUpper(scalars[1]) || isDigit(scalars[1]))
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
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
      text.utf8.count <= limit, !isBlank(first), !isBlank(last)
    else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII ? scalar.value >= 0x20 && scalar.value != 0x7F : isComposed(scalar)
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

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
  private static func isUpper(_ scalar: Unicode.Scalar) -> Bool { ("A"..."Z").contains(scalar) }
}
