/// Keys and values in memory: sixteen bytes each, at a load of at most three quarters.
struct FingerprintSlots {
  private struct Slot {
    var key: UInt64
    var value: UInt64
  }

  private(set) var count = 0
  private var slots = Self.free(1_024)
  /// Of the key zero, which marks a free slot.
  private var valueOfZero: UInt64?

  func value(of key: UInt64) -> UInt64? {
    guard key != 0 else { return valueOfZero }
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: key) & mask
    while slots[index].key != 0 {
      if slots[index].key == key { return slots[index].value }
      index = (index + 1) & mask
    }
    return nil
  }

  /// Puts in a key, or gives it another value.
  mutating func insert(_ key: UInt64, _ value: UInt64) {
    guard key != 0 else {
      if valueOfZero == nil { count += 1 }
      valueOfZero = value
      return
    }
    if (count + 1) * 4 > slots.count * 3 { grow() }
    if place(Slot(key: key, value: value)) { count += 1 }
  }

  /// Takes everything out and keeps the memory.
  mutating func removeAll() {
    count = 0
    valueOfZero = nil
    for index in slots.indices { slots[index] = Slot(key: 0, value: 0) }
  }

  /// Keys and values by turns, in ascending order of the keys.
  func sorted() -> [UInt64] {
    var used = slots.filter { $0.key != 0 }
    if let valueOfZero { used.append(Slot(key: 0, value: valueOfZero)) }
    used.sort { $0.key < $1.key }
    var words: [UInt64] = []
    words.reserveCapacity(used.count * 2)
    for slot in used {
      words.append(slot.key)
      words.append(slot.value)
    }
    return words
  }

  /// Answers whether the key was not there.
  @discardableResult
  private mutating func place(_ slot: Slot) -> Bool {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: slot.key) & mask
    while slots[index].key != 0, slots[index].key != slot.key { index = (index + 1) & mask }
    let isNew = slots[index].key == 0
    slots[index] = slot
    return isNew
  }

  private mutating func grow() {
    let old = slots
    slots = Self.free(old.count * 2)
    for slot in old where slot.key != 0 { place(slot) }
  }

  private static func free(_ count: Int) -> [Slot] {
    Array(repeating: Slot(key: 0, value: 0), count: count)
  }
}
