/// XXH64, a 64-bit checksum of bytes: against files that were cut short or damaged, and to tell one
/// record from another. Not against someone who means to deceive.
public struct Checksum: Sendable {
  private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
    0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63,
    0x27D4_EB2F_1656_67C5
  )

  private let seed: UInt64
  private var lanes: (UInt64, UInt64, UInt64, UInt64)
  private var length: UInt64 = 0
  /// What has not filled a stripe of 32 bytes yet.
  private var rest: [UInt8] = []

  /// The checksum of nothing yet.
  public init(seed: UInt64 = 0) {
    self.seed = seed
    let p = Self.primes
    lanes = (seed &+ p.0 &+ p.1, seed &+ p.1, seed, seed &- p.0)
  }

  /// The checksum of bytes.
  public static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    var checksum = Checksum(seed: seed)
    checksum.add(bytes)
    return checksum.value
  }

  /// Adds bytes behind those that were added before.
  public mutating func add(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count)
    var start = 0
    var lanes = self.lanes
    defer { self.lanes = lanes }
    if !rest.isEmpty {
      start = min(32 - rest.count, bytes.count)
      rest.append(contentsOf: bytes[..<start])
      guard rest.count == 32 else { return }
      rest.withUnsafeBytes { Self.round(&lanes, $0, 0) }
      rest.removeAll(keepingCapacity: true)
    }
    while start + 32 <= bytes.count {
      Self.round(&lanes, bytes, start)
      start += 32
    }
    rest.append(contentsOf: bytes[start...])
  }

  /// The checksum of everything that was added.
  public var value: UInt64 {
    let p = Self.primes
    var hash: UInt64
    if length >= 32 {
      hash = Self.rotate(lanes.0, 1) &+ Self.rotate(lanes.1, 7) &+ Self.rotate(lanes.2, 12)
      hash = hash &+ Self.rotate(lanes.3, 18)
      for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
        hash = (hash ^ Self.mixed(0, lane)) &* p.0 &+ p.3
      }
    } else {
      hash = seed &+ p.4
    }
    hash = hash &+ length
    rest.withUnsafeBytes { bytes in
      var index = 0
      while index + 8 <= bytes.count {
        hash ^= Self.mixed(0, Self.word(bytes, index))
        hash = Self.rotate(hash, 27) &* p.0 &+ p.3
        index += 8
      }
      if index + 4 <= bytes.count {
        let half = bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self)
        hash ^= UInt64(UInt32(littleEndian: half)) &* p.0
        hash = Self.rotate(hash, 23) &* p.1 &+ p.2
        index += 4
      }
      while index < bytes.count {
        hash ^= UInt64(bytes[index]) &* p.4
        hash = Self.rotate(hash, 11) &* p.0
        index += 1
      }
    }
    hash = (hash ^ (hash >> 33)) &* p.1
    hash = (hash ^ (hash >> 29)) &* p.2
    return hash ^ (hash >> 32)
  }

  private static func round(
    _ lanes: inout (UInt64, UInt64, UInt64, UInt64), _ bytes: UnsafeRawBufferPointer, _ start: Int
  ) {
    lanes.0 = mixed(lanes.0, word(bytes, start))
    lanes.1 = mixed(lanes.1, word(bytes, start + 8))
    lanes.2 = mixed(lanes.2, word(bytes, start + 16))
    lanes.3 = mixed(lanes.3, word(bytes, start + 24))
  }

  private static func mixed(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotate(lane &+ word &* primes.1, 31) &* primes.0
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
  }

  private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    value << bits | value >> (64 - bits)
  }
}
