import Ledger

/// Which document comes next, and what it does to the estimates.
extension SampleRun {
  func makeDocument() throws {
    let plant = random.below(plan.plants)
    var roll = random.below(1000)
    func falls(_ share: Int) -> Bool {
      roll -= share
      return roll < 0
    }
    let made =
      if try disposeOfScrap(plant) {
        true
      } else if falls(plan.rectifiedPerMille) {
        try rectify()
      } else if falls(plan.companies > 1 ? plan.virtualPerMille : 0) {
        try transfer(from: plant)
      } else if falls(20) {
        try returnUnchanged(plant)
      } else if falls(25) {
        try changeRegime(plant)
      } else if falls(15) {
        try regularise(plant)
      } else if falls(15) {
        try destroy(plant)
      } else if falls(12) {
        try importUnits(plant)
      } else if falls(8) {
        try returnUnits(plant)
      } else if falls(10) {
        try withoutEffect(plant)
      } else if falls(6) {
        try unbooked(plant)
      } else if plants[plant].shopping.count < 6 {
        try export(plant)
      } else {
        false
      }
    if !made { try importGoods(plant) }
  }

  func newDocument(
    _ clave: SampleClave, _ isImport: Bool, _ plant: Int
  ) throws -> SampleDocument {
    SampleDocument(
      number: try numbers.next(paidOn: today, &random), clave: clave, effect: clave,
      isImport: isImport, plant: plant, paidOn: today, rootPaidOn: today)
  }

  /// Counts a pedimento, moves the estimates, and sends it both ways.
  func book(_ document: SampleDocument) throws {
    summary.pedimentos += 1
    summary.pedimentosByClave["\(document.clave.text)", default: 0] += 1
    summary.lines += document.lines.count
    for line in document.lines { count(line, of: document) }
    apply(document, 1)
    if document.rectifies == nil, document.opensLots { remember(document) }
    try sink.document(document)
    let delay = drawDelay()
    if sink.takesPedimentoEvents {
      events.pedimento(document, time: now + delay)
    } else {
      events.skip()
    }
    try send(.pedimento, delay: delay)
  }

  private func count(_ line: SampleLine, of document: SampleDocument) {
    guard document.opensLots || document.discharges else { return }
    var movements = 1
    if line.finished {
      movements = uses(of: line, document).count
      summary.explodedLines += 1
      summary.explodedComponents += movements
    }
    countCustoms(movements)
  }

  func countCustoms(_ movements: Int) {
    customs += movements
    summary.movements += movements
  }

  /// What one unit of a finished line takes on the day that decides its bill of materials.
  func uses(of line: SampleLine, _ document: SampleDocument) -> [SampleUse] {
    document.rootPaidOn == today
      ? explosion(line.part, document.plant)
      : catalogue.explode(product: line.part, plant: document.plant, day: document.rootPaidOn)
  }

  /// Adds a document to the estimates, or with a sign of -1 takes it out again.
  func apply(_ document: SampleDocument, _ sign: Int64) {
    for line in document.lines {
      let base = self.base(of: line)
      if document.opensLots {
        change(document.plant, line.part) { $0.customs = max(0, $0.customs + sign * base) }
      } else if document.discharges, line.finished {
        for use in uses(of: line, document) {
          leaveScrap(document.plant, use, units: base / 1000, sign: sign)
          take(document.plant, use.part, sign * (use.total * (base / 1000) / 1000))
        }
      } else if line.scrap {
        takeScrap(document.plant, line.part, sign * base)
      } else if document.discharges {
        take(document.plant, line.part, sign * base)
      }
    }
  }

  func take(_ plant: Int, _ part: Int, _ quantity: Int64) {
    change(plant, part) {
      $0.customs = max(0, $0.customs - quantity)
      $0.used = max(0, $0.used + quantity)
    }
  }

  private func remember(_ document: SampleDocument) {
    for line in document.lines {
      let limit: Int32 =
        switch catalogue.parts[line.part].category {
        case .materials: document.effect == .virtual ? 190 : 555
        case .containers: 740
        case .machinery: 100_000
        }
      let lot = RememberedLot(
        pedimento: document.number, line: Int32(line.number), expired: today.days + limit,
        quantity: base(of: line))
      change(document.plant, line.part) { $0.latest = lot }
    }
  }

  /// Keeps a document that may be rectified one day; the list is short, so the days between differ.
  func keep(_ document: SampleDocument) {
    guard document.lines.count <= 30 else { return }
    if rectifiable.count < 64 {
      rectifiable.append(document)
    } else if random.chance(250) {
      rectifiable[random.below(rectifiable.count)] = document
    }
  }

  // MARK: Lines

  func state(_ plant: Int, _ part: Int) -> PartState { states[plant * plan.parts + part] }

  func change(_ plant: Int, _ part: Int, _ body: (inout PartState) -> Void) {
    body(&states[plant * plan.parts + part])
  }

  /// Millionths of the base unit.
  func base(of line: SampleLine) -> Int64 {
    line.quantity * catalogue.parts[line.part].factor(of: line.uom)
  }

  /// A line for about `base` millionths of a part, in a unit that brokers might use.
  func line(_ number: Int, _ part: Int, about base: Int64, inBase: Bool = false) -> SampleLine {
    let entry = catalogue.parts[part]
    var (uom, factor) = (entry.baseUom, Int64(1000))
    if !inBase, !entry.conversions.isEmpty, random.chance(300) {
      (uom, factor) = entry.conversions[random.below(entry.conversions.count)]
    }
    var quantity = max(1, base / factor)
    if entry.baseUom == 6, factor == 1000 { quantity = max(1000, quantity / 1000 * 1000) }
    return SampleLine(
      number: number, part: part, uom: uom, quantity: quantity,
      pesos: pesos(part, quantity * factor), tariffItem: entry.tariffItem, nico: entry.nico,
      origin: random.below(Catalogue.origins.count))
  }

  func pesos(_ part: Int, _ base: Int64) -> Int64 {
    max(1, catalogue.parts[part].centavos * (base / 1000) / 100_000)
  }
}
