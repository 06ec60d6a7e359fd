/// Rules.md#R2.1, Rules.md#R3.1, Rules.md#R4.1, Rules.md#R7.1: the lots and demands that the facts
/// make, before any matching.
struct Derivation {
  let facts: Facts
  private(set) var lots: [Lot] = []
  private(set) var demands: [Demand] = []
  /// What has no effect, and why.
  private(set) var waiting: [String] = []
  private let rectifications: Rectifications

  init(_ facts: Facts) {
    self.facts = facts
    rectifications = Rectifications(facts.pedimentos)
    for number in facts.pedimentos.keys where rectifications.root[number] == nil {
      waiting.append("\(number.string): what it rectifies is not known")
    }
    for (root, number) in rectifications.counting {
      guard let original = facts.pedimentos[root], let counting = facts.pedimentos[number] else {
        continue
      }
      add(counting, original: original)
    }
    for act in facts.acts { add(act) }
    addMoves()
    waiting.sort()
  }

  /// Does it, or notes why it waits.
  private mutating func unlessWaiting(
    _ document: Text, _ line: Int, _ body: (inout Derivation) throws -> Void
  ) {
    do { try body(&self) } catch {
      waiting.append("\(document.string) line \(line): \((error as? Waits)?.why ?? "\(error)")")
    }
  }

  /// Rules.md#R3.2: a document counts with its own number, plant and lines, its root's clave and
  /// date.
  private mutating func add(_ counting: Pedimento, original: Pedimento) {
    let (number, plant) = (counting.pedimento, counting.plant)
    let (clave, day) = (original.clave, original.paidOn)
    let opens: Bool
    switch (original.operation, clave) {
    case ("import", "IN"), ("import", "AF"), ("import", "E1"), ("import", "E2"),
      ("import", "E3"), ("import", "E4"), ("import", "V1"):
      opens = true
    case ("export", "V1"), ("export", "RT"), ("export", "BB"), ("export", "V5"),
      ("export", "V9"), ("import", "F4"), ("import", "F5"), ("import", "A3"):
      opens = false
    default: return
    }
    guard facts.plants[plant] != nil else {
      return waiting.append("\(number.string): plant \(plant.string) is unknown")
    }
    var lines = convertible(counting.lines, number)
    if !opens { lines = disposable(lines, number, clave: clave) }
    for group in opens ? LineGroup.ofLots(lines) : LineGroup.ofDemands(lines) {
      let key = SequenceKey(
        date: day, rank: opens ? SequenceKey.entry : SequenceKey.exit, document: number,
        line: group.line)
      unlessWaiting(number, group.line) { books in
        if opens {
          try books.open(group, key, plant: plant, clave: clave)
        } else {
          try books.demand(group, key, plant: plant, takesExpired: clave == "A3")
        }
      }
    }
  }

  private mutating func add(_ act: Act) {
    guard facts.plants[act.plant] != nil else {
      return waiting.append("\(act.acta.string): plant \(act.plant.string) is unknown")
    }
    for group in LineGroup.ofDemands(convertible(act.lines, act.acta)) {
      let key = SequenceKey(
        date: act.destroyedOn, rank: SequenceKey.exit, document: act.acta, line: group.line)
      unlessWaiting(act.acta, group.line) { books in
        try books.demand(group, key, plant: act.plant, tie: [act.rfc])
      }
    }
  }

  /// Rules.md#R7.3: between two plants of the company, else without effect. A move's line is 1, so
  /// events that move the same part the same way on one day under one document add up, as lines do.
  private mutating func addMoves() {
    struct Sum: Hashable {
      let rfc: Text?
      let day: Text
      let document: Text
      let book: Book
      let toPlant: Text
    }
    var sums: [Sum: Exact] = [:]
    for move in facts.moves {
      unlessWaiting(move.document, 1) { books in
        guard let toPlant = move.toPlant, toPlant != move.plant,
          let from = books.facts.plants[move.plant], from.rfc == move.rfc,
          let to = books.facts.plants[toPlant], to.rfc == move.rfc
        else { throw Waits("a move that is not between two plants of the company") }
        let sum = Sum(
          rfc: move.rfc, day: Text(move.occurredAt.string.prefix(10)), document: move.document,
          book: Book(plant: move.plant, part: move.part), toPlant: toPlant)
        sums[sum, default: .zero] += try books.facts.inBaseUnit(
          move.quantity, move.uom, of: move.part)
      }
    }
    for (sum, quantity) in sums {
      demands.append(
        Demand(
          key: SequenceKey(date: sum.day, rank: SequenceKey.move, document: sum.document, line: 1),
          book: sum.book, wanted: Three(incorporated: quantity.rounded(6)), toPlant: sum.toPlant,
          tie: [sum.book.plant, sum.toPlant]))
    }
  }

  /// The lines whose quantity can be told; the others wait.
  private mutating func convertible(_ lines: [Line], _ document: Text) -> [Line] {
    var kept: [Line] = []
    for line in lines {
      unlessWaiting(document, line.line) { books in
        _ = try books.facts.inBaseUnit(line.quantity, line.uom, of: line.part)
        kept.append(line)
      }
    }
    return kept
  }

  /// Scrap leaves by a return, F4, V9 or an act, as it is; a line that says otherwise waits.
  private mutating func disposable(
    _ lines: [Line], _ document: Text, clave: Text
  ) -> [Line] {
    lines.filter { line in
      guard line.scrap == true else { return true }
      if ["RT", "F4", "V9"].contains(clave), line.finished != true { return true }
      waiting.append("\(document.string) line \(line.line): not a disposal of scrap")
      return false
    }
  }

  private mutating func open(
    _ group: LineGroup, _ key: SequenceKey, plant: Text, clave: Text
  ) throws {
    let quantity = try group.quantity(facts)
    guard let part = facts.parts[group.part] else { return }
    let months = monthsAllowed(clave: clave, category: part.category)
    lots.append(
      Lot(
        Book(plant: plant, part: group.part), key.document, group.line, enteredOn: key.date,
        dueOn: months.map { addMonths(key.date, $0) }, available: key,
        opened: quantity.rounded(6), value: group.value.rounded(2)))
  }

  /// Rules.md#R4.2: one demand for the line's own part, or one per component of its explosion.
  private mutating func demand(
    _ group: LineGroup, _ key: SequenceKey, plant: Text, takesExpired: Bool = false,
    tie: [Text] = []
  ) throws {
    let quantity = try group.quantity(facts)
    let only = try directed(group)
    var wanted = [
      group.part: group.scrap ? Three(scrap: quantity) : Three(incorporated: quantity)
    ]
    if group.finished {
      guard let exploded = try facts.explode(group.part, quantity, plant, key.date) else {
        throw Waits("no BOM of \(group.part.string) is in force on \(key.date.string)")
      }
      wanted = exploded
    }
    for part in wanted.keys where facts.parts[part] == nil {
      throw Waits("part \(part.string) is unknown")
    }
    for (index, (part, three)) in wanted.sorted(by: { $0.key < $1.key }).enumerated() {
      var own = key
      own.component = index
      demands.append(
        Demand(
          key: own, book: Book(plant: plant, part: part, scrap: group.scrap), wanted: three.rounded,
          product: group.finished ? group.part : "", only: only, takesExpired: takesExpired,
          tie: tie))
    }
  }

  /// Rules.md#R4.4: a reference to a rectified pedimento means the last of its chain; nil for none.
  private func directed(_ group: LineGroup) throws -> Set<Line.Reference>? {
    if group.references.isEmpty { return nil }
    return Set(
      try group.references.map { reference in
        guard let last = rectifications.last(of: reference.pedimento) else {
          throw Waits("discharges \(reference.pedimento.string), which is not known")
        }
        return Line.Reference(pedimento: last, line: reference.line)
      })
  }
}
