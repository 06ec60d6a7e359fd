import Ledger
import Messages

extension Documents {
  /// Takes a fact of the catalogue. All versions are kept: one that is withdrawn leaves the one
  /// before it.
  mutating func take(
    catalog fact: InboundEvent, _ stored: StoredFact, _ output: any DocumentsOutput
  ) throws {
    let key = fact.payload.catalogKey
    // Where it stood in a file is nothing to its readers.
    let event = EventPlace.taken(from: stored.event).event
    try storage.append(version: event, of: key)
    try storage.note(fact.name, at: .thing(key))
    guard !isWithdrawn(fact) else { return }
    let known = catalog.entry(like: fact.payload)
    if let known, fact.version <= known.version { return }
    try put(fact, event, inPlaceOf: known?.payload, because: nil, output)
  }

  /// Has the version of a thing count that has to: of those that are not withdrawn the greatest.
  mutating func choose(
    thing key: String, because cause: FactName?, _ output: any DocumentsOutput
  ) throws {
    var one: InboundEvent?
    var best: (fact: InboundEvent, event: [UInt8])?
    for event in try storage.versions(of: key) {
      let fact = try decode(event)
      one = fact
      guard !isWithdrawn(fact), best.map({ $0.fact.version < fact.version }) ?? true else {
        continue
      }
      best = (fact, event)
    }
    guard let one else { return }
    let known = catalog.entry(like: one.payload)
    guard known?.version != best?.fact.version else { return }
    if let best {
      return try put(best.fact, best.event, inPlaceOf: known?.payload, because: cause, output)
    }
    guard let known else { return }
    let change = CatalogChange(from: known.payload, to: nil)
    catalog.remove(known.payload)
    try storage.remove(catalog: key)
    if speaks(forThing: key) { output.remove(catalog: key) }
    try touch(change, because: cause)
    // Of what is known, nothing says which documents asked for it: a plant was never gone before.
    if case .plant = known.payload { try storage.touchAll(because: cause) }
  }

  private mutating func put(
    _ fact: InboundEvent, _ event: [UInt8], inPlaceOf known: InboundEvent.Payload?,
    because cause: FactName?, _ output: any DocumentsOutput
  ) throws {
    let key = fact.payload.catalogKey
    let change = CatalogChange(from: known, to: fact.payload)
    catalog.put(fact.payload, fact.version)
    try storage.save(catalog: key, event: event)
    if speaks(forThing: key) {
      // Readers take later versions only: one that counts again comes after nothing.
      if cause != nil { output.remove(catalog: key) }
      event.withUnsafeBytes { output.send(catalog: key, event: $0) }
    }
    try touch(change, because: cause)
  }

  private mutating func touch(_ change: CatalogChange, because cause: FactName?) throws {
    if change.isOfBill { explosions.forget() }
    // A catalogue that comes first touches nothing.
    guard storage.hasDocuments else { return }
    for (thing, from) in change.touched {
      try storage.touch(thing: thing, from: from, because: cause)
    }
  }

  /// Every partition has the catalogue; one of them tells readers of a thing.
  private func speaks(forThing key: String) -> Bool {
    Int32(Fingerprint.of(key) % UInt64(partitions)) == partition
  }
}
