import Ledger

/// One (plant, part): the part of it that is kept in memory.
struct Book {
  let plant: String
  let part: String
  /// Lots with something left that are in memory, in the order in which demands draw; those before
  /// ``first`` are empty.
  var lots: [Lot] = []
  /// The first lot that may have something left.
  var first = 0
  /// Lots with something left that a demand passed over as expired; only A3 draws on them.
  var expired: [Lot] = []
  /// Lots that draw after all of ``lots`` and are not in memory, in their order.
  var resting: [RestingLot] = []
  /// Lots that expired and are not in memory, in no order.
  var restingExpired: [RestingLot] = []
  /// How many of its lots were in memory when they were last counted.
  var counted = 0
  /// The journal record of the last demand of the sequence, -1 for none.
  var head: Int64 = -1
  /// The key of the last demand of the sequence.
  var lastKey: SequenceKey?
  /// Whether ``lastKey`` is that of ``head``; not after a load.
  var knowsLastKey = true
  var isDirty = false
  /// How many lots and demands it has, served or not.
  var facts: Int64 = 0
  /// Of an account of scrap the number of the book whose demands left it.
  var scrapOf: Int32?
  /// The number of the account of scrap beside this book.
  var scrapBook: Int32?

  /// Whether some of its lots are not in memory.
  var rests: Bool { !resting.isEmpty || !restingExpired.isEmpty }

  init(plant: String, part: String) {
    self.plant = plant
    self.part = part
  }

  /// A book as it was stored, without its lots.
  init(_ stored: StoredBook) {
    self.init(plant: stored.plant, part: stored.part)
    head = stored.head
    facts = stored.facts
    scrapOf = stored.scrapOf
    knowsLastKey = head < 0
  }

  /// As it is stored.
  var stored: StoredBook {
    StoredBook(plant: plant, part: part, head: head, facts: facts, scrapOf: scrapOf)
  }

  /// Puts a lot where demands will find it in order.
  mutating func insert(_ lot: Lot) {
    // Nearly always it is the last.
    guard let last = lots.last, lots.count > first, Lot.draws(lot, before: last) else {
      return lots.append(lot)
    }
    var (low, high) = (first, lots.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if Lot.draws(lot, before: lots[middle]) { high = middle } else { low = middle + 1 }
    }
    lots.insert(lot, at: low)
  }

  /// Puts a lot among those that expired.
  mutating func insertExpired(_ lot: Lot) {
    var index = expired.count
    while index > 0, Lot.draws(lot, before: expired[index - 1]) { index -= 1 }
    expired.insert(lot, at: index)
  }

  /// Lets go of lots with nothing left, once they are stored.
  mutating func compact() {
    if first > 0 || lots.contains(where: { $0.balance == 0 }) {
      lots.removeAll { $0.balance == 0 }
      first = 0
    }
    if expired.contains(where: { $0.balance == 0 }) { expired.removeAll { $0.balance == 0 } }
  }
}
