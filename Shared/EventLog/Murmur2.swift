/// Kafka's default partitioner, as the Java client computes it, so that every stream processor
/// that keys alike partitions alike.
public enum Murmur2 {
  /// The 32-bit hash of a key.
  public static func hash(_ key: UnsafeRawBufferPointer) -> Int32 {
    let multiplier: UInt32 = 0x5bd1_e995
    var hash: UInt32 = 0x9747_b28c ^ UInt32(truncatingIfNeeded: key.count)
    var index = 0
    while index + 4 <= key.count {
      var word = UInt32(littleEndian: key.loadUnaligned(fromByteOffset: index, as: UInt32.self))
      word = word &* multiplier
      word ^= word >> 24
      word = word &* multiplier
      hash = (hash &* multiplier) ^ word
      index += 4
    }
    let rest = key.count - index
    if rest > 0 {
      if rest == 3 { hash ^= UInt32(key[index + 2]) << 16 }
      if rest >= 2 { hash ^= UInt32(key[index + 1]) << 8 }
      hash ^= UInt32(key[index])
      hash = hash &* multiplier
    }
    hash ^= hash >> 13
    hash = hash &* multiplier
    hash ^= hash >> 15
    return Int32(bitPattern: hash)
  }

  /// The partition that a key belongs to.
  public static func partition(of key: UnsafeRawBufferPointer, count: Int32) -> Int32 {
    (hash(key) & 0x7fff_ffff) % count
  }

  /// The partition that a key belongs to.
  public static func partition(of key: String, count: Int32) -> Int32 {
    var key = key
    return key.withUTF8 { partition(of: UnsafeRawBufferPointer($0), count: count) }
  }
}
