/// SplitMix64: the same seed draws the same numbers on every machine and in every release.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator for a seed; every seed is a good one.
  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number below `bound`, which is at least 1. Not the standard library's, whose way of drawing
  /// may change between releases and with it what a seed replays.
  public mutating func below(_ bound: Int) -> Int {
    Int(next() % UInt64(max(bound, 1)))
  }

  /// Whether something happens whose chance is so many in a thousand. Draws nothing for a chance of
  /// none.
  public mutating func happens(perMille chance: Int) -> Bool {
    chance > 0 && below(1_000) < chance
  }
}
