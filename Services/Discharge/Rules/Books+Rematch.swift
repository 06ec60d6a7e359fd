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
    var scratch: [LotBalance] = []
    for step in history.steps.indices {
      books[index].serve(&history.steps[step].demand, &scratch)
      scratch.removeAll(keepingCapacity: true)
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
    for step in steps {
      for take in step.oldTakes {
        var place = places[take.lot]
        if place == nil {
          guard let lot = try storage.closedLot(take.lot, of: number) else {
            throw BooksError.missingLot(take.lot)
          }
          place = lots.count
          places[take.lot] = lots.count
          before[take.lot] = lot.outgoing
          lots.append(lot)
        }
        lots[place ?? 0].giveBack(take.total, value: take.value, byMove: step.demand.isMove)
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
    for index in history.steps.indices {
      keepPostings(&history.steps[index], &changes)
      let step = history.steps[index]
      // Of a demand that was not replaced only the shortage can be another.
      let isOther =
        step.replaced.map { $0.state() != step.demand.state() }
        ?? (step.oldShortage != step.demand.shortage)
      if isOther { changes.demands.append(step.demand.state()) }
    }
  }

  private mutating func keepPostings(_ step: inout History.Step, _ changes: inout LedgerEntry) {
    let old = step.oldTakes
    // Most demands of a long suffix draw as they did; the general way is only for the others.
    if old.count == step.demand.takes.count,
      zip(old, step.demand.takes).allSatisfy({ $0.isSame(as: $1) })
    {
      for index in old.indices { step.demand.takes[index].posting = old[index].posting }
      return
    }
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
    for (position, step) in history.steps.enumerated() {
      if standing, position < history.changedFrom, step.stands {
        previous = step.pointer
        continue
      }
      standing = false
      previous = journal(step.demand, after: previous)
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
