import Ledger
import Messages

extension Documents {
  /// A move between plants: a demand at the sending plant that discharges nothing (Rules.md#R7.1).
  /// Events of one document that move the same part the same way add up.
  mutating func move(
    _ document: StoredDocument, _ facts: [StoredFact]
  ) throws -> (Derivation, DocumentRecord) {
    var record = DocumentRecord(
      document: document.id.number, kind: .move, rfc: document.id.rfc, state: .counts,
      clave: DemandMovement.moveClave)
    var derivation = Derivation()
    var sums: [MovementIdentity: MoveSum] = [:]
    for (index, stored) in facts.enumerated() {
      let fact = try decode(stored.event)
      guard case .stock(let event) = fact.payload, let move = event.move, !isWithdrawn(fact) else {
        continue
      }
      record.date = min(record.date ?? event.occurredOn, event.occurredOn)
      record.received = max(record.received, stored.received)
      guard let base = based(event, move, index, &derivation) else { continue }
      let identity = MovementIdentity(
        isLot: false, plant: event.plant, part: event.part, date: event.occurredOn, line: 1,
        toPlant: move.toPlant)
      sums[identity, default: MoveSum()].add(base, under: move.aviso, fact: index)
    }
    record.moves = []
    for (identity, sum) in sums.sorted(by: { MovementIdentity.precedes($0.key, $1.key) }) {
      guard let quantity = sum.quantity else {
        derivation.problems += sum.facts.map {
          .rejected(.quantityOverflow, identity.part, fact: $0)
        }
        continue
      }
      guard quantity > .zero else { continue }
      derivation.movements.append(
        .demand(
          DemandMovement(
            clave: DemandMovement.moveClave, component: 0, date: identity.date,
            document: document.id.number, incorporated: quantity, line: 1, part: identity.part,
            plant: identity.plant, revision: 0, scrap: .zero, toPlant: identity.toPlant,
            waste: .zero)))
      record.moves?.append(
        MoveLine(
          avisos: sum.avisos.sorted(by: CodePoints.precedes), date: identity.date,
          part: identity.part, plant: identity.plant, quantity: quantity,
          toPlant: identity.toPlant))
    }
    return (derivation, record)
  }

  /// What moves, in its base unit; nil if a plant or the part is not known, or a plant is another
  /// company's (Rules.md#R7.3).
  private func based(
    _ event: StockEvent, _ move: StockEvent.Move, _ index: Int, _ derivation: inout Derivation
  ) -> UnboundedDecimal? {
    derivation.subjects.insert("part:" + event.part)
    for plant in [event.plant, move.toPlant] { derivation.subjects.insert("plant:" + plant) }
    let owners = [event.plant, move.toPlant].map { ($0, catalog.plants[$0]?.fact.rfc) }
    // Rejected as things stand: taken up once the plant is registered for this company.
    if let (plant, _) = owners.first(where: { $1 != nil && $1 != move.rfc }) {
      derivation.problems.append(.rejected(.moveOtherCompany, plant, fact: index))
      return nil
    }
    if let (plant, _) = owners.first(where: { $1 == nil }) {
      derivation.problems.append(.waits(.plantUnknown, plant, fact: index))
      return nil
    }
    return base(event.quantity, event.uom, of: event.part, fact: index, &derivation)
  }
}

extension MovementIdentity {
  /// Ascending by book, then by place in it.
  static func precedes(_ a: MovementIdentity, _ b: MovementIdentity) -> Bool {
    for (left, right) in [(a.plant, b.plant), (a.part, b.part)] {
      let order = CodePoints.compare(left, right)
      if order != 0 { return order < 0 }
    }
    if a.date != b.date { return a.date < b.date }
    if a.line != b.line { return a.line < b.line }
    if a.component != b.component { return a.component < b.component }
    let products = CodePoints.compare(a.product, b.product)
    return products != 0 ? products < 0 : CodePoints.precedes(a.toPlant, b.toPlant)
  }
}
