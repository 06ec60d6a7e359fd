import Ledger

/// Writing one member of an object: a literal that ends with the key and its colon, then the value.
extension [UInt8] {
  mutating func append(json literal: StaticString, _ text: String) {
    append(json: literal)
    append(jsonString: text)
  }

  mutating func append(json literal: StaticString, _ text: String?) {
    if let text { append(json: literal, text) }
  }

  mutating func append(json literal: StaticString, _ integer: Int64) {
    append(json: literal)
    append(jsonInteger: integer)
  }

  mutating func append(json literal: StaticString, _ integer: Int64?) {
    if let integer { append(json: literal, integer) }
  }

  mutating func append(json literal: StaticString, _ flag: Bool) {
    append(json: literal)
    append(json: flag ? "true" : "false")
  }

  mutating func append(json literal: StaticString, _ flag: Bool?) {
    if let flag { append(json: literal, flag) }
  }

  mutating func append(json literal: StaticString, _ quantity: Quantity) {
    append(json: literal)
    append(json: quantity)
  }

  mutating func append(json literal: StaticString, _ quantity: Quantity?) {
    if let quantity { append(json: literal, quantity) }
  }

  mutating func append(json literal: StaticString, _ amount: Money) {
    append(json: literal)
    append(json: amount)
  }

  mutating func append(json literal: StaticString, _ amount: Money?) {
    if let amount { append(json: literal, amount) }
  }

  mutating func append(json literal: StaticString, _ date: CalendarDate) {
    append(json: literal)
    append(json: date)
  }

  mutating func append(json literal: StaticString, _ date: CalendarDate?) {
    if let date { append(json: literal, date) }
  }

  mutating func append(json literal: StaticString, _ instant: Instant) {
    append(json: literal)
    append(json: instant)
  }

  /// Appends the items of a list, with commas between them.
  mutating func append<Item>(
    jsonList items: [Item], _ write: (Item, inout [UInt8]) -> Void
  ) {
    var first = true
    for item in items {
      if !first { append(UInt8(ascii: ",")) }
      first = false
      write(item, &self)
    }
  }
}
