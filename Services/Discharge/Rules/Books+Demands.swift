import Ledger
import Messages

extension Books {
  /// Serves a new demand behind everything that was served in its book.
  mutating func append(
    _ movement: DemandMovement, to number: Int32, _ changes: inout LedgerEntry
  ) throws {
    guard let asked = movement.asked else { return }
    let index = Int(number)
    touch(number)
    var demand = movement.demand(numbers.nextDemand(), asked: asked)
    swap(&demand.takes, &spareTakes)
    let first = try serve(&demand, in: number, &changes.balances)
    served += 1
    if demand.isMove { try reportMove(demand, of: index, from: first, &changes) }
    post(&demand, &changes)
    try append(demand, to: index)
    books[index].facts += 1
    if asked.scrap > 0 { try leaveScrap(of: demand, in: number, from: first, changes) }
    swap(&demand.takes, &spareTakes)
  }

  /// Puts new demands and revisions of others in their places among the demands of a history: those
  /// of one key in the order in which they came, all of them in one pass.
  mutating func revise(
    _ movements: [DemandMovement], among history: inout History, of number: Int32
  ) throws {
    guard !movements.isEmpty else { return }
    let keys = movements.map(\.key)
    let order = movements.indices.sorted {
      keys[$0] != keys[$1] ? keys[$0] < keys[$1] : $0 < $1
    }
    let from = history.place(of: keys[order[0]])
    var steps: [History.Step] = []
    steps.reserveCapacity(history.steps.count - from + movements.count)
    var (old, next) = (from, 0)
    while next < order.count {
      let key = keys[order[next]]
      while let step = history.step(at: old), step.demand.key < key {
        steps.append(step)
        old += 1
      }
      let known = history.step(at: old).flatMap { $0.demand.key == key ? $0 : nil }
      if known != nil { old += 1 }
      var revised = RevisedDemand(known)
      while next < order.count, keys[order[next]] == key {
        try revised.take(movements[order[next]], &numbers)
        next += 1
      }
      history.withdrawn.append(contentsOf: revised.withdrawn)
      books[Int(number)].facts += (revised.demand == nil ? 0 : 1) - (known == nil ? 0 : 1)
      guard revised.isChanged else {
        if let known { steps.append(known) }
        continue
      }
      history.changedFrom = min(history.changedFrom, from + steps.count)
      if let demand = revised.demand {
        steps.append(History.Step(demand, replacing: revised.posted))
      }
    }
    steps.append(contentsOf: history.steps[old...])
    history.steps.removeSubrange(from...)
    history.steps.append(contentsOf: steps)
  }
}

/// One demand of a history while revisions of it come.
private struct RevisedDemand {
  /// As it is to be served; nil if there is none, or none any more.
  var demand: Demand?
  /// As it was posted; nil if it was not.
  var posted: Demand?
  /// As it was posted before it was withdrawn.
  var withdrawn: [Demand] = []
  var isChanged = false

  init(_ step: History.Step?) {
    demand = step?.demand
    posted = step?.before
  }

  mutating func take(_ movement: DemandMovement, _ numbers: inout Books.Numbers) throws {
    if let demand, demand.revision >= movement.revision { return }
    if let asked = movement.asked {
      demand = movement.demand(demand?.id ?? numbers.nextDemand(), asked: asked)
    } else if demand != nil {
      if let posted { withdrawn.append(posted) }
      (demand, posted) = (nil, nil)
    } else {
      throw BooksError.missingMovement(
        document: movement.document, line: movement.line, revision: movement.revision)
    }
    isChanged = true
  }
}
