import Ledger

/// What closes a balance other than an export, what corrects a document, and what passes goods on.
extension SampleRun {
  /// F4, at times F5: part of the stock stays in the country.
  func changeRegime(_ plant: Int) throws -> Bool {
    var document = try newDocument(random.chance(850) ? .regime : .regimeNational, true, plant)
    for _ in 0..<(1 + random.below(2)) where document.lines.count < room {
      guard let part = stocked(plant) else { continue }
      document.lines.append(
        demand(document.lines.count + 1, plant, part, share: 25, directed: 400))
    }
    guard !document.lines.isEmpty else { return false }
    keep(document)
    try book(document)
    return true
  }

  /// A3 names its entry; an expired one when there is one.
  func regularise(_ plant: Int) throws -> Bool {
    let known = catalogue.plants[plant].materials
    guard room > 0, !known.isEmpty else { return false }
    var chosen: (part: Int, lot: RememberedLot, base: Int64)?
    for _ in 0..<24 {
      // Most parts of a plant are used up in time; what no product takes is what expires.
      let part =
        random.chance(500)
        ? catalogue.materials.lowerBound + random.below(catalogue.materials.count)
        : known[random.below(known.count)]
      let state = state(plant, part)
      guard let lot = state.latest, state.customs > Catalogue.one else { continue }
      chosen = (part, lot, min(lot.quantity, state.customs))
      if today.days >= lot.expired { break }
    }
    guard let (part, lot, base) = chosen else { return false }
    var line = line(1, part, about: max(1000, base / Int64(1 + random.below(6))))
    line.discharges = (lot.pedimento, Int(lot.line))
    var document = try newDocument(.regularisation, true, plant)
    document.lines = [line]
    try book(document)
    return true
  }

  /// Goods destroyed with an act, whose notice nobody has told of.
  func destroy(_ plant: Int) throws -> Bool {
    var act = SampleAct(number: summary.acts + 1, plant: plant, lines: [])
    for _ in 0..<(1 + random.below(4)) where act.lines.count < room {
      guard let part = stocked(plant) else { continue }
      let line = demand(act.lines.count + 1, plant, part, share: 60, directed: 300)
      act.lines.append(line)
      take(plant, part, base(of: line))
    }
    guard !act.lines.isEmpty else { return false }
    try send(act)
    return true
  }

  func send(_ act: SampleAct) throws {
    summary.acts += 1
    countCustoms(act.lines.count)
    let delay = drawDelay()
    events.act(act, destroyedOn: today, time: now + delay)
    try send(.destruction, delay: delay)
  }

  /// R1: a quantity put right, or a line taken out; the next one rectifies this one.
  func rectify() throws -> Bool {
    guard !rectifiable.isEmpty else { return false }
    let at = random.below(rectifiable.count)
    let before = rectifiable[at]
    guard weight(before) <= room else { return false }
    var document = before
    document.number = try numbers.next(paidOn: today, &random)
    document.clave = .rectification
    document.paidOn = today
    document.rectifies = (before.number, before.clave, before.paidOn)
    document.original = before.original ?? before.number
    let changed = random.below(document.lines.count)
    if document.lines.count > 1, random.chance(150) {
      document.lines.remove(at: changed)
    } else {
      var line = document.lines[changed]
      let quantity = line.quantity * Int64(88 + random.below(25)) / 100
      line.quantity =
        line.quantity % 1000 == 0 ? max(1000, quantity / 1000 * 1000) : max(1, quantity)
      line.pesos = pesos(line.part, base(of: line))
      document.lines[changed] = line
    }
    apply(before, -1)
    // One in ten is rectified twice from the same document, so that chains fork.
    if random.chance(900) {
      rectifiable[at] = document
    } else {
      keep(document)
    }
    try book(document)
    return true
  }

  /// Movements of a document.
  private func weight(_ document: SampleDocument) -> Int {
    document.lines.reduce(0) { $0 + ($1.finished ? uses(of: $1, document).count : 1) }
  }

  /// V1: goods pass to another company; its export and the other's import name each other.
  func transfer(from plant: Int) throws -> Bool {
    let mine = catalogue.plants[plant].company
    let theirs = (mine + 1 + random.below(plan.companies - 1)) % plan.companies
    let other = plantsOf[theirs][random.below(plantsOf[theirs].count)]
    var lines: [SampleLine] = []
    for _ in 0..<(1 + random.below(3)) where lines.count * 2 + 2 <= room {
      guard let part = stocked(plant), !lines.contains(where: { $0.part == part }) else { continue }
      lines.append(demand(lines.count + 1, plant, part, share: 12, directed: 0))
    }
    guard !lines.isEmpty else { return false }
    var export = try newDocument(.virtual, false, plant)
    var entry = try newDocument(.virtual, true, other)
    (export.lines, entry.lines) = (lines, lines)
    export.counterparty = (other, entry.number)
    entry.counterparty = (plant, export.number)
    try book(export)
    try book(entry)
    for line in lines {
      let base = base(of: line)
      change(plant, line.part) { $0.onHand = max(0, $0.onHand - base) }
      expect(line, other)
    }
    return true
  }
}
