/// How an entry of a ``FingerprintMap`` lies in a store: its key, the first bits first, and its
/// value.
enum FingerprintLayout {
  /// Of keys of 128 bits.
  case wide
  /// Of keys of 64 bits, as earlier versions made them; the other 64 are zero.
  case narrow

  /// How many words of 64 bits an entry takes.
  var words: Int { self == .wide ? 3 : 2 }

  func key(at index: Int, of words: [UInt64]) -> UInt128 {
    UInt128(high: words[index], low: self == .wide ? words[index + 1] : 0)
  }

  func append(_ key: UInt128, _ value: UInt64, to words: inout [UInt64]) {
    words.append(key.high)
    if self == .wide { words.append(key.low) }
    words.append(value)
  }
}

extension UInt128 {
  init(high: UInt64, low: UInt64) { self = UInt128(high) << 64 | UInt128(low) }

  var high: UInt64 { UInt64(truncatingIfNeeded: self >> 64) }
  var low: UInt64 { UInt64(truncatingIfNeeded: self) }
}
