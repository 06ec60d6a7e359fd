/// SplitMix64: the same draws everywhere, whatever the standard library does.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// 0 to `bound` - 1; 0 for a bound of less than 1.
  mutating func below(_ bound: Int) -> Int {
    guard bound > 1 else {
      _ = next()
      return 0
    }
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// As `below`, for quantities.
  mutating func below(_ bound: Int64) -> Int64 { Int64(below(Int(bound))) }

  /// True for `perMille` of a thousand draws.
  mutating func chance(_ perMille: Int) -> Bool { below(1000) < perMille }
}
