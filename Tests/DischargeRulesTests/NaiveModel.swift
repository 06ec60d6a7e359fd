import Ledger
import Messages

/// One book served once from all its facts, in millionths and centavos: the rules and nothing else.
struct NaiveModel {
  private struct Lot {
    let movement: LotMovement
    let opened: Int128
    var left: Int128
    var valueGone: Int128 = 0
  }

  private(set) var takes: [String] = []
  private(set) var shortages: [String] = []
  private var lots: [Lot]

  init(lots: [LotMovement], demands: [DemandMovement]) {
    self.lots = lots.map { lot in
      let opened = Int128(lot.quantity?.millionths ?? 0)
      return Lot(movement: lot, opened: opened, left: opened)
    }
    self.lots.sort { Self.isBefore($0.movement, $1.movement) }
    for demand in demands.sorted(by: { $0.key < $1.key }) { serve(demand) }
    takes.sort()
    shortages.sort()
  }

  private static func isBefore(_ a: LotMovement, _ b: LotMovement) -> Bool {
    if a.enteredOn != b.enteredOn { return a.enteredOn < b.enteredOn }
    if a.pedimento != b.pedimento { return a.pedimento < b.pedimento }
    return a.line != b.line ? a.line < b.line : a.available < b.available
  }

  private mutating func serve(_ demand: DemandMovement) {
    var open = [demand.incorporated, demand.waste, demand.scrap].map { Int128($0?.millionths ?? 0) }
    for index in lots.indices where usable(lots[index].movement, by: demand) {
      var taken: [Int128] = [0, 0, 0]
      for share in 0..<3 {
        taken[share] = min(open[share], lots[index].left)
        open[share] -= taken[share]
        lots[index].left -= taken[share]
      }
      if taken == [0, 0, 0] { continue }
      let (lot, gone) = (lots[index], lots[index].opened - lots[index].left)
      let value = Int128(lot.movement.value?.centavos ?? 0)
      let out = (2 * value * gone + lot.opened) / (2 * lot.opened)
      let amount = Money(centavos: Int64(out - lot.valueGone))
      lots[index].valueGone = out
      let parts = taken.map { Quantity(millionths: Int64($0)).description }
      takes.append(
        "\(demand.document)/\(demand.line) \(lot.movement.pedimento)/\(lot.movement.line) "
          + "\(parts.joined(separator: "+")) =\(amount)")
    }
    let short = open.reduce(0, +)
    if short > 0 {
      let quantity = Quantity(millionths: Int64(short))
      shortages.append("\(demand.document)/\(demand.line) \(quantity)")
    }
  }

  private func usable(_ lot: LotMovement, by demand: DemandMovement) -> Bool {
    if lot.available >= demand.key { return false }
    if let due = lot.dueOn, due < demand.date, demand.clave != "A3" { return false }
    guard let named = demand.directed else { return true }
    return named.contains { $0.pedimento == lot.pedimento && $0.line == lot.line }
  }
}
