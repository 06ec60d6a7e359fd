/// The identities of the stock events that a partition has taken, each with a fingerprint of what
/// it said first: sixteen bytes an event in memory, at a load of at most three quarters.
public struct SeenEvents: Sendable {
  private var slots: [Slot]
  private var count = 0
  /// What was added since the last call of ``takeAdded()``: identity and fingerprint by turns.
  private var added: [UInt64] = []

  private struct Slot {
    var identity: UInt64
    var fingerprint: UInt64
  }

  /// What is known of an event.
  public enum Answer: Sendable, Equatable {
    /// Its identity is new; it is noted now.
    case new
    /// The same event again.
    case repeated
    /// The identity was seen with other content.
    case conflict
  }

  /// Nothing seen.
  public init() { slots = Array(repeating: Slot(identity: 0, fingerprint: 0), count: 1_024) }

  /// Notes an event, unless its identity is known.
  public mutating func note(_ identity: UInt64, fingerprint: UInt64) -> Answer {
    // Zero marks a free slot.
    let identity = identity == 0 ? 1 : identity
    if let known = find(identity) { return known == fingerprint ? .repeated : .conflict }
    insert(identity, fingerprint)
    added.append(identity)
    added.append(fingerprint)
    return .new
  }

  /// Puts back what was stored.
  public mutating func restore(_ identity: UInt64, fingerprint: UInt64) {
    insert(identity, fingerprint)
  }

  /// What is to be stored: identity and fingerprint by turns.
  public mutating func takeAdded() -> [UInt64] {
    defer { added.removeAll(keepingCapacity: true) }
    return added
  }

  private func find(_ identity: UInt64) -> UInt64? {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: identity) & mask
    while slots[index].identity != 0 {
      if slots[index].identity == identity { return slots[index].fingerprint }
      index = (index + 1) & mask
    }
    return nil
  }

  private mutating func insert(_ identity: UInt64, _ fingerprint: UInt64) {
    if (count + 1) * 4 > slots.count * 3 { grow() }
    place(Slot(identity: identity, fingerprint: fingerprint))
    count += 1
  }

  private mutating func place(_ slot: Slot) {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: slot.identity) & mask
    while slots[index].identity != 0 { index = (index + 1) & mask }
    slots[index] = slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(identity: 0, fingerprint: 0), count: old.count * 2)
    for slot in old where slot.identity != 0 { place(slot) }
  }
}
