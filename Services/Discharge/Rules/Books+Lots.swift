import Ledger
import Messages

extension Books {
  /// Takes a lot, a new revision of one, or its withdrawal.
  ///
  /// - Parameter changes: gets what the movement changed.
  /// - Throws: ``BooksError``, or what the storage throws.
  public mutating func apply(
    _ movement: LotMovement, to number: Int32, _ changes: inout LedgerEntry
  ) throws {
    guard try appends(movement, number, &changes) else {
      return try apply([movement], to: number, &changes)
    }
  }

  /// Takes lots of one book together: what comes after the first of them is served again once.
  ///
  /// It ends as one after another would; only what is posted on the way is less.
  ///
  /// - Parameter changes: gets what the movements changed.
  /// - Throws: ``BooksError``, or what the storage throws.
  public mutating func apply(
    _ movements: [LotMovement], to number: Int32, _ changes: inout LedgerEntry
  ) throws {
    guard let from = movements.map(\.available).min() else { return }
    if try onlyAppends(movements, to: number) {
      for movement in movements { _ = try appends(movement, number, &changes) }
      return
    }
    touch(number)
    try rematch(number, from: from, &changes) { books, history, changes in
      var places = Self.places(of: movements, in: history.lots)
      var gone: Set<Int> = []
      for movement in movements {
        try books.revise(movement, &history, &places, &gone, &changes)
      }
      guard !gone.isEmpty else { return }
      history.lots = history.lots.enumerated().filter { !gone.contains($0.offset) }.map(\.element)
    }
  }

  /// Puts a lot that is new and comes after everything in its book behind that; answers whether it
  /// is one.
  private mutating func appends(
    _ movement: LotMovement, _ number: Int32, _ changes: inout LedgerEntry
  ) throws -> Bool {
    guard movement.revision == 1, let quantity = movement.quantity, let value = movement.value
    else { return false }
    if let last = try lastKey(of: Int(number)), movement.available < last { return false }
    touch(number)
    let lot = newLot(movement, quantity, value)
    changes.lots.append(lot.state)
    try insert(lot, in: number)
    return true
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

  /// Whether lots are new and come after everything in their book: then nothing is served again.
  ///
  /// - Throws: ``BooksError``, or what the storage throws.
  public mutating func onlyAppends(
    _ movements: [LotMovement], to number: Int32
  ) throws -> Bool {
    guard let last = try lastKey(of: Int(number)) else {
      return movements.allSatisfy { $0.opensLot }
    }
    return movements.allSatisfy { $0.opensLot && $0.available >= last }
  }

  /// Puts one revision in its place among the lots of a history.
  private mutating func revise(
    _ movement: LotMovement, _ history: inout History, _ places: inout [LotIdentity: Int],
    _ gone: inout Set<Int>, _ changes: inout LedgerEntry
  ) throws {
    let identity = movement.identity
    let place = places[identity]
    if let place, history.lots[place].revision >= movement.revision { return }
    if let quantity = movement.quantity, let value = movement.value {
      guard let place else {
        let lot = newLot(movement, quantity, value)
        places[identity] = history.lots.count
        history.lots.append(lot)
        changes.lots.append(lot.state)
        return
      }
      let old = history.lots[place]
      let lot = Lot(id: old.id, movement, quantity: quantity, value: value)
      // As it was before the change, also where one change revises it twice.
      if history.revisedLots[lot.id] == nil { history.revisedLots[lot.id] = old }
      history.lots[place] = lot
      changes.lots.append(lot.state)
    } else if let place {
      changes.lots.append(history.lots[place].goneState)
      history.withdrawnLots.append(history.lots[place])
      places[identity] = nil
      gone.insert(place)
    } else {
      throw BooksError.missingMovement(
        document: movement.pedimento, line: movement.line, revision: movement.revision)
    }
  }
}

extension LotMovement {
  /// Whether it is the first that is heard of its lot.
  fileprivate var opensLot: Bool { revision == 1 && quantity != nil && value != nil }
}
