/// What the fuzzers share.
enum Parts {
  /// Bytes in parts of which the sum is the whole, cut at places that depend on the bytes alone.
  static func of(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var parts: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // Mostly a few bytes, sometimes one, sometimes many.
      let count = 1 << Int(state >> 33 % 6)
      parts.append(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    return parts
  }
}

/// The input as bytes.
func input(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
  Array(UnsafeBufferPointer(start: start, count: count))
}
