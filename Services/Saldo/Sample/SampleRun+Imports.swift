import Ledger

/// Temporary imports: what exports lacked first, then what is running low, then anything.
extension SampleRun {
  func importGoods(_ plant: Int) throws {
    var document = try newDocument(.temporary, true, plant)
    let long = random.chance(40)
    let wanted = long ? 11 + random.below(15) : 1 + random.below(8)
    for _ in 0..<min(wanted, max(1, room)) {
      let part = nextToImport(plant)
      // A part twice in one pedimento is a lot each, but not within one partida.
      let base = amountToImport(plant, part)
      if var last = document.lines.last, random.chance(250) {
        let unit = catalogue.parts[part].baseUom
        if last.uom == unit, !document.lines.contains(where: { $0.part == part }) {
          last = shared(line(last.number, part, about: base, inBase: true), with: last)
          document.lines.append(last)
          continue
        }
      }
      document.lines.append(line((document.lines.last?.number ?? 0) + 1, part, about: base))
    }
    for line in document.lines { expect(line, plant) }
    keep(document)
    try book(document)
  }

  /// The second part of a partida: one customs line groups part numbers of one tariff item.
  private func shared(_ line: SampleLine, with first: SampleLine) -> SampleLine {
    var line = line
    (line.tariffItem, line.nico, line.origin) = (first.tariffItem, first.nico, first.origin)
    return line
  }

  private func nextToImport(_ plant: Int) -> Int {
    if !plants[plant].shopping.isEmpty {
      let at = random.below(plants[plant].shopping.count)
      let last = plants[plant].shopping.count - 1
      plants[plant].shopping.swapAt(at, last)
      return Int(plants[plant].shopping.removeLast())
    }
    let known = catalogue.plants[plant].materials
    if !known.isEmpty, random.chance(950) {
      for _ in 0..<8 {
        let part = known[random.below(known.count)]
        let state = state(plant, part)
        if state.customs <= state.used { return part }
      }
      return known[random.below(known.count)]
    }
    // Bought for a trial or a customer's change that never came: such lots grow old.
    return catalogue.materials.lowerBound + random.below(catalogue.materials.count)
  }

  /// Replaces what was used since the last import and covers what was lacking some times over.
  private func amountToImport(_ plant: Int, _ part: Int) -> Int64 {
    let state = state(plant, part)
    let least: Int64 = (catalogue.parts[part].baseUom == 6 ? 1000 : 150) * Catalogue.one
    let base = max(least, state.used * 11 / 10, state.wanted * 3)
    change(plant, part) { ($0.used, $0.wanted) = (0, 0) }
    return base / 100 * Int64(85 + random.below(30))
  }

  /// Puts a part on its plant's shopping list, or raises what is wanted of it.
  func want(_ plant: Int, _ part: Int, _ quantity: Int64) {
    let before = state(plant, part).wanted
    if before == 0 { plants[plant].shopping.append(Int32(part)) }
    change(plant, part) { $0.wanted = max(before, quantity, 1) }
  }

  /// The warehouse will receive what customs cleared.
  func expect(_ line: SampleLine, _ plant: Int) {
    plants[plant].receipts.push(
      PlantState.Receipt(
        part: line.part, uom: line.uom, quantity: line.quantity * 1000, base: base(of: line)))
  }

  /// Containers (IN) or machinery (AF, with a serial number).
  func importUnits(_ plant: Int) throws -> Bool {
    guard !catalogue.assets.isEmpty else { return false }
    let machines = random.chance(450)
    let range = machines ? catalogue.assets : catalogue.containers
    var document = try newDocument(machines ? .asset : .temporary, true, plant)
    for number in 1...min(1 + random.below(3), max(1, room)) {
      let units = machines ? 1 : Int64(20 + random.below(180))
      var line = line(
        number, range.lowerBound + random.below(range.count), about: units * Catalogue.one)
      if machines {
        serials += 1
        line.serial = serials
      }
      document.lines.append(line)
    }
    for line in document.lines { expect(line, plant) }
    keep(document)
    try book(document)
    return true
  }

  /// Pedimentos that the rules keep and give no effect.
  func withoutEffect(_ plant: Int) throws -> Bool {
    let claves: [SampleClave] = [.complement, .complement, .global, .definitive, .small]
    let clave = claves[random.below(claves.count)]
    let isExport = clave == .complement
    var document = try newDocument(clave, !isExport, plant)
    let products = catalogue.plants[plant].products
    let part =
      isExport
      ? products[random.below(products.count)]
      : catalogue.materials.lowerBound + random.below(catalogue.materials.count)
    document.lines = [line(1, part, about: Int64(10 + random.below(90)) * Catalogue.one)]
    try book(document)
    return true
  }

  /// Desisted or reserved: customs has a record, the company nothing to book.
  func unbooked(_ plant: Int) throws -> Bool {
    var document = try newDocument(.temporary, true, plant)
    let known = catalogue.plants[plant].materials
    guard !known.isEmpty else { return false }
    for number in 1...(1 + random.below(3)) {
      let part = known[random.below(known.count)]
      document.lines.append(line(number, part, about: 500 * Catalogue.one))
    }
    summary.desistedOrReserved += 1
    try sink.unbooked(document, type: 7 + random.below(2))
    return true
  }
}
