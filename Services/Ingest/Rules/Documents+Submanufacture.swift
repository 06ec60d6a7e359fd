import Ledger
import Messages

extension Documents {
  /// Goods that go to a sub-manufacturer or come back: they change place, and neither book nor
  /// clock, so no movement follows from them. Every event of a document is a line of its own.
  mutating func submanufacture(
    _ document: StoredDocument, _ facts: [StoredFact]
  ) throws -> (Derivation, DocumentRecord) {
    var record = DocumentRecord(
      document: document.id.number, kind: .submanufacture, rfc: document.id.rfc, state: .counts)
    var derivation = Derivation()
    var lines: [SubmanufactureLine] = []
    for (index, stored) in facts.enumerated() {
      let fact = try decode(stored.event)
      guard case .submanufacture(let event) = fact.payload, !isWithdrawn(fact) else { continue }
      record.date = min(record.date ?? event.occurredOn, event.occurredOn)
      record.received = max(record.received, stored.received)
      if let line = line(event, index, &derivation) { lines.append(line) }
    }
    record.submanufacture = lines.sorted(by: SubmanufactureLine.precedes)
    return (derivation, record)
  }

  private func line(
    _ event: SubmanufactureEvent, _ index: Int, _ derivation: inout Derivation
  ) -> SubmanufactureLine? {
    derivation.subjects.insert("part:" + event.part)
    derivation.subjects.insert("plant:" + event.plant)
    let registration = Catalog.submanufacturer(event.submanufacturer, of: event.rfc)
    derivation.subjects.insert(registration)
    guard catalog.plants[event.plant]?.fact.rfc == event.rfc else {
      derivation.problems.append(.waits(.plantUnknown, event.plant, fact: index))
      return nil
    }
    guard let known = catalog.submanufacturers[registration]?.fact,
      known.validFrom <= event.occurredOn
    else {
      derivation.problems.append(
        .waits(.submanufacturerUnknown, "\(event.submanufacturer) \(event.occurredOn)", fact: index)
      )
      return nil
    }
    guard catalog.parts[event.part] != nil else {
      derivation.problems.append(.waits(.partUnknown, event.part, fact: index))
      return nil
    }
    guard let quantity = base(event, index, &derivation) else { return nil }
    return SubmanufactureLine(
      date: event.occurredOn, kind: event.kind, noticeFolio: event.noticeFolio,
      ofDocument: event.of?.document, part: event.of?.part ?? event.part, plant: event.plant,
      quantity: quantity, submanufacturer: event.submanufacturer)
  }

  /// Of what went, in its base unit, rounded once (Rules.md#R2.2).
  private func base(
    _ event: SubmanufactureEvent, _ index: Int, _ derivation: inout Derivation
  ) -> Quantity? {
    let name = event.of?.part ?? event.part
    let (quantity, uom) = (event.of?.quantity ?? event.quantity, event.of?.uom ?? event.uom)
    guard let exact = base(quantity, uom, of: name, fact: index, &derivation) else { return nil }
    guard let rounded = try? Quantity(rounding: exact) else {
      derivation.problems.append(.rejected(.quantityOverflow, name, fact: index))
      return nil
    }
    return rounded
  }
}
