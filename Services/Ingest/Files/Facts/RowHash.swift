import Messages

/// What tells the content of rows apart: two hashes of different making, since a row of one's own
/// that meets another's would be taken for it.
struct RowHash: Hashable {
  private(set) var first: UInt64
  private(set) var second: UInt64

  /// The hash of bytes.
  init(_ bytes: [UInt8]) {
    var fnv = FNV1a()
    fnv.combine(bytes)
    first = fnv.value
    second = bytes.withUnsafeBytes { Fingerprint.of($0) }
  }
}

extension [UInt8] {
  /// Appends a value with its length in front: so values are told apart, and not their text
  /// together.
  mutating func append(value: UnsafeRawBufferPointer) {
    Swift.withUnsafeBytes(of: UInt32(truncatingIfNeeded: value.count).littleEndian) {
      append(contentsOf: $0)
    }
    append(contentsOf: value)
  }

  /// Appends 32 lower-case hexadecimal digits.
  mutating func append(hex hash: RowHash) {
    append(hex: hash.first)
    append(hex: hash.second)
  }
}

/// The rows of a file that were there before.
struct SeenRows {
  /// How a row stands to those before it.
  enum Finding {
    case new
    /// The same, in the columns that are not used as well.
    case repeated
    /// The same but for columns that are not used.
    case alike
  }

  private var texts: [UInt64: UInt32] = [:]

  mutating func note(_ hash: RowHash, _ row: SheetRow) -> Finding {
    var text = FNV1a()
    row.withCells { cell in
      text.combine(cell)
      text.combine(0x1F)
    }
    // Empty cells at a row's end may be left out.
    let whole = UInt32(truncatingIfNeeded: text.value >> 32 ^ text.value)
    guard let known = texts.updateValue(whole, forKey: hash.first) else { return .new }
    return known == whole ? .repeated : .alike
  }
}
