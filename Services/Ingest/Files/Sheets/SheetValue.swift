/// Values as spreadsheets and databases write them, as the events have them.
enum SheetValue {
  /// A decimal that is none of JSON's grammar and can only mean one number (`.5`, `100.`, `+100`,
  /// `0100.0`), in that grammar; nil if the text is to stand as it is.
  ///
  /// Separators of thousands and decimal commas are not guessed at: intake refuses them. An
  /// exponent is what spreadsheets show of a number whose digits have no room: some of these may be
  /// gone, so it is marked, for intake to refuse.
  static func decimal(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    if isExponential(text) { return Array(text) + Array(" (an exponent)".utf8) }
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

  /// The fifteen digits of a pedimento that stand in groups, without the blanks between; nil if
  /// the text is to stand as it is.
  static func digits(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    if text.allSatisfy(isDigit) { return nil }
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
    let kept = scalars.filter { !$0.properties.isWhitespace }
    let digits = kept.map { UInt8(truncatingIfNeeded: $0.value) }
    let isNumber = kept.count == 15 && kept.allSatisfy { ("0"..."9").contains($0) }
    return isNumber ? digits : nil
  }

  /// `si` or nothing, as people write yes and no; nil if the text is neither.
  static func mark(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    switch FileText.utf8.text(text).lowercased() {
    case "si", "s\u{ED}": Array("si".utf8)
    case "no": []
    default: nil
    }
  }

  /// Digits, signs and points around an `e`.
  private static func isExponential(_ text: UnsafeRawBufferPointer) -> Bool {
    let marks = text.count { $0 | 0x20 == UInt8(ascii: "e") }
    return marks == 1 && text.contains(where: isDigit)
      && text.allSatisfy { isDigit($0) || "eE+-.,".utf8.contains($0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}

/// Days, times and codes as spreadsheets write them.
extension SheetValue {
  /// A day with a midnight behind it, as databases write it, without that; nil if the text is to
  /// stand as it is. A day in another order of its parts is not guessed at.
  static func day(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let (day, time) = dayAndTime(text), !time.isEmpty, let parts = clock(time),
      parts.zone.isEmpty, parts.time.allSatisfy({ !(UInt8(ascii: "1")...UInt8(ascii: "9") ~= $0) })
    else { return nil }
    return Array(day)
  }

  /// A day, or a day with a time, as an instant (RFC 3339); nil if the text is to stand as it
  /// is.
  ///
  /// What has no offset is of the central zone, at its standard time: so it is the same instant
  /// wherever it is read, and the day stays the one that is written.
  static func moment(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let (day, time) = dayAndTime(text) else { return nil }
    guard !time.isEmpty else { return Array(day) + Array("T00:00:00-06:00".utf8) }
    guard let parts = clock(time) else { return nil }
    let zone = parts.zone.isEmpty ? Array("-06:00".utf8) : parts.zone
    return Array(day) + [UInt8(ascii: "T")] + parts.time + zone
  }

  /// The ten bytes of a day, and what stands behind a `T` or a blank; nil if there is no day.
  private static func dayAndTime(
    _ text: UnsafeRawBufferPointer
  ) -> (day: Slice<UnsafeRawBufferPointer>, time: [UInt8])? {
    let day = text.prefix(10)
    let isDay =
      day.count == 10
      && day.enumerated().allSatisfy { place, byte in
        place == 4 || place == 7 ? byte == UInt8(ascii: "-") : isDigit(byte)
      }
    guard isDay else { return nil }
    let rest = text.dropFirst(10)
    guard let mark = rest.first else { return (day, []) }
    guard [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(mark) else {
      return nil
    }
    let time = Array(rest.dropFirst().drop { $0 == UInt8(ascii: " ") })
    return time.isEmpty ? nil : (day, time)
  }

  /// A time of day with its seconds, and its offset where it has one; nil if it is none.
  private static func clock(_ text: [UInt8]) -> (time: [UInt8], zone: [UInt8])? {
    let colon = UInt8(ascii: ":")
    let time = text.prefix { isDigit($0) || $0 == colon || $0 == UInt8(ascii: ".") }
    let zone = Array(text.dropFirst(time.count).drop { $0 == UInt8(ascii: " ") })
    let isZone =
      zone.isEmpty || zone == [UInt8(ascii: "Z")] || zone == [UInt8(ascii: "z")]
      || zone.count == 6 && [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(zone[0])
    var parts = time.split(separator: colon, omittingEmptySubsequences: false).map { Array($0) }
    guard isZone, parts.count == 2 || parts.count == 3, (1...2).contains(parts[0].count),
      parts[1].count == 2, !parts[0].contains(UInt8(ascii: ".")),
      !parts[1].contains(UInt8(ascii: "."))
    else { return nil }
    if parts[0].count == 1 { parts[0] = [UInt8(ascii: "0")] + parts[0] }
    if parts.count == 2 { parts.append([UInt8(ascii: "0"), UInt8(ascii: "0")]) }
    return (Array(parts.joined(separator: [colon])), zone)
  }

  /// The eight digits of a tariff item that has dots in it (`8544.42.99`); nil if the text is to
  /// stand as it is.
  static func tariffItem(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    let isDotted =
      text.count == 10
      && text.enumerated().allSatisfy { place, byte in
        place == 4 || place == 7 ? byte == UInt8(ascii: ".") : isDigit(byte)
      }
    return isDotted ? text.filter(isDigit) : nil
  }

  /// The two digits of a NICO that a spreadsheet took for a number; nil if the text is to stand
  /// as it is.
  static func nico(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    text.count == 1 && isDigit(text[0]) ? [UInt8(ascii: "0"), text[0]] : nil
  }

  /// The event's word for one of the file's, whatever its case; nil if it is none of them.
  static func word(_ text: UnsafeRawBufferPointer, of words: [String: String]) -> [UInt8]? {
    let name = HeaderName.canonical(FileText.utf8.text(text))
    return words.first { HeaderName.canonical($0.key) == name }.map { Array($0.value.utf8) }
  }
}
