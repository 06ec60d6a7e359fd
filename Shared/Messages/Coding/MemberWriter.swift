import Ledger

/// Writing one member of an object: a literal that ends with the key and its colon, then the value.
extension [UInt8] {
  mutating func append(json literal: StaticString, _ text: String) {
    var text = text
    text.withUTF8 { append(json: literal, utf8: UnsafeRawBufferPointer($0)) }
  }

  mutating func append(json literal: StaticString, _ text: String?) {
    if let text { append(json: literal, text) }
  }

  mutating func append(json literal: StaticString, _ integer: Int64) {
    let limit = FixedPoint.longestText
    append(literal, atMost: limit) { place in
      FixedPoint.write(
        integer, digits: 0, to: UnsafeMutableRawBufferPointer(start: place, count: limit))
    }
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
    append(literal, quoted: quantity.millionths, digits: 6)
  }

  mutating func append(json literal: StaticString, _ quantity: Quantity?) {
    if let quantity { append(json: literal, quantity) }
  }

  mutating func append(json literal: StaticString, _ amount: Money) {
    append(literal, quoted: amount.centavos, digits: 2)
  }

  mutating func append(json literal: StaticString, _ amount: Money?) {
    if let amount { append(json: literal, amount) }
  }

  mutating func append(json literal: StaticString, _ sum: QuantitySum) {
    append(literal, quotedSum: sum.millionths, digits: 6)
  }

  mutating func append(json literal: StaticString, _ sum: MoneySum) {
    append(literal, quotedSum: sum.centavos, digits: 2)
  }

  mutating func append(json literal: StaticString, _ date: CalendarDate) {
    append(literal, quotedAtMost: 10) { place in
      date.write(to: place)
      return 10
    }
  }

  mutating func append(json literal: StaticString, _ date: CalendarDate?) {
    if let date { append(json: literal, date) }
  }

  mutating func append(json literal: StaticString, _ instant: Instant) {
    append(literal, quotedAtMost: Instant.longestText) { instant.write(to: $0) }
  }

  private mutating func append(_ literal: StaticString, quoted value: Int64, digits: Int) {
    append(literal, quotedAtMost: FixedPoint.longestText) {
      FixedPoint.write(value, digits: digits, to: $0)
    }
  }

  private mutating func append(_ literal: StaticString, quotedSum sum: Int128, digits: Int) {
    append(literal, quotedAtMost: FixedPoint.longestSum) {
      FixedPoint.write(sum: sum, digits: digits, to: $0)
    }
  }

  /// Appends what `write` puts, in quotes; it has room for so many bytes.
  @inline(__always)
  private mutating func append(
    _ literal: StaticString, quotedAtMost limit: Int,
    _ write: (UnsafeMutableRawBufferPointer) -> Int
  ) {
    append(literal, atMost: limit + 2) { place in
      place.storeBytes(of: UInt8(ascii: "\""), as: UInt8.self)
      let count = write(UnsafeMutableRawBufferPointer(start: place + 1, count: limit))
      place.storeBytes(of: UInt8(ascii: "\""), toByteOffset: count + 1, as: UInt8.self)
      return count + 2
    }
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
