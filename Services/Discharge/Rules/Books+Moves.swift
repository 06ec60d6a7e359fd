import Ledger
import Messages

extension Books {
  /// What a move takes of each entry, for the lots that it opens at the other plant
  /// (RULES, section 7).
  func moveTakings(
    _ demand: Demand, from plant: String, lot: (Int64) throws -> Lot?
  ) rethrows -> [MoveTaking] {
    guard let toPlant = demand.toPlant else { return [] }
    let move = MoveReference(
      date: demand.key.date, document: demand.key.document, line: demand.key.line,
      plant: plant)
    var takings: [MoveTaking] = []
    for take in demand.takes {
      guard let lot = try lot(take.lot) else { continue }
      // Two lots of one entry that came by different moves leave as one.
      if let index = takings.firstIndex(where: { $0.isOf(lot) }) {
        takings[index].quantity.millionths += take.total
        takings[index].value.centavos += take.value
      } else {
        takings.append(
          MoveTaking(
            clave: lot.clave, dueOn: lot.dueOn == .never ? nil : lot.dueOn,
            enteredOn: lot.enteredOn, line: lot.line, move: move, pedimento: lot.pedimento,
            quantity: Quantity(millionths: take.total), toPlant: toPlant,
            value: Money(centavos: take.value)))
      }
    }
    return takings
  }

  /// What moves take now, where that is not what they took before.
  func moveDifferences(
    _ history: History, of book: Book, _ changes: inout LedgerEntry
  ) throws {
    let moves = history.steps.filter { $0.demand.isMove }
    let withdrawn = history.withdrawn.filter { $0.isMove }
    guard !moves.isEmpty || !withdrawn.isEmpty else { return }
    var lots: [Int64: Lot] = [:]
    for lot in book.lots + book.expired + history.withdrawnLots { lots[lot.id] = lot }
    for step in moves {
      report(
        from: step.before.map { before in
          moveTakings(before, from: book.plant) { history.revisedLots[$0] ?? lots[$0] }
        } ?? [],
        to: moveTakings(step.demand, from: book.plant) { lots[$0] }, &changes)
    }
    for demand in withdrawn {
      report(from: moveTakings(demand, from: book.plant) { lots[$0] }, to: [], &changes)
    }
  }

  private func report(
    from old: [MoveTaking], to new: [MoveTaking], _ changes: inout LedgerEntry
  ) {
    for var taking in old where !new.contains(where: { $0.isSameEntry(as: taking) }) {
      taking.quantity = .zero
      taking.value = .zero
      changes.moves.append(taking)
    }
    for taking in new where !old.contains(taking) { changes.moves.append(taking) }
  }
}

extension MoveTaking {
  fileprivate func isOf(_ lot: Lot) -> Bool {
    line == lot.line && pedimento == lot.pedimento && enteredOn == lot.enteredOn
  }

  fileprivate func isSameEntry(as other: MoveTaking) -> Bool {
    line == other.line && pedimento == other.pedimento && enteredOn == other.enteredOn
      && toPlant == other.toPlant
  }
}
