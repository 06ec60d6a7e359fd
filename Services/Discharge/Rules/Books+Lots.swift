import Ledger
import Messages

extension Books {
  /// Puts a new lot behind everything that was served in its book.
  mutating func append(
    _ movement: LotMovement, to number: Int32, _ changes: inout LedgerEntry
  ) throws {
    guard let opened = movement.opened else { return }
    touch(number)
    let lot = Lot(
      id: numbers.nextLot(), movement, quantity: opened.quantity, value: opened.value)
    books[Int(number)].facts += 1
    changes.lots.append(lot.state)
    try insert(lot, in: number)
  }

  /// Puts new lots and revisions of others in their places among the lots of a history, in the
  /// order in which they came.
  mutating func revise(
    _ movements: [LotMovement], among history: inout History, of number: Int32,
    _ changes: inout LedgerEntry
  ) throws {
    guard !movements.isEmpty else { return }
    var places = Self.places(of: movements, in: history.lots)
    var gone: Set<Int> = []
    for movement in movements {
      try revise(movement, &history, &places, &gone, &changes, number)
    }
    guard !gone.isEmpty else { return }
    history.lots = history.lots.enumerated().filter { !gone.contains($0.offset) }.map(\.element)
  }

  /// Where the lots are that movements speak of. At hand they are among the lots; with nothing
  /// left, what they gave was just taken back.
  private static func places(
    of movements: [LotMovement], in lots: [Lot]
  ) -> [LotIdentity: Int] {
    var places: [LotIdentity: Int] = [:]
    if movements.count == 1, let movement = movements.first {
      // Most late facts are a lot that is new.
      guard movement.revision > 1 else { return [:] }
      let identity = movement.identity
      places[identity] = lots.firstIndex { $0.line == identity.line && $0.identity == identity }
    } else {
      for (place, lot) in lots.enumerated() { places[lot.identity] = place }
    }
    return places
  }

  /// Puts one revision in its place among the lots of a history.
  private mutating func revise(
    _ movement: LotMovement, _ history: inout History, _ places: inout [LotIdentity: Int],
    _ gone: inout Set<Int>, _ changes: inout LedgerEntry, _ number: Int32
  ) throws {
    let identity = movement.identity
    let place = places[identity]
    if let place, history.lots[place].revision >= movement.revision { return }
    if let opened = movement.opened {
      guard let place else {
        let lot = Lot(
          id: numbers.nextLot(), movement, quantity: opened.quantity, value: opened.value)
        places[identity] = history.lots.count
        history.lots.append(lot)
        books[Int(number)].facts += 1
        changes.lots.append(lot.state)
        return
      }
      let old = history.lots[place]
      let lot = Lot(id: old.id, movement, quantity: opened.quantity, value: opened.value)
      // As it was before the change, also where one change revises it twice.
      if history.revisedLots[lot.id] == nil { history.revisedLots[lot.id] = old }
      history.lots[place] = lot
      changes.lots.append(lot.state)
    } else if let place {
      changes.lots.append(history.lots[place].goneState)
      history.withdrawnLots.append(history.lots[place])
      books[Int(number)].facts -= 1
      places[identity] = nil
      gone.insert(place)
    } else {
      throw BooksError.missingMovement(
        document: movement.pedimento, line: movement.line, revision: movement.revision)
    }
  }
}
