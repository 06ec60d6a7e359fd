import Ledger

/// What happens on the floor: receipts of what was imported, orders that make what is exported.
extension SampleRun {
  func makeStock() throws {
    let plant = random.below(plan.plants)
    if plan.movedPerMille > 0, random.chance(plan.movedPerMille), try move(from: plant) { return }
    if plan.submanufacturePerMille > 0, random.chance(plan.submanufacturePerMille) {
      try submanufacture(plant)
    }
    if random.chance(25) { return try count(plant) }
    let waiting = plants[plant].receipts.count
    if waiting > 0, waiting > 100 || plants[plant].order == nil || random.chance(300) {
      return try receive(plant)
    }
    if try ship(plant) { return }
    if try work(plant) { return }
    try count(plant)
  }

  func send(_ stock: SampleStock) throws {
    summary.movements += 1
    stockByKind[stock.kind.rawValue] += 1
    stockDocuments += 1
    let delay = drawDelay()
    events.stock(stock, document: stockDocuments, happened: now, time: now + delay)
    try send(.stock, delay: delay)
  }

  private func receive(_ plant: Int) throws {
    guard let receipt = plants[plant].receipts.pop() else { return }
    change(plant, receipt.part) { $0.onHand += receipt.base }
    try send(
      SampleStock(
        kind: .received, plant: plant, part: receipt.part, uom: receipt.uom,
        quantity: receipt.quantity, location: random.below(400)))
  }

  /// Sends goods off once they are on the shelf.
  private func ship(_ plant: Int) throws -> Bool {
    guard let next = plants[plant].leaving.first else { return false }
    let units = next.units * Catalogue.one
    guard state(plant, next.product).onHand >= units else {
      // Between orders nothing is coming any more: the rest left with another shipment.
      if plants[plant].order == nil { _ = plants[plant].leaving.pop() }
      return false
    }
    _ = plants[plant].leaving.pop()
    change(plant, next.product) { $0.onHand -= units }
    try send(
      SampleStock(kind: .shipped, plant: plant, part: next.product, uom: 6, quantity: units))
    return true
  }

  /// One step of the plant's production order; false when there is nothing to make.
  private func work(_ plant: Int) throws -> Bool {
    if plants[plant].order == nil { openOrder(plant) }
    guard var order = plants[plant].order else { return false }
    while order.next < order.uses.count {
      let use = order.uses[order.next]
      order.next += 1
      let quantity = min(use.total * order.units, state(plant, use.part).onHand)
      guard quantity > 0 else { continue }
      plants[plant].order = order
      change(plant, use.part) { $0.onHand -= quantity }
      try send(
        SampleStock(
          kind: .issued, plant: plant, part: use.part, uom: catalogue.parts[use.part].baseUom,
          quantity: quantity, order: order.number, location: random.below(400)))
      return true
    }
    plants[plant].order = nil
    if order.next == order.uses.count {
      let units = order.units * Catalogue.one
      change(plant, order.product) { $0.onHand += units }
      try send(
        SampleStock(
          kind: .completed, plant: plant, part: order.product, uom: 6, quantity: units,
          order: order.number))
      try scrap(plant, order)
      return true
    }
    return false
  }

  /// One order in five breaks something.
  private func scrap(_ plant: Int, _ order: PlantState.Order) throws {
    guard room > 0, !order.uses.isEmpty, random.chance(200) else { return }
    let use = order.uses[random.below(order.uses.count)]
    let pieces = catalogue.parts[use.part].baseUom == 6
    var quantity = min(use.total * order.units / 50, state(plant, use.part).onHand)
    if pieces { quantity = quantity / Catalogue.one * Catalogue.one }
    guard quantity > 0 else { return }
    change(plant, use.part) { $0.onHand -= quantity }
    try send(
      SampleStock(
        kind: .scrapped, plant: plant, part: use.part, uom: catalogue.parts[use.part].baseUom,
        quantity: quantity, order: order.number))
  }

  /// Splits shipments into as many orders as the plan's share of stock events asks for.
  private func openOrder(_ plant: Int) {
    guard var shipment = plants[plant].shipments.first else { return }
    let split = Int64(max(1, plan.stockPerMille / max(1, 1000 - plan.stockPerMille)))
    let backlog = plants[plant].shipments.count > 48
    let size = backlog ? shipment.units : (shipment.units + split - 1) / split
    let units = min(size, shipment.unplanned)
    shipment.unplanned -= units
    if shipment.unplanned > 0 {
      plants[plant].shipments.replaceFirst(shipment)
    } else {
      _ = plants[plant].shipments.pop()
      plants[plant].leaving.push(shipment)
    }
    orders += 1
    plants[plant].order = PlantState.Order(
      number: orders, product: shipment.product, units: units,
      uses: explosion(shipment.product, plant))
  }

  /// A cycle count: right nine times in ten.
  private func count(_ plant: Int) throws {
    let known = catalogue.plants[plant].materials
    var part = catalogue.plants[plant].products[0]
    for _ in 0..<4 where !known.isEmpty {
      part = known[random.below(known.count)]
      // An empty bin is counted now and then only.
      if state(plant, part).onHand > Catalogue.one { break }
    }
    var quantity = state(plant, part).onHand
    if random.chance(100) { quantity = quantity / 1000 * Int64(990 + random.below(15)) }
    if catalogue.parts[part].baseUom == 6 { quantity = quantity / Catalogue.one * Catalogue.one }
    try send(
      SampleStock(
        kind: .counted, plant: plant, part: part, uom: catalogue.parts[part].baseUom,
        quantity: quantity, location: random.below(400)))
  }
}
