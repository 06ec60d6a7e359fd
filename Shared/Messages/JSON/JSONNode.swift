/// A value of a JSON text on a ``JSONTape``; good only while the tape is being read.
public struct JSONNode {
  let tokens: UnsafeBufferPointer<JSONTape.Token>
  let text: UnsafeRawBufferPointer
  let index: Int

  var token: JSONTape.Token { tokens[index] }

  /// Whether this is an object.
  public var isObject: Bool { token.kind == .object }
  /// Whether this is an array.
  public var isArray: Bool { token.kind == .array }
  /// Whether this is `null`.
  public var isNull: Bool { token.kind == .null }
  /// Whether this is a number.
  public var isNumber: Bool { token.kind == .number }
  /// Whether this is a string.
  public var isString: Bool { token.kind == .string || token.kind == .escapedString }

  /// `true` or `false`; nil for anything else.
  public var bool: Bool? {
    switch token.kind {
    case .yes: true
    case .no: false
    default: nil
    }
  }

  /// The value as it stands in the text; of a string, what is between the quotes.
  public var raw: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: text[Int(token.start)..<Int(token.end)])
  }

  /// The value as it stands in the text, quotes and all.
  public var source: UnsafeRawBufferPointer {
    guard isString else { return raw }
    return UnsafeRawBufferPointer(rebasing: text[Int(token.start) - 1..<Int(token.end) + 1])
  }

  /// A string's text; nil for anything else.
  public var string: String? {
    switch token.kind {
    case .string: String(decoding: raw, as: UTF8.self)
    case .escapedString: String(decoding: unescaped(), as: UTF8.self)
    default: nil
    }
  }

  /// Calls `body` with a string's UTF-8, without its escapes; with any other value as it stands.
  func withText<Value, E>(
    _ body: (UnsafeRawBufferPointer) throws(E) -> Value
  ) throws(E) -> Value {
    guard token.kind == .escapedString else { return try body(raw) }
    let text = unescaped()
    let result = text.withUnsafeBytes { bytes in
      Result { () throws(E) in try body(bytes) }
    }
    return try result.get()
  }

  /// The member of an object with this key; of several the last, as most readers have it.
  public subscript(_ key: StaticString) -> JSONNode? {
    guard isObject else { return nil }
    var found: Int?
    var child = index + 1
    let end = Int(token.next)
    while child < end {
      if tokens[child].reads(key, in: text) { found = child + 1 }
      child = Int(tokens[child + 1].next)
    }
    return found.map { JSONNode(tokens: tokens, text: text, index: $0) }
  }

  /// Calls `body` with each element of an array and its position.
  public func forEachElement<E: Error>(_ body: (Int, JSONNode) throws(E) -> Void) throws(E) {
    guard isArray else { return }
    var child = index + 1
    var position = 0
    while child < Int(token.next) {
      try body(position, JSONNode(tokens: tokens, text: text, index: child))
      child = Int(tokens[child].next)
      position += 1
    }
  }

  /// Calls `body` with each member of an object.
  public func forEachMember(_ body: (_ name: JSONNode, _ value: JSONNode) -> Void) {
    guard isObject else { return }
    var child = index + 1
    while child < Int(token.next) {
      body(
        JSONNode(tokens: tokens, text: text, index: child),
        JSONNode(tokens: tokens, text: text, index: child + 1))
      child = Int(tokens[child + 1].next)
    }
  }

  /// A fingerprint of the value, the same whatever the order of members, white space and escapes.
  public var fingerprint: UInt64 {
    switch token.kind {
    case .object:
      var sum: UInt64 = 1
      forEachMember { name, value in
        sum &+= Fingerprint.mix(name.fingerprint &* 31 &+ value.fingerprint)
      }
      return Fingerprint.mix(sum)
    case .array:
      var sum: UInt64 = 2
      forEachElement { _, element in sum = Fingerprint.mix(sum &+ element.fingerprint) }
      return sum
    case .escapedString:
      return unescaped().withUnsafeBytes { Fingerprint.of($0) }
    default:
      return Fingerprint.of(raw) &+ (isString ? 0 : 1)
    }
  }

  /// Whether this is a string that reads like `key`.
  func equals(_ key: StaticString) -> Bool { token.reads(key, in: text) }

  private func unescaped() -> [UInt8] { Self.unescaped(raw) }

  fileprivate static func unescaped(_ raw: UnsafeRawBufferPointer) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(raw.count)
    var position = 0
    while position < raw.count {
      guard raw[position] == UInt8(ascii: "\\") else {
        bytes.append(raw[position])
        position += 1
        continue
      }
      switch raw[position + 1] {
      case UInt8(ascii: "b"): bytes.append(0x08)
      case UInt8(ascii: "f"): bytes.append(0x0C)
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "u"):
        position += appendScalar(of: raw, at: position, to: &bytes)
        continue
      case let byte: bytes.append(byte)
      }
      position += 2
    }
    return bytes
  }

  /// Appends the scalar of a `\u` escape, or of a pair, and returns how many bytes it stood in.
  private static func appendScalar(
    of raw: UnsafeRawBufferPointer, at position: Int, to bytes: inout [UInt8]
  ) -> Int {
    let high = hex(raw, position + 2) ?? 0xFFFD
    var value = high
    var length = 6
    if high & 0xFC00 == 0xD800, let low = hex(raw, position + 8) {
      value = 0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF)
      length = 12
    }
    bytes.append(contentsOf: String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
    return length
  }

  static func hex(_ text: UnsafeRawBufferPointer, _ position: Int) -> UInt32? {
    guard position + 4 <= text.count else { return nil }
    var value: UInt32 = 0
    for index in position..<position + 4 {
      switch text[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(text[index] - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(text[index] - 87)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(text[index] - 55)
      default: return nil
      }
    }
    return value
  }
}

extension JSONTape.Token {
  /// Whether this is a string of a text that reads like `key`.
  @inline(__always)
  func reads(_ key: StaticString, in text: UnsafeRawBufferPointer) -> Bool {
    let length = Int(end &- start)
    if kind == .escapedString {
      let raw = UnsafeRawBufferPointer(rebasing: text[Int(start)..<Int(end)])
      return JSONNode.unescaped(raw).elementsEqual(
        UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    }
    guard length == key.utf8CodeUnitCount else { return false }
    let (first, name) = (Int(start), key.utf8Start)
    for offset in 0..<length where text[first &+ offset] != name[offset] { return false }
    return true
  }
}
