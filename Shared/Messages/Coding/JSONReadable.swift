import Ledger

/// A value that a message holds and that reads itself from a tape.
protocol JSONReadable {
  init(json node: JSONNode) throws(MessageError)
}

/// A value whose JSON is one object, read member by member.
protocol MemberReadable: JSONReadable {
  init(_ members: inout MemberReader) throws(MessageError)
}

extension MemberReadable {
  init(json node: JSONNode) throws(MessageError) {
    var members = try MemberReader(node)
    try self.init(&members)
  }
}

extension Array: JSONReadable where Element: JSONReadable {
  init(json node: JSONNode) throws(MessageError) {
    guard node.isArray else { throw MessageError(field: "", what: "expected a list") }
    self = []
    try node.forEachElement { (position, element) throws(MessageError) in
      do throws(MessageError) {
        append(try Element(json: element))
      } catch {
        throw error.within("[\(position)]")
      }
    }
  }
}

extension String: JSONReadable {
  init(json node: JSONNode) throws(MessageError) {
    guard let text = node.string else { throw MessageError(field: "", what: "expected text") }
    self = text
  }
}

extension Bool: JSONReadable {
  init(json node: JSONNode) throws(MessageError) {
    guard let flag = node.bool else {
      throw MessageError(field: "", what: "expected true or false")
    }
    self = flag
  }
}

extension Int64: JSONReadable {
  init(json node: JSONNode) throws(MessageError) {
    guard node.isNumber else { throw MessageError(field: "", what: "expected a number") }
    guard let whole = node.integer else {
      throw MessageError(field: "", what: "expected a whole number of 64 bits")
    }
    self = whole
  }
}

extension Int32: JSONReadable {
  init(json node: JSONNode) throws(MessageError) {
    guard let narrow = Int32(exactly: try Int64(json: node)) else {
      throw MessageError(field: "", what: "expected a number of 32 bits")
    }
    self = narrow
  }
}

extension Quantity: JSONReadable {
  init(json node: JSONNode) throws(MessageError) {
    self = try node.value { (text) throws(LedgerError) in try Quantity(utf8: text) }
  }
}

extension Money: JSONReadable {
  init(json node: JSONNode) throws(MessageError) {
    self = try node.value { (text) throws(LedgerError) in try Money(utf8: text) }
  }
}

extension QuantitySum: JSONReadable {
  init(json node: JSONNode) throws(MessageError) {
    self = try node.value { (text) throws(LedgerError) in try QuantitySum(utf8: text) }
  }
}

extension MoneySum: JSONReadable {
  init(json node: JSONNode) throws(MessageError) {
    self = try node.value { (text) throws(LedgerError) in try MoneySum(utf8: text) }
  }
}

extension CalendarDate: JSONReadable {
  init(json node: JSONNode) throws(MessageError) {
    self = try node.value { (text) throws(LedgerError) in try CalendarDate(utf8: text) }
  }
}

extension Instant: JSONReadable {
  init(json node: JSONNode) throws(MessageError) {
    self = try node.value { (text) throws(LedgerError) in try Instant(anyUTF8: text) }
  }
}

extension UnitOfMeasure: JSONReadable {
  init(json node: JSONNode) throws(MessageError) {
    guard let code = Int(exactly: try Int64(json: node)), let unit = UnitOfMeasure(code: code)
    else { throw MessageError(field: "", what: "is not in Anexo 22, appendix 7") }
    self = unit
  }
}

extension JSONReadable where Self: RawRepresentable<String> {
  init(json node: JSONNode) throws(MessageError) {
    let text = try String(json: node)
    guard let word = Self(rawValue: text) else {
      throw MessageError(field: "", what: "\"\(text)\" is not a known word")
    }
    self = word
  }
}

extension Account: JSONReadable {}
extension StockEvent.Kind: JSONReadable {}
extension Operation: JSONReadable {}
extension DocumentRecord.Kind: JSONReadable {}
extension DocumentRecord.State: JSONReadable {}
extension RejectionCode: JSONReadable {}

extension JSONNode {
  /// The value that a string's text stands for.
  fileprivate func value<Value>(
    _ read: (UnsafeRawBufferPointer) throws(LedgerError) -> Value
  ) throws(MessageError) -> Value {
    guard isString else { throw MessageError(field: "", what: "expected text") }
    do throws(LedgerError) {
      return try withText(read)
    } catch {
      throw MessageError(field: "", what: "\(Value.self) cannot be \"\(excerpt)\": \(error)")
    }
  }
}
