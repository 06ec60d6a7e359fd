/// Values as spreadsheets and databases write them, as the events have them.
enum SheetValue {
  /// A decimal that is none of JSON's grammar and can only mean one number (`.5`, `100.`, `+100`,
  /// `0100.0`), in that grammar; nil where the text is to stand as it is.
  ///
  /// Separators of thousands and decimal commas are not guessed at: intake refuses them.
  static func decimal(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    let point = UInt8(ascii: ".")
    let signed = text.first == UInt8(ascii: "+") || text.first == UInt8(ascii: "-")
    let rest = text.dropFirst(signed ? 1 : 0)
    let whole = rest.prefix { $0 != point }
    let fraction = rest.dropFirst(whole.count + 1)
    let hasPoint = whole.count < rest.count
    guard whole.allSatisfy(isDigit), fraction.allSatisfy(isDigit), whole.count + fraction.count > 0
    else { return nil }
    let kept = whole.drop { $0 == UInt8(ascii: "0") }
    let isPlain =
      text.first != UInt8(ascii: "+") && (hasPoint ? !fraction.isEmpty : true)
      && (kept.count == whole.count && !whole.isEmpty || whole.elementsEqual("0".utf8))
    if isPlain { return nil }
    var plain: [UInt8] = text.first == UInt8(ascii: "-") ? [UInt8(ascii: "-")] : []
    plain += kept.isEmpty ? [UInt8(ascii: "0")] : Array(kept)
    if !fraction.isEmpty { plain += [point] + fraction }
    return plain
  }

  /// The fifteen digits of a pedimento that stand in groups, without the blanks between; nil where
  /// the text is to stand as it is.
  static func digits(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    if text.allSatisfy(isDigit) { return nil }
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
    let kept = scalars.filter { !$0.properties.isWhitespace }
    let digits = kept.map { UInt8(truncatingIfNeeded: $0.value) }
    let isNumber = kept.count == 15 && kept.allSatisfy { ("0"..."9").contains($0) }
    return isNumber ? digits : nil
  }

  /// `si` or nothing, as people write yes and no; nil where the text is neither.
  static func mark(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    switch FileText.utf8.text(text).lowercased() {
    case "si", "s\u{ED}": Array("si".utf8)
    case "no": []
    default: nil
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
