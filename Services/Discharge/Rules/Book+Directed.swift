import Messages

extension Book {
  /// A lot that a demand names, and where it lies.
  private struct Named {
    enum Place {
      case atHand(Int)
      case resting(Int)
      case expired(Int)
      case restingExpired(Int)
    }

    var lot: Lot
    var place: Place
  }

  /// Serves a demand that names entries, where some lots rest: only lots of those entries are
  /// loaded, and go back to where they were.
  mutating func serveNamed(
    _ demand: inout Demand, _ open: inout Split, _ balances: inout [LotBalance],
    _ storage: any BookStorage, _ number: Int32
  ) throws {
    var named: [Named] = []
    for index in lots.indices where demand.names(lots[index]) {
      named.append(Named(lot: lots[index], place: .atHand(index)))
    }
    // Few entries are named: looking through them is quicker than hashing.
    let marks = demand.directed.map(\.mark)
    for index in resting.indices where marks.contains(resting[index].mark) {
      let lot = try storage.lot(resting[index].id, of: number)
      named.append(Named(lot: lot, place: .resting(index)))
    }
    if demand.mayTakeExpired {
      for index in expired.indices where demand.names(expired[index]) {
        named.append(Named(lot: expired[index], place: .expired(index)))
      }
      for index in restingExpired.indices where marks.contains(restingExpired[index].mark) {
        let lot = try storage.lot(restingExpired[index].id, of: number)
        named.append(Named(lot: lot, place: .restingExpired(index)))
      }
    }
    named.sort { Lot.draws($0.lot, before: $1.lot) }
    var empty: (resting: [Int], expired: [Int]) = ([], [])
    for var item in named where open.total > 0 {
      guard demand.mayTake(item.lot),
        demand.mayTakeExpired || item.lot.dueOn >= demand.key.date
      else { continue }
      demand.draw(&open, from: &item.lot, &balances)
      switch item.place {
      case .atHand(let index): lots[index] = item.lot
      case .resting(let index):
        try storage.keep(item.lot, of: number)
        if item.lot.balance == 0 { empty.resting.append(index) }
      case .expired(let index): expired[index] = item.lot
      case .restingExpired(let index):
        try storage.keep(item.lot, of: number)
        if item.lot.balance == 0 { empty.expired.append(index) }
      }
    }
    for index in empty.resting.sorted(by: >) { resting.remove(at: index) }
    for index in empty.expired.sorted(by: >) { restingExpired.remove(at: index) }
  }
}
