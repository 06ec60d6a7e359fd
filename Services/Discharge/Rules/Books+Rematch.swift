import Ledger
import Messages

extension Books {
  /// Takes back what was drawn by the demands at and after a key, changes the facts, serves the
  /// demands again, and posts the difference.
  mutating func rematch(
    _ number: Int32, from key: SequenceKey, _ changes: inout LedgerEntry,
    _ change: (inout Self, inout History, inout LedgerEntry) throws -> Void
  ) throws {
    let index = Int(number)
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
    relink(history, index)
    for lot in history.withdrawnLots { withdrawnLots.append((number, lot.id)) }
    if !scrap.isEmpty { try settle(scrap, in: scrapBook(of: number), changes) }
  }

  private mutating func unwind(_ number: Int32, from key: SequenceKey) throws -> History {
    try gather(number)
    let index = Int(number)
    var steps: [History.Step] = []
    var pointer = books[index].head
    while pointer >= 0 {
      let record = try record(at: pointer)
      if record.demand.key < key { break }
      steps.append(History.Step(posted: record.demand, pointer: pointer))
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

  /// Reversals and new postings where what a demand drew is not what it had drawn.
  private mutating func postDifferences(_ history: inout History, _ changes: inout LedgerEntry) {
    for demand in history.withdrawn {
      for take in demand.takes { reverse(take, of: demand.id, &changes) }
      changes.demands.append(demand.state(gone: true))
    }
    // Most demands of a long suffix draw as they did.
    for index in history.steps.indices where !history.steps[index].stands {
      keepPostings(&history.steps[index], &changes)
      if history.steps[index].isOther {
        changes.demands.append(history.steps[index].demand.state())
      }
    }
  }

  private mutating func keepPostings(_ step: inout History.Step, _ changes: inout LedgerEntry) {
    let old = step.oldTakes
    guard step.demand.takes != old else { return }
    for take in old where !step.demand.takes.contains(where: { $0.isSame(as: take) }) {
      reverse(take, of: step.demand.id, &changes)
    }
    for index in step.demand.takes.indices {
      if let same = old.first(where: { $0.isSame(as: step.demand.takes[index]) }) {
        step.demand.takes[index].posting = same.posting
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

  /// Balances of the lots out of which something else has gone than before.
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
  private mutating func relink(_ history: History, _ index: Int) {
    var previous = history.previous
    var standing = true
    for position in history.steps.indices {
      if standing, position < history.changedFrom, history.steps[position].stands {
        previous = history.steps[position].pointer
        continue
      }
      standing = false
      previous = journal(history.steps[position].demand, after: previous)
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
