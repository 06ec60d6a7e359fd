import Messages

extension LedgerEntry {
  /// The entry in parts of at most so many items each, in an order that readers can apply one by
  /// one: lots and demands before the postings that name them.
  ///
  /// A late fact can change a hundred thousand postings; no message should be that large.
  public func parts(atMost limit: Int) -> [LedgerEntry] {
    guard items > limit else { return [self] }
    var empty = self
    empty.balances = []
    empty.demands = []
    empty.lots = []
    empty.moves = []
    empty.postings = []
    var parts: [LedgerEntry] = []
    func cut<Item>(_ all: [Item], _ member: WritableKeyPath<LedgerEntry, [Item]>) {
      var start = 0
      while start < all.count {
        let end = min(start + limit, all.count)
        var part = empty
        part[keyPath: member] = Array(all[start..<end])
        parts.append(part)
        start = end
      }
    }
    cut(lots, \.lots)
    cut(demands, \.demands)
    cut(postings, \.postings)
    cut(balances, \.balances)
    cut(moves, \.moves)
    return parts
  }

  /// How many items of all kinds there are.
  public var items: Int {
    balances.count + demands.count + lots.count + moves.count + postings.count
  }

  /// Forgets what changed and keeps the memory, for another movement.
  public mutating func begin(plant: String, part: String, cause: Cause, received: Int64) {
    account = nil
    more = nil
    receipts = nil
    self.plant = plant
    self.part = part
    self.cause = cause
    self.received = received
    // Of most there is nothing, and to find that out costs less.
    if !balances.isEmpty { balances.removeAll(keepingCapacity: true) }
    if !demands.isEmpty { demands.removeAll(keepingCapacity: true) }
    if !lots.isEmpty { lots.removeAll(keepingCapacity: true) }
    if !moves.isEmpty { moves.removeAll(keepingCapacity: true) }
    if !postings.isEmpty { postings.removeAll(keepingCapacity: true) }
  }
}
