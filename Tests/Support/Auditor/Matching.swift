/// Rules.md#R5.2, Rules.md#R7.1, Rules.md#R8.1: every demand once, in sequence-key order, over all
/// books together. That is enough because what a move brings, and the scrap that a demand leaves,
/// is available only after its own key.
struct Matching {
  private(set) var lots: [Lot]
  private(set) var demands: [Demand] = []

  /// - Parameter last: the day of the books; nil for all.
  init(_ derivation: Derivation, until last: Text? = nil) {
    lots = derivation.lots.filter { Matching.isIn($0.available, until: last) }
    for demand in derivation.demands.sorted(by: { $0.precedes($1) })
    where Matching.isIn(demand.key, until: last) {
      demands.append(served(demand))
    }
  }

  private static func isIn(_ key: SequenceKey, until last: Text?) -> Bool {
    last.map { key.date <= $0 } ?? true
  }

  private mutating func served(_ asked: Demand) -> Demand {
    var demand = asked
    var left = demand.wanted
    for lot in usable(by: demand) {
      let three = take(&left, from: lot, moves: demand.toPlant != nil)
      if three.total == .zero { break }
      let value =
        Exact.value(lot.value, of: lot.opened - lot.balance, in: lot.opened) - lot.valueGone
      lot.valueGone += value
      demand.takes.append(Demand.Take(lot: lot, three: three, value: value))
      if let plant = demand.toPlant {
        lots.append(
          Lot(
            Book(plant: plant, part: lot.book.part), lot.pedimento, lot.line,
            enteredOn: lot.enteredOn, dueOn: lot.dueOn, available: demand.key,
            broughtBy: demand.tie, opened: three.total, value: value))
      }
    }
    demand.shortage = left.total
    if !demand.book.scrap, demand.toPlant == nil { lots += Matching.scrap(demand) }
    return demand
  }

  /// What a demand takes of one entry as scrap is one lot, without a time limit. Its value is the
  /// scrap's share of what each take is worth.
  private static func scrap(_ demand: Demand) -> [Lot] {
    let takes = demand.takes.filter { $0.three.scrap > .zero }
    let entries = Dictionary(grouping: takes) { take in
      Line.Reference(pedimento: take.lot.pedimento, line: take.lot.line)
    }
    return entries.map { entry, takes in
      Lot(
        Book(plant: demand.book.plant, part: demand.book.part, scrap: true), entry.pedimento,
        entry.line, enteredOn: takes[0].lot.enteredOn, dueOn: nil, available: demand.key,
        broughtBy: [demand.product, demand.only == nil ? "" : "directed"],
        opened: takes.reduce(.zero) { $0 + $1.three.scrap },
        value: takes.reduce(.zero) {
          $0 + Exact.value($1.value, of: $1.three.scrap, in: $1.three.total)
        })
    }
  }

  /// First in, first out.
  private func usable(by demand: Demand) -> [Lot] {
    lots.filter { lot in
      lot.book == demand.book && lot.balance > .zero && lot.available < demand.key
        && (demand.takesExpired || lot.dueOn.map { demand.key.date <= $0 } ?? true)
        && (demand.only?.contains(Line.Reference(pedimento: lot.pedimento, line: lot.line)) ?? true)
    }.sorted { a, b in
      let (left, right) = ((a.enteredOn, a.pedimento, a.line), (b.enteredOn, b.pedimento, b.line))
      if left != right { return left < right }
      if a.available != b.available { return a.available < b.available }
      return a.broughtBy.lexicographicallyPrecedes(b.broughtBy)
    }
  }

  /// Incorporated first, then waste, then scrap.
  private func take(_ left: inout Three, from lot: Lot, moves: Bool) -> Three {
    var taken = Three()
    for share in [\Three.incorporated, \Three.waste, \Three.scrap] {
      let quantity = min(left[keyPath: share], lot.balance)
      left[keyPath: share] -= quantity
      taken[keyPath: share] += quantity
      if moves { lot.moved += quantity } else { lot.discharged += quantity }
    }
    return taken
  }
}
