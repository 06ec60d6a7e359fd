import Ledger
import Messages

extension Documents {
  /// Whether an event does not count, by its name or as a row of partes.csv.
  func isWithdrawn(_ event: InboundEvent) -> Bool { withdrawals.isWithdrawn(event) }

  /// Takes a withdrawal or a cancellation, which every partition gets. One of them, which the
  /// fact's name decides, speaks of it to readers.
  mutating func take(
    _ withdrawal: Withdrawal, _ fact: InboundEvent, _ stored: StoredFact,
    _ output: any DocumentsOutput
  ) throws {
    let target = withdrawal.target
    try storage.note(fact.name, at: .withdrawal)
    let effect = withdrawals.take(withdrawal, fact.version)
    if effect != .none { try storage.save(withdrawal: target, event: stored.event) }
    try find(target, because: effect == .changes ? fact.name : nil, output)
    // One of withdrawals is told apart once it is known to be one.
    let own = DocumentID(of: .event(fact.name))
    if speaks(for: .event(fact.name)), let named = try storage.document(own.text) {
      try touch(named)
    }
    guard speaks(for: target) else { return }
    try forward(withdrawal, fact, effect, output)
    let id = DocumentID(of: target)
    var document = try storage.document(id.text) ?? StoredDocument(id: id)
    try add(stored, to: &document, isVersion: false)
    try storage.save(document)
    try touch(document)
  }

  /// Tells books and pairs what changes: stock events and decisions are theirs.
  private func forward(
    _ withdrawal: Withdrawal, _ fact: InboundEvent, _ effect: Withdrawals.Effect,
    _ output: any DocumentsOutput
  ) throws {
    guard effect == .changes, case .event(let name) = withdrawal.target else { return }
    if case .thing = try storage.place(of: name) { return }
    output.send(
      WithdrawalMessage(of: name, cancels: withdrawal.cancels, by: fact.name, time: fact.time))
  }

  /// Judges what a withdrawal names anew, where it is known here, and says that it is.
  ///
  /// - Parameter cause: the withdrawal where it changes anything.
  private mutating func find(
    _ target: Withdrawal.Target, because cause: FactName?, _ output: any DocumentsOutput
  ) throws {
    switch target {
    case .event(let name):
      switch try storage.place(of: name) {
      case .document(let id): try find(target, in: id, because: cause, output)
      case .thing(let key):
        if cause != nil { try choose(thing: key, because: cause, output) }
        // Every partition knows the catalogue.
        guard speaks(for: target) else { return }
        for event in try storage.versions(of: key) {
          let fact = try decode(event)
          if fact.name == name { try tell(fact, is: target, output) }
        }
      case .withdrawal, nil: return
      }
    case .row(let pedimento, _, _): try find(target, in: "P" + pedimento, because: cause, output)
    }
  }

  private mutating func find(
    _ target: Withdrawal.Target, in id: String, because cause: FactName?,
    _ output: any DocumentsOutput
  ) throws {
    guard let document = try storage.document(id) else { return }
    var isThere = false
    for stored in (document.main.map { [$0] } ?? []) + (try facts(of: document)) where !isThere {
      let fact = try decode(stored.event)
      guard Withdrawal.targets(of: fact).contains(target) else { continue }
      isThere = true
      try tell(fact, is: target, output)
    }
    if isThere, cause != nil { try touch(document, because: cause) }
  }

  /// Says of an event that has just come that withdrawals name it.
  mutating func tellIfNamed(_ fact: InboundEvent, _ output: any DocumentsOutput) throws {
    guard !withdrawals.isEmpty else { return }
    for target in Withdrawal.targets(of: fact) where withdrawals.isNamed(target) {
      if fact.payload.catalogKey.isEmpty || speaks(for: target) {
        try tell(fact, is: target, output)
      }
    }
  }

  private mutating func tell(
    _ fact: InboundEvent, is target: Withdrawal.Target, _ output: any DocumentsOutput
  ) throws {
    let about = fact.payload.about
    let found = FoundFact(
      target: target.text, type: fact.type, rfc: about.rfc, document: about.document,
      plant: about.plant)
    if speaks(for: target) {
      try take(found)
    } else {
      output.send(.found(found), to: DocumentsNote.speaker(for: target.text, of: partitions))
    }
  }

  /// Takes a fact that a withdrawal of this partition's names.
  ///
  /// - Throws: what the storage throws.
  public mutating func take(_ found: FoundFact, _ output: any DocumentsOutput) throws {
    try take(found)
    askTurn(output)
  }

  private mutating func take(_ found: FoundFact) throws {
    let id = DocumentID(kind: .withdrawal, rfc: "", number: found.target)
    var document = try storage.document(id.text) ?? StoredDocument(id: id)
    // A note and its withdrawal come by different ways: either may be the first.
    guard document.main == nil else { return }
    var note: [UInt8] = []
    DocumentsNote.found(found).write(to: &note)
    document.main = StoredFact(event: note, received: 0)
    try storage.save(document)
    try touch(document)
  }

  private func speaks(for target: Withdrawal.Target) -> Bool {
    DocumentsNote.speaker(for: target.text, of: partitions) == partition
  }

  /// The record of the withdrawals of a fact: what the one says that counts, and whether the fact
  /// is known. Nil if no withdrawal has come yet.
  mutating func withdrawal(
    _ document: StoredDocument, _ facts: [StoredFact]
  ) throws -> (Derivation, DocumentRecord)? {
    var counting: (fact: Int, event: InboundEvent, withdrawal: Withdrawal)?
    for (index, stored) in facts.enumerated() {
      let event = try decode(stored.event)
      guard case .withdrawal(let withdrawal) = event.payload else { continue }
      if let counting, event.version <= counting.event.version { continue }
      counting = (index, event, withdrawal)
    }
    guard let counting else { return nil }
    let found = try document.main.flatMap { try factFound($0) }
    var record = DocumentRecord(
      document: document.id.number, kind: .withdrawal, rfc: found?.rfc ?? "",
      state: counting.withdrawal.cancels ? .listed : .counts)
    record.received = facts[counting.fact].received
    record.withdrawal = WithdrawalLine(
      counting.withdrawal, name: counting.event.name, time: counting.event.time, fact: found)
    var derivation = Derivation()
    if case .event(let name) = counting.withdrawal.target,
      try storage.place(of: name) == .withdrawal
    {
      record.state = .waiting
      derivation.problems = [
        .rejected(.withdrawalTarget, document.id.number, fact: counting.fact)
      ]
    } else if found == nil, !counting.withdrawal.cancels {
      record.state = .waiting
      derivation.problems = [.waits(.factUnknown, document.id.number, fact: counting.fact)]
    }
    return (derivation, record)
  }

  private func factFound(_ stored: StoredFact) throws -> FoundFact? {
    var reader = DocumentsNoteReader()
    let note: DocumentsNote?
    do {
      note = try stored.event.withUnsafeBytes { try reader.read($0) }
    } catch {
      throw DocumentsError.unreadable(Rejection(.jsonMalformed, field: "found"))
    }
    guard case .found(let found) = note else { return nil }
    return found
  }
}

extension DocumentID {
  /// The document of the withdrawals of a fact.
  init(of target: Withdrawal.Target) {
    self.init(kind: .withdrawal, rfc: "", number: target.text)
  }
}

extension InboundEvent.Payload {
  /// Whose fact it is, of which document or thing, and of which plant.
  fileprivate var about: (rfc: String, document: String, plant: String?) {
    switch self {
    case .company(let company): (company.rfc, catalogKey, nil)
    case .plant(let plant): (plant.rfc, catalogKey, plant.plant)
    case .part, .bom, .party: ("", catalogKey, nil)
    case .submanufacturer(let registered): (registered.rfc, catalogKey, nil)
    case .pedimento(let document): (document.rfc, document.pedimento, document.plant)
    case .dataStage(let document): (document.rfc, document.pedimento, nil)
    case .partes(let row): (row.rfc, row.pedimento, row.plant)
    case .destruction(let act): (act.rfc, act.acta, act.plant)
    case .destructionNotice(let notice): (notice.rfc, notice.folio, notice.plant)
    case .submanufacture(let event): (event.rfc, event.document, event.plant)
    case .stock(let event): (event.move?.rfc ?? "", event.document, event.plant)
    case .transferDecision(let decision): (decision.sender.rfc, decision.sender.pedimento, nil)
    case .withdrawal(let withdrawal): ("", withdrawal.target.text, nil)
    }
  }
}
