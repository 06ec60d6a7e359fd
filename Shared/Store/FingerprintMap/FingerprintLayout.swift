/// How an entry of a ``FingerprintMap`` lies in a store: its key, the first bits first, and its
/// value.
enum FingerprintLayout {
  /// How many words of 64 bits an entry takes.
  static let words = 3

  static func key(at index: Int, of words: [UInt64]) -> UInt128 {
    UInt128(high: words[index], low: words[index + 1])
  }

  static func append(_ key: UInt128, _ value: UInt64, to words: inout [UInt64]) {
    words.append(key.high)
    words.append(key.low)
    words.append(value)
  }
}

extension UInt128 {
  init(high: UInt64, low: UInt64) { self = UInt128(high) << 64 | UInt128(low) }

  var high: UInt64 { UInt64(truncatingIfNeeded: self >> 64) }
  var low: UInt64 { UInt64(truncatingIfNeeded: self) }
}
