import Ledger
import Messages

extension Books {
  /// What a move takes of each entry, for the lots that it opens at the other plant
  /// (Rules.md#R7.1).
  func moveTakings(
    _ demand: Demand, from plant: String, lot: (Int64) throws -> Lot?
  ) rethrows -> [MoveTaking] {
    guard let toPlant = demand.toPlant else { return [] }
    let move = MoveReference(
      date: demand.key.date, document: demand.key.document, line: demand.key.line,
      plant: plant)
    var takings: [MoveTaking] = []
    var entries = Places<TakenEntry>()
    for take in demand.takes {
      guard let lot = try lot(take.lot) else { continue }
      // Two lots of one entry that came by different moves leave as one.
      if let index = entries[TakenEntry(lot)] {
        takings[index].quantity.millionths += take.total
        takings[index].value.centavos += take.value
      } else {
        entries.append(TakenEntry(lot))
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

  /// What moves take now, if that is not what they took before.
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
    let (before, after) = (Places(old.lazy.map(\.entry)), Places(new.lazy.map(\.entry)))
    for var taking in old where after[taking.entry] == nil {
      taking.quantity = .zero
      taking.value = .zero
      changes.moves.append(taking)
    }
    for taking in new where before[taking.entry].map({ old[$0] }) != taking {
      changes.moves.append(taking)
    }
  }
}

/// An entry of which a demand took something, and where that goes; two lots of one entry are one.
struct TakenEntry: Hashable {
  var enteredOn: CalendarDate
  var line: Int32
  var pedimento: String
  var toPlant = ""

  /// A lot's entry.
  init(_ lot: Lot) {
    enteredOn = lot.enteredOn
    line = lot.line
    pedimento = lot.pedimento
  }

  fileprivate init(_ taking: MoveTaking) {
    enteredOn = taking.enteredOn
    line = taking.line
    pedimento = taking.pedimento
    toPlant = taking.toPlant
  }
}

extension MoveTaking {
  fileprivate var entry: TakenEntry { TakenEntry(self) }
}
