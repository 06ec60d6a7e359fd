import Ledger

/// Reads the fields of one JSON object and says exactly what is wrong with one.
public struct FieldReader {
  let node: JSONNode

  init(_ node: JSONNode) throws(Rejection) {
    guard node.isObject else { throw Rejection(.fieldType, field: "", value: node.excerpt) }
    self.node = node
  }

  func has(_ field: StaticString) -> Bool { optional(field) != nil }

  func optional(_ field: StaticString) -> JSONNode? {
    guard let value = node[field], !value.isNull else { return nil }
    return value
  }

  func required(_ field: StaticString) throws(Rejection) -> JSONNode {
    guard let value = optional(field) else { throw Rejection(.fieldMissing, field: "\(field)") }
    return value
  }

  func object(_ field: StaticString) throws(Rejection) -> FieldReader {
    let value = try required(field)
    guard value.isObject else {
      throw Rejection(.fieldType, field: "\(field)", value: value.excerpt)
    }
    return try FieldReader(value)
  }

  // MARK: Text

  func text(_ field: StaticString) throws(Rejection) -> String {
    let value = try required(field)
    guard let text = value.string else {
      throw Rejection(.fieldType, field: "\(field)", value: value.excerpt)
    }
    return text
  }

  func optionalText(_ field: StaticString) throws(Rejection) -> String? {
    optional(field) == nil ? nil : try text(field)
  }

  func name(_ field: StaticString, atMost limit: Int = 64) throws(Rejection) -> String {
    let text = try text(field)
    guard Shapes.isName(text, atMost: limit) else {
      throw Rejection(.textMalformed, field: "\(field)", value: Shapes.outerBlanksShown(text))
    }
    return text
  }

  func optionalName(_ field: StaticString, atMost limit: Int = 64) throws(Rejection) -> String? {
    optional(field) == nil ? nil : try name(field, atMost: limit)
  }

  /// A plant's name; without the bar that stands between plant and part in a book's key.
  func plant(_ field: StaticString) throws(Rejection) -> String {
    let text = try name(field)
    guard !text.utf8.contains(UInt8(ascii: "|")) else {
      throw Rejection(.textMalformed, field: "\(field)", value: text)
    }
    return text
  }

  func rfc(_ field: StaticString) throws(Rejection) -> String {
    try checked(field, .rfcMalformed, Shapes.isRFC)
  }

  func pedimento(_ field: StaticString) throws(Rejection) -> String {
    try checked(field, .pedimentoMalformed, Shapes.isPedimento)
  }

  func checked(
    _ field: StaticString, _ code: RejectionCode, _ isValid: (String) -> Bool
  ) throws(Rejection) -> String {
    let text = try text(field)
    guard isValid(text) else { throw Rejection(code, field: "\(field)", value: text) }
    return text
  }

  func word<Word: RawRepresentable<String>>(_ field: StaticString) throws(Rejection) -> Word {
    let text = try text(field)
    guard let word = Word(rawValue: text) else {
      throw Rejection(.wordUnknown, field: "\(field)", value: text)
    }
    return word
  }

  // MARK: Numbers

  /// A decimal: a JSON string or number, read exactly.
  func decimal(_ field: StaticString, malformed: RejectionCode, overflow: RejectionCode)
    throws(Rejection) -> ExactDecimal
  {
    let value = try required(field)
    guard value.isNumber || value.isString else {
      throw Rejection(.fieldType, field: "\(field)", value: value.excerpt)
    }
    do throws(LedgerError) {
      return try value.withText { (text) throws(LedgerError) in
        try ExactDecimal(parsing: text)
      }
    } catch {
      let code = error == .overflow ? overflow : malformed
      throw Rejection(code, field: "\(field)", value: value.excerpt)
    }
  }

  /// A quantity above zero that fits the books.
  func quantity(_ field: StaticString) throws(Rejection) -> ExactDecimal {
    let value = try decimal(field, malformed: .quantityMalformed, overflow: .quantityOverflow)
    guard value.isPositive else {
      throw Rejection(.quantityNotPositive, field: "\(field)", value: value.description)
    }
    guard (try? value.rounded(toDigits: 6)) != nil else {
      throw Rejection(.quantityOverflow, field: "\(field)", value: value.description)
    }
    return value
  }

  /// A quantity at or above zero; zero where the field is not there.
  func share(_ field: StaticString) throws(Rejection) -> ExactDecimal {
    guard has(field) else { return .zero }
    let value = try decimal(field, malformed: .quantityMalformed, overflow: .quantityOverflow)
    guard !value.isNegative else {
      throw Rejection(.quantityNotPositive, field: "\(field)", value: value.description)
    }
    return value
  }

  /// An amount of MXN at or above zero, rounded half up to centavos.
  func amount(_ field: StaticString) throws(Rejection) -> Money {
    let value = try decimal(field, malformed: .valueMalformed, overflow: .valueOverflow)
    guard !value.isNegative else {
      throw Rejection(.valueNegative, field: "\(field)", value: value.description)
    }
    do { return try Money(rounding: value) } catch {
      throw Rejection(.valueOverflow, field: "\(field)", value: value.description)
    }
  }

  /// A whole number from 1 to 2,147,483,647, as a JSON number or as digits in a string.
  func line(_ field: StaticString) throws(Rejection) -> Int32 {
    let value = try required(field)
    guard value.isNumber || value.isString else {
      throw Rejection(.fieldType, field: "\(field)", value: value.excerpt)
    }
    guard let whole = value.integerOrDigits, let line = Int32(exactly: whole), line > 0 else {
      throw Rejection(.lineMalformed, field: "\(field)", value: value.excerpt)
    }
    return line
  }

  func uom(_ field: StaticString) throws(Rejection) -> UnitOfMeasure {
    let value = try required(field)
    guard value.isNumber || value.isString else {
      throw Rejection(.fieldType, field: "\(field)", value: value.excerpt)
    }
    guard let whole = value.integerOrDigits, let code = Int(exactly: whole),
      let unit = UnitOfMeasure(code: code)
    else { throw Rejection(.uomUnknown, field: "\(field)", value: value.excerpt) }
    return unit
  }

  /// The unit, if there is one.
  func optionalUOM(_ field: StaticString) throws(Rejection) -> UnitOfMeasure? {
    optional(field) == nil ? nil : try uom(field)
  }

  func flag(_ field: StaticString) throws(Rejection) -> Bool {
    guard let value = optional(field) else { return false }
    guard let flag = value.bool else {
      throw Rejection(.fieldType, field: "\(field)", value: value.excerpt)
    }
    return flag
  }

  // MARK: Times

  func date(_ field: StaticString) throws(Rejection) -> CalendarDate {
    let value = try required(field)
    guard value.isString else {
      throw Rejection(.fieldType, field: "\(field)", value: value.excerpt)
    }
    guard let date = value.withText({ try? CalendarDate(utf8: $0) }) else {
      throw Rejection(.dateMalformed, field: "\(field)", value: value.excerpt)
    }
    guard DateRange.accepts(date) else {
      throw Rejection(.dateOutOfRange, field: "\(field)", value: value.excerpt)
    }
    return date
  }

  func instant(_ field: StaticString) throws(Rejection) -> Instant {
    let value = try required(field)
    guard value.isString else {
      throw Rejection(.fieldType, field: "\(field)", value: value.excerpt)
    }
    do throws(LedgerError) {
      return try value.withText { (text) throws(LedgerError) in try Instant(utf8: text) }
    } catch {
      let code = error == .dateOutOfRange ? RejectionCode.dateOutOfRange : .instantMalformed
      throw Rejection(code, field: "\(field)", value: value.excerpt)
    }
  }

  /// The day of an instant as its sender wrote it, in the sender's own offset.
  func day(_ field: StaticString) throws(Rejection) -> CalendarDate {
    let written = try required(field)
    let read = written.withText { text in
      try? CalendarDate(utf8: UnsafeRawBufferPointer(rebasing: text.prefix(10)))
    }
    guard let day = read else {
      throw Rejection(.instantMalformed, field: "\(field)", value: written.excerpt)
    }
    return day
  }

  // MARK: Lists

  /// The elements of a list, each read by `read`.
  func list<Element>(
    _ field: StaticString, atLeast minimum: Int = 0,
    _ read: (FieldReader) throws(Rejection) -> Element
  ) throws(Rejection) -> [Element] {
    let value = try required(field)
    guard value.isArray else {
      throw Rejection(.fieldType, field: "\(field)", value: value.excerpt)
    }
    var elements: [Element] = []
    try value.forEachElement { (position, node) throws(Rejection) in
      do throws(Rejection) {
        elements.append(try read(FieldReader(node)))
      } catch {
        throw error.within("[\(position)]").within("\(field)")
      }
    }
    guard elements.count >= minimum else { throw Rejection(.listEmpty, field: "\(field)") }
    return elements
  }

  func optionalList<Element>(
    _ field: StaticString, _ read: (FieldReader) throws(Rejection) -> Element
  ) throws(Rejection) -> [Element] {
    has(field) ? try list(field, read) : []
  }
}

extension JSONNode {
  /// The value as text, cut short.
  var excerpt: String {
    Rejection.cut(string ?? String(decoding: raw.prefix(320), as: UTF8.self))
  }
}
