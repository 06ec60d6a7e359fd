import Ledger
import Messages

extension Book {
  /// Serves a demand that comes after every demand served so far (Rules.md#R5.2).
  ///
  /// - Parameter balances: gets what has gone out of each lot that was drawn on.
  /// - Precondition: everything is in memory where the demand may take expired lots and names none.
  mutating func serve(
    _ demand: inout Demand, _ balances: inout [LotBalance], _ storage: any BookStorage,
    _ number: Int32
  ) throws {
    demand.takes.removeAll(keepingCapacity: true)
    var open = demand.asked
    if rests, demand.isDirected {
      try serveNamed(&demand, &open, &balances, storage, number)
    } else if !expired.isEmpty, demand.mayTakeExpired {
      serveFromAll(&demand, &open, &balances)
    } else {
      serveFromLots(&demand, &open, &balances)
      while open.total > 0, let next = resting.first, next.enteredOn <= demand.key.date {
        try recall(from: storage, number)
        serveFromLots(&demand, &open, &balances)
      }
    }
  }

  /// Brings the next of the resting lots into memory.
  private mutating func recall(from storage: any BookStorage, _ number: Int32) throws {
    let next = resting.prefix(Self.recalled)
    for lot in next { lots.append(try storage.lot(lot.id, of: number)) }
    resting.removeFirst(next.count)
  }

  private static let recalled = 16

  private mutating func serveFromLots(
    _ demand: inout Demand, _ open: inout Split, _ balances: inout [LotBalance]
  ) {
    var index = first
    // A lot is available from its entry on at the earliest, and lots are in the order of entry.
    while index < lots.count, open.total > 0, lots[index].enteredOn <= demand.key.date {
      if lots[index].balance == 0 {
        if index == first { first += 1 }
        index += 1
        continue
      }
      // Later demands find the lot expired too: dates only grow along the sequence.
      if lots[index].dueOn < demand.key.date, !demand.mayTakeExpired {
        insertExpired(lots.remove(at: index))
        continue
      }
      if demand.mayTake(lots[index]) {
        demand.draw(&open, from: &lots[index], &balances)
      }
      index += 1
    }
    while first < lots.count, lots[first].balance == 0 { first += 1 }
  }

  /// A3: expired lots and others in one order.
  private mutating func serveFromAll(
    _ demand: inout Demand, _ open: inout Split, _ balances: inout [LotBalance]
  ) {
    var (old, index) = (0, first)
    while open.total > 0, old < expired.count || index < lots.count {
      let fromExpired =
        index >= lots.count || (old < expired.count && Lot.draws(expired[old], before: lots[index]))
      if fromExpired {
        if demand.mayTake(expired[old]) { demand.draw(&open, from: &expired[old], &balances) }
        old += 1
      } else {
        if demand.mayTake(lots[index]) { demand.draw(&open, from: &lots[index], &balances) }
        index += 1
      }
    }
  }
}

extension Demand {
  /// Takes from a lot what is left of the demand.
  mutating func draw(
    _ open: inout Split, from lot: inout Lot, _ balances: inout [LotBalance]
  ) {
    let quantity = open.draw(atMost: lot.balance)
    let value = lot.take(quantity.total, byMove: isMove)
    takes.append(Take(lot: lot.id, quantity: quantity, value: value, posting: 0))
    balances.append(lot.outgoing)
  }
}
