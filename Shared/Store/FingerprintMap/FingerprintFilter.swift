/// Says of most keys that are not in a run that they are not: a Bloom filter of blocks of one
/// cache line, twelve bits a key, which errs on about one new key in two hundred. The first 64 bits
/// of a key are enough for it.
struct FingerprintFilter {
  private(set) var words: [UInt64]

  private static let wordsInBlock = 8
  private static let probes = 6
  private static let bitsOfKey = 12

  /// An empty filter for so many keys.
  init(keys: Int) {
    let blocks = keys * Self.bitsOfKey / (Self.wordsInBlock * 64) + 1
    words = Array(repeating: 0, count: blocks * Self.wordsInBlock)
  }

  /// A filter as it was stored; nil if the words are not whole blocks.
  init?(words: [UInt64]) {
    guard !words.isEmpty, words.count % Self.wordsInBlock == 0 else { return nil }
    self.words = words
  }

  mutating func insert(_ key: UInt128) {
    let key = key.high
    let block = block(of: key)
    var bits = Self.bits(of: key)
    for _ in 0..<Self.probes {
      words[block + Int(bits >> 61)] |= 1 << (bits >> 55 & 63)
      bits <<= 9
    }
  }

  func mayHave(_ key: UInt128) -> Bool {
    let key = key.high
    let block = block(of: key)
    var bits = Self.bits(of: key)
    for _ in 0..<Self.probes {
      guard words[block + Int(bits >> 61)] >> (bits >> 55 & 63) & 1 == 1 else { return false }
      bits <<= 9
    }
    return true
  }

  private func block(of key: UInt64) -> Int {
    let blocks = UInt64(words.count / Self.wordsInBlock)
    return Int(key.multipliedFullWidth(by: blocks).high) * Self.wordsInBlock
  }

  /// Which bits of the block, nine bits for each; other ones than those that chose the block.
  private static func bits(of key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }
}
