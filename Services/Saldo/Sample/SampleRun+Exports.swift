import Ledger

/// Returns abroad: finished goods through their bills of materials, and goods in the same state.
extension SampleRun {
  /// Up to four lines of products whose components were imported; what lacks is put on the
  /// shopping list, and four in a thousand such lines are exported all the same.
  func export(_ plant: Int) throws -> Bool {
    let products = catalogue.plants[plant].products
    var lines: [(product: Int, units: Int64)] = []
    var needed = 0
    for _ in 0..<(1 + random.below(4)) {
      let product = products[random.below(products.count)]
      let uses = explosion(product, plant)
      guard !lines.contains(where: { $0.product == product }), needed + uses.count <= room
      else { continue }
      let units = unitsToExport(product, plant, uses)
      guard units > 0 else { continue }
      needed += uses.count
      lines.append((product, units))
      // Taken now, so that the next line does not count on the same goods, and given back below.
      for use in uses { take(plant, use.part, use.total * units) }
    }
    for line in lines {
      for use in explosion(line.product, plant) { take(plant, use.part, -use.total * line.units) }
    }
    guard !lines.isEmpty else { return false }
    var document = try newDocument(random.chance(985) ? .export : .replacement, false, plant)
    for (index, made) in lines.enumerated() {
      var line = line(index + 1, made.product, about: made.units * Catalogue.one, inBase: true)
      if made.units % 12 == 0, !catalogue.parts[made.product].conversions.isEmpty {
        (line.uom, line.quantity) = (19, made.units / 12 * 1000)
      }
      line.finished = true
      document.lines.append(line)
      plants[plant].shipments.push(
        PlantState.Shipment(
          product: made.product, units: made.units, unplanned: made.units))
    }
    keep(document)
    try book(document)
    return true
  }

  private func unitsToExport(_ product: Int, _ plant: Int, _ uses: [SampleUse]) -> Int64 {
    var units = Int64(24 + random.below(480))
    if random.chance(300) { units = units / 12 * 12 }
    let asked = units
    for use in uses where use.total > 0 {
      units = min(units, state(plant, use.part).customs / use.total)
    }
    guard units < asked else { return units }
    for use in uses where state(plant, use.part).customs < use.total * asked {
      want(plant, use.part, use.total * asked)
    }
    if random.chance(4) { return asked }
    return units >= 12 ? units : 0
  }

  /// Goods that go back as they came, half of the time naming their entry.
  func returnUnchanged(_ plant: Int) throws -> Bool {
    var document = try newDocument(.export, false, plant)
    for _ in 0..<(1 + random.below(3)) where document.lines.count < room {
      guard let part = stocked(plant) else { continue }
      document.lines.append(
        demand(document.lines.count + 1, plant, part, share: 20, directed: 500))
    }
    guard !document.lines.isEmpty else { return false }
    keep(document)
    try book(document)
    return true
  }

  /// Empty containers, and at times a machine, return abroad.
  func returnUnits(_ plant: Int) throws -> Bool {
    guard !catalogue.containers.isEmpty else { return false }
    let range = random.chance(900) ? catalogue.containers : catalogue.assets
    let part = range.lowerBound + random.below(range.count)
    let state = state(plant, part)
    guard state.customs >= Catalogue.one else { return false }
    var document = try newDocument(.export, false, plant)
    var line = line(1, part, about: max(Catalogue.one, state.customs / 3))
    if let lot = state.latest, range == catalogue.assets {
      line.discharges = (lot.pedimento, Int(lot.line))
    }
    document.lines = [line]
    try book(document)
    return true
  }

  /// A material of the plant with a customs balance, if a few tries find one.
  func stocked(_ plant: Int) -> Int? {
    let known = catalogue.plants[plant].materials
    for _ in 0..<6 where !known.isEmpty {
      let part = known[random.below(known.count)]
      if state(plant, part).customs >= 20 * Catalogue.one { return part }
    }
    return nil
  }

  /// A line for one `share`th of a part's balance at most; `directed` of a thousand name an entry.
  func demand(
    _ number: Int, _ plant: Int, _ part: Int, share: Int64, directed: Int
  ) -> SampleLine {
    let state = state(plant, part)
    var base = state.customs / share
    var entry: RememberedLot?
    if random.chance(directed), let lot = state.latest {
      entry = lot
      base = min(base, lot.quantity / 8)
    }
    var line = line(number, part, about: max(base, 1000))
    if let entry { line.discharges = (entry.pedimento, Int(entry.line)) }
    return line
  }
}
