/// Text that compares, and is equal, by code point; a `String` compares by canonical equivalence.
/// Dates (`YYYY-MM-DD`) are such text too: their order is the calendar's.
struct Text: Hashable, Comparable, Sendable {
  /// UTF-8 has the order of code points.
  let bytes: [UInt8]

  init(_ string: some StringProtocol) { bytes = Array(string.utf8) }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  static func < (a: Text, b: Text) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
}

extension Text: ExpressibleByStringLiteral {
  init(stringLiteral value: String) { self.init(value) }
}

extension Text: Decodable {
  init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }
}
