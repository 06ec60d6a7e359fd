/// Goods that go from plant to plant of a company.
extension SampleRun {
  /// Goods moved to another plant, with a notice; one time in four they go on from there on the
  /// same day, to a third plant or back. Now and then somebody moves what is not there.
  func move(from plant: Int) throws -> Bool {
    let own = plantsOf[catalogue.plants[plant].company]
    guard own.count > 1 else { return false }
    if random.chance(30) { return try moveNothing(from: plant, own) }
    guard let part = stocked(plant) else { return false }
    let quantity = whole(state(plant, part).customs / 15, of: part)
    guard quantity > 0 else { return false }
    var from = plant
    for _ in 0..<4 {
      let to = other(than: from, own)
      carry(quantity, of: part, from: from, to: to)
      try sendMove(quantity, of: part, from: from, to: to)
      try receive(quantity, of: part, at: to, by: stockDocuments)
      from = to
      guard room > 0, random.chance(250) else { break }
    }
    return true
  }

  /// More of a part than the plant has: nothing of it, as a rule.
  private func moveNothing(from plant: Int, _ own: [Int]) throws -> Bool {
    let known = catalogue.plants[plant].materials
    guard !known.isEmpty else { return false }
    let part = known[random.below(known.count)]
    let has = state(plant, part).customs
    try sendMove(
      whole(has, of: part) + 7 * Catalogue.one, of: part, from: plant,
      to: other(than: plant, own))
    change(plant, part) {
      $0.used += has
      $0.customs = 0
    }
    return true
  }

  private func sendMove(_ quantity: Int64, of part: Int, from: Int, to: Int) throws {
    try send(
      SampleStock(
        kind: .moved, plant: from, part: part, uom: catalogue.parts[part].baseUom,
        quantity: quantity, toPlant: to))
  }

  /// The other plant's receipt: as a rule of all that was sent, sometimes of half, sometimes none.
  private func receive(_ quantity: Int64, of part: Int, at plant: Int, by move: Int) throws {
    guard room > 0, !random.chance(60) else { return }
    let received = random.chance(40) ? whole(quantity / 2, of: part) : quantity
    guard received > 0 else { return }
    try send(
      SampleStock(
        kind: .received, plant: plant, part: part, uom: catalogue.parts[part].baseUom,
        quantity: received, move: move))
  }

  private func carry(_ quantity: Int64, of part: Int, from: Int, to: Int) {
    change(from, part) {
      $0.customs -= quantity
      $0.used += quantity
      $0.onHand = max(0, $0.onHand - quantity)
    }
    change(to, part) {
      $0.customs += quantity
      $0.onHand += quantity
    }
  }

  private func other(than plant: Int, _ own: [Int]) -> Int {
    let drawn = own[random.below(own.count)]
    guard drawn == plant else { return drawn }
    return own[0] == plant ? own[1] : own[0]
  }

  /// Pieces move whole.
  private func whole(_ quantity: Int64, of part: Int) -> Int64 {
    catalogue.parts[part].baseUom == 6 ? quantity / Catalogue.one * Catalogue.one : quantity
  }
}
