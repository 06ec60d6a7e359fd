import Ledger
import Messages

extension Books {
  /// Takes back what the demands at and after a key drew, changes the facts, serves the demands
  /// again, and posts the difference. Returns what changes in what the demands take as scrap.
  mutating func rematch(
    _ number: Int32, from key: SequenceKey, _ changes: inout LedgerEntry,
    _ change: (inout Self, inout History, inout LedgerEntry) throws -> Void
  ) throws -> [ScrapTaking] {
    let index = Int(number)
    touch(number)
    var history = try unwind(number, from: key)
    try change(&self, &history, &changes)
    history.lots.sort(by: Lot.draws)
    books[index].lots = history.lots
    books[index].first = 0
    books[index].expired = []
    history.lots = []
    var balances: [LotBalance] = []
    var takes: [Take] = []
    for step in history.steps.indices {
      swap(&history.steps[step].demand.takes, &takes)
      try books[index].serve(&history.steps[step].demand, &balances, storage, number)
      swap(&history.steps[step].demand.takes, &takes)
      history.steps[step].draw(takes)
      balances.removeAll(keepingCapacity: true)
    }
    try moveDifferences(history, of: books[index], &changes)
    let scrap = scrapDifferences(history, of: books[index])
    postDifferences(&history, &changes)
    balanceDifferences(history, of: books[index], &changes)
    served += Int64(history.steps.count)
    try relink(history, index)
    for lot in history.withdrawnLots { withdrawnLots.append((number, lot.id)) }
    return scrap
  }

  private mutating func unwind(_ number: Int32, from key: SequenceKey) throws -> History {
    try gather(number)
    let index = Int(number)
    var steps: [History.Step] = []
    var pointer = books[index].head
    while pointer >= 0 {
      let (record, size) = try recordAndSize(at: pointer)
      if record.demand.key < key { break }
      steps.append(History.Step(posted: record.demand, pointer: pointer, size: size))
      pointer = record.previous
    }
    steps.reverse()
    var lots = books[index].lots + books[index].expired
    books[index].lots = []
    books[index].expired = []
    var places: [Int64: Int] = [:]
    var before: [Int64: LotBalance] = [:]
    for (place, lot) in lots.enumerated() {
      places[lot.id] = place
      before[lot.id] = lot.outgoing
    }
    var last: (lot: Int64, place: Int) = (-1, 0)
    for step in steps.indices {
      let isMove = steps[step].demand.isMove
      for take in steps[step].oldTakes {
        // Demands one after the other mostly drew on one lot.
        if take.lot != last.lot {
          last = (take.lot, places[take.lot] ?? lots.count)
          if last.place == lots.count {
            let lot = try storage.lot(take.lot, of: number)
            places[take.lot] = lots.count
            before[take.lot] = lot.outgoing
            lots.append(lot)
          }
        }
        lots[last.place].giveBack(take.total, value: take.value, byMove: isMove)
      }
    }
    return History(steps: steps, previous: pointer, lots: lots, before: before)
  }

  /// Reversals and new postings for demands that now draw something else.
  private mutating func postDifferences(_ history: inout History, _ changes: inout LedgerEntry) {
    for demand in history.withdrawn {
      for take in demand.takes { reverse(take, of: demand.id, &changes) }
      changes.demands.append(demand.state(gone: true))
    }
    // Most demands of a long suffix draw what they drew before.
    for index in history.steps.indices where !history.steps[index].stands {
      keepPostings(&history.steps[index], &changes)
      if history.steps[index].isOther {
        changes.demands.append(history.steps[index].demand.state())
      }
    }
  }

  private mutating func keepPostings(_ step: inout History.Step, _ changes: inout LedgerEntry) {
    guard step.demand.takes != step.oldTakes else { return }
    // A demand takes from a lot once.
    let (old, new) = (TakePlaces(step.oldTakes), TakePlaces(step.demand.takes))
    for take in step.oldTakes {
      let now = new.place(of: take.lot, in: step.demand.takes).map { step.demand.takes[$0] }
      if now?.isSame(as: take) != true { reverse(take, of: step.demand.id, &changes) }
    }
    for index in step.demand.takes.indices {
      let take = step.demand.takes[index]
      if let place = old.place(of: take.lot, in: step.oldTakes),
        step.oldTakes[place].isSame(as: take)
      {
        step.demand.takes[index].posting = step.oldTakes[place].posting
      } else {
        let number = numbers.nextPosting()
        step.demand.takes[index].posting = number
        changes.postings.append(
          step.demand.takes[index].posted(by: step.demand.id, as: number))
      }
    }
  }

  private mutating func reverse(_ take: Take, of demand: Int64, _ changes: inout LedgerEntry) {
    let number = numbers.nextPosting()
    changes.postings.append(take.posted(by: demand, as: number, reverses: take.posting))
  }

  /// Balances of the lots of which another quantity has gone out than before.
  private func balanceDifferences(
    _ history: History, of book: Book, _ changes: inout LedgerEntry
  ) {
    var changed: [LotBalance] = []
    for lots in [book.lots, book.expired] {
      for lot in lots {
        let now = lot.outgoing
        if let before = history.before[lot.id], before == now { continue }
        if history.before[lot.id] == nil, now == .untouched(lot.id) { continue }
        changed.append(now)
      }
    }
    changes.balances.append(contentsOf: changed.sorted { $0.lot < $1.lot })
  }

  /// Writes the demands again behind the part of the chain that stands.
  private mutating func relink(_ history: History, _ index: Int) throws {
    storage.journal.live -= history.bytes
    var previous = history.previous
    var standing = true
    for position in history.steps.indices {
      if standing, position < history.changedFrom, history.steps[position].stands {
        previous = history.steps[position].pointer
        storage.journal.live += Int64(history.steps[position].size)
        continue
      }
      standing = false
      previous = try journal(history.steps[position].demand, after: previous)
    }
    books[index].head = previous
    books[index].lastKey = history.steps.last?.demand.key
    books[index].knowsLastKey = !history.steps.isEmpty
  }
}

extension LotBalance {
  fileprivate static func untouched(_ lot: Int64) -> LotBalance {
    LotBalance(discharged: .zero, lot: lot, movedOut: .zero, value: .zero)
  }
}
