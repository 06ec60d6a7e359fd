/// Goods at a sub-manufacturer; each company has registered one. No book and no shelf of the
/// sample changes by it, and it is no movement of its count.
extension SampleRun {
  /// Sends something off, or takes something back: all of it, a part of it, or too much.
  func submanufacture(_ plant: Int) throws {
    if let sent = plants[plant].elsewhere.first, random.chance(500) {
      _ = plants[plant].elsewhere.pop()
      let share = [1_000, 1_000, 600, 1_050][random.below(4)]
      let quantity = max(Catalogue.one, sent.quantity / 1_000 * Int64(share))
      return try send(
        SampleSubmanufacture(
          isBack: true, plant: plant, part: sent.part, quantity: quantity,
          sent: random.chance(500) ? sent.document : 0))
    }
    guard let part = stocked(plant) else { return }
    let quantity = max(
      Catalogue.one, state(plant, part).customs / 20 / Catalogue.one * Catalogue.one)
    try send(
      SampleSubmanufacture(isBack: false, plant: plant, part: part, quantity: quantity, sent: 0))
    plants[plant].elsewhere.push(
      PlantState.Elsewhere(document: submanufactures, part: part, quantity: quantity))
  }

  private func send(_ goods: SampleSubmanufacture) throws {
    submanufactures += 1
    let delay = drawDelay()
    events.submanufacture(goods, document: submanufactures, happened: now, time: now + delay)
    try send(.submanufacture, delay: delay)
  }
}

/// Goods that go to the company's sub-manufacturer or come back.
struct SampleSubmanufacture {
  var isBack: Bool
  var plant: Int
  var part: Int
  /// Millionths of the base unit.
  var quantity: Int64
  /// The document by which they went, where what comes back names it; else 0.
  var sent: Int
}
