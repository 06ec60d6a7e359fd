/// Keys and values in memory: 24 bytes each, at a load of at most three quarters.
struct FingerprintSlots {
  private struct Slot {
    var high: UInt64
    var low: UInt64
    var value: UInt64

    init(_ key: UInt128, _ value: UInt64) {
      (high, low) = (key.high, key.low)
      self.value = value
    }

    var key: UInt128 { UInt128(high: high, low: low) }
    var isFree: Bool { high | low == 0 }
  }

  private(set) var count = 0
  private var slots = Self.free(1_024)
  /// Of the key zero, which marks a free slot.
  private var valueOfZero: UInt64?

  func value(of key: UInt128) -> UInt64? {
    guard key != 0 else { return valueOfZero }
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: key.high) & mask
    while !slots[index].isFree {
      if slots[index].key == key { return slots[index].value }
      index = (index + 1) & mask
    }
    return nil
  }

  /// Puts in a key, or gives it another value.
  mutating func insert(_ key: UInt128, _ value: UInt64) {
    guard key != 0 else {
      if valueOfZero == nil { count += 1 }
      valueOfZero = value
      return
    }
    if (count + 1) * 4 > slots.count * 3 { grow() }
    if place(Slot(key, value)) { count += 1 }
  }

  /// Takes everything out and keeps the memory.
  mutating func removeAll() {
    count = 0
    valueOfZero = nil
    for index in slots.indices { slots[index] = Slot(0, 0) }
  }

  /// The entries one after the other, in ascending order of the keys.
  func sorted() -> [UInt64] {
    var used = slots.filter { !$0.isFree }
    if let valueOfZero { used.append(Slot(0, valueOfZero)) }
    used.sort { $0.key < $1.key }
    var words: [UInt64] = []
    words.reserveCapacity(used.count * FingerprintLayout.words)
    for slot in used { FingerprintLayout.append(slot.key, slot.value, to: &words) }
    return words
  }

  /// Returns whether the key was not there.
  @discardableResult
  private mutating func place(_ slot: Slot) -> Bool {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: slot.high) & mask
    while !slots[index].isFree, slots[index].key != slot.key { index = (index + 1) & mask }
    let isNew = slots[index].isFree
    slots[index] = slot
    return isNew
  }

  private mutating func grow() {
    let old = slots
    slots = Self.free(old.count * 2)
    for slot in old where !slot.isFree { place(slot) }
  }

  private static func free(_ count: Int) -> [Slot] {
    Array(repeating: Slot(0, 0), count: count)
  }
}
