import Ledger
import Messages

/// The documents stage's core: keeps every customs document and the catalogue of its partition,
/// derives movements from them, and derives them again when anything that they depend on changes.
///
/// What it sends is a function of its input alone. Of each movement only what differs from what
/// was sent before goes out, as the next revision. A document that is new and that nothing else
/// depends on is derived at once; everything else that an input touches waits for the partition's
/// turn, which comes back through the log, and is derived once then (``takeTurn(_:)``).
public struct Documents {
  let storage: any DocumentsStorage
  let limits: TimeLimits
  let partition: Int32
  let partitions: Int32
  var catalog = Catalog()
  var withdrawals = Withdrawals()
  var explosions = ExplosionCache()
  /// What documents say, as read a moment ago: deriving one asks several times.
  let statements = ReadStatements()
  /// Whether a turn is on its way: as long as anything waits, one is.
  var isTurnAsked: Bool
  /// How many movements were sent since the partition was opened.
  var movementsSent = 0
  var decoder = EventDecoder()
  /// The event in hand, which its document reads again.
  private var inHand: (event: [UInt8], fact: InboundEvent)?
  /// Memory for the text of one movement.
  var buffer: [UInt8] = []

  /// The documents of a partition, as the storage has them.
  ///
  /// - Parameters:
  ///   - partition: this partition of `partitions`; of facts that every partition gets, each has
  ///     its own that speak for all.
  /// - Throws: ``DocumentsError`` or what the storage throws.
  public init(
    storage: any DocumentsStorage, limits: TimeLimits, partition: Int32, partitions: Int32
  ) throws {
    self.storage = storage
    self.limits = limits
    self.partition = partition
    self.partitions = partitions
    isTurnAsked = storage.hasTouched
    for event in try storage.catalog() {
      let fact = try decode(event)
      catalog.put(fact.payload, fact.version)
    }
    for event in try storage.withdrawals() {
      let fact = try decode(event)
      withdrawals.take(fact)
    }
  }

  /// Takes an event that intake has checked.
  ///
  /// - Parameters:
  ///   - received: milliseconds since the epoch.
  ///   - origin: where it lies in the inbound topic; nil where that is not known.
  /// - Throws: ``DocumentsError`` or what the storage throws.
  public mutating func apply(
    _ event: UnsafeRawBufferPointer, received: Int64, origin: FactOrigin? = nil,
    _ output: any DocumentsOutput
  ) throws {
    let fact: InboundEvent
    do {
      fact = try decoder.decode(event)
    } catch {
      throw DocumentsError.unreadable(error)
    }
    guard let isKnown = try isKnown(fact, event, received, output) else { return }
    let stored = StoredFact(event: Array(event), received: received, origin: origin)
    inHand = (stored.event, fact)
    try take(fact, isKnown: isKnown, stored, output)
    try tellIfNamed(fact, output)
    askTurn(output)
  }

  private mutating func take(
    _ fact: InboundEvent, isKnown: Bool, _ stored: StoredFact, _ output: any DocumentsOutput
  ) throws {
    switch fact.payload {
    case .company, .plant, .part, .bom, .submanufacturer, .party:
      try take(catalog: fact, stored, output)
    case .pedimento(let document):
      let id = DocumentID(kind: .pedimento, rfc: document.rfc, number: document.pedimento)
      try take(stored, of: fact, as: id, rectifies: document.rectifies, output)
    case .dataStage(let document):
      let id = DocumentID(kind: .pedimento, rfc: document.rfc, number: document.pedimento)
      try take(stored, of: fact, as: id, rectifies: document.rectifies, output)
    case .destruction(let act):
      let id = DocumentID(kind: .act, rfc: act.rfc, number: act.acta)
      try take(stored, of: fact, as: id, rectifies: nil, output)
    case .destructionNotice(let notice):
      let id = DocumentID(kind: .notice, rfc: notice.rfc, number: notice.folio)
      try take(stored, of: fact, as: id, rectifies: nil, output)
    case .partes(let row):
      let id = DocumentID(kind: .pedimento, rfc: row.rfc, number: row.pedimento)
      try add(stored, of: fact, isKnown: isKnown, to: id, output)
    case .submanufacture(let event):
      let id = DocumentID(kind: .submanufacture, rfc: event.rfc, number: event.document)
      try add(stored, of: fact, isKnown: isKnown, to: id, output)
    case .withdrawal(let withdrawal):
      try take(withdrawal, fact, stored, output)
    case .transferDecision:
      // Goes straight to the pairs: intake never sends one here.
      return
    case .stock(let event):
      guard let move = event.move else { return }
      let id = DocumentID(kind: .move, rfc: move.rfc, number: event.document)
      try add(stored, of: fact, isKnown: isKnown, to: id, output)
    }
  }

  /// Whether an event is known and may say something new all the same; nil if nothing is to be
  /// done: the same source and id again is the same event, and with other content it is rejected.
  private mutating func isKnown(
    _ fact: InboundEvent, _ event: UnsafeRawBufferPointer, _ received: Int64,
    _ output: any DocumentsOutput
  ) throws -> Bool? {
    guard let first = try storage.earlier(fact.name, fingerprint: fact.fingerprint) else {
      return false
    }
    guard first != fact.fingerprint else { return fact.mayRise ? true : nil }
    // The catalogue and withdrawals reach every partition; one of them speaks.
    let speaks: Bool =
      switch fact.payload {
      case .company, .plant, .part, .bom, .submanufacturer, .party, .withdrawal:
        Int32(fact.name.fingerprint % UInt64(partitions)) == partition
      default: true
      }
    if speaks {
      let (place, sent) = EventPlace.taken(from: Array(event))
      output.send(
        RejectedEvent(
          rejection: Rejection(.identityConflict, field: "id", value: fact.id),
          event: String(decoding: sent, as: UTF8.self), source: fact.source, id: fact.id,
          type: fact.type, received: received, place: place))
    }
    return nil
  }

  /// What is said once: a pedimento, an act, a notice. Of several versions the greatest (time, id)
  /// counts that is complete; which one that is shows when the document is derived.
  private mutating func take(
    _ stored: StoredFact, of fact: InboundEvent, as id: DocumentID, rectifies: String?,
    _ output: any DocumentsOutput
  ) throws {
    guard var document = try storage.document(id.text) else {
      var document = StoredDocument(id: id)
      document.main = stored
      document.rectifies = rectifies
      try storage.save(document)
      try storage.note(fact.name, at: .document(id.text))
      return try begin(document, output)
    }
    try storage.note(fact.name, at: .document(id.text))
    if let main = document.main {
      if let known = try sameFact(as: fact, in: document) {
        guard known < fact.version else { return }
        if document.versions == 0 {
          // The same fact in a later extract: what it says stays, and counts as of that one.
          document.main = StoredFact(
            event: stored.event, received: main.received, origin: stored.origin)
          statements[id.text] = nil
          return try storage.save(document)
        }
      }
      if document.versions == 0 { try add(main, to: &document, isVersion: true) }
      try add(stored, to: &document, isVersion: true)
    } else if document.versions > 0 {
      // All that came before are withdrawn.
      try add(stored, to: &document, isVersion: true)
    } else {
      document.id = id
      document.main = stored
      document.rectifies = rectifies
    }
    try storage.save(document)
    try touch(document)
  }

  /// The greatest version of a fact among those of a document that may come again with a later one.
  private mutating func sameFact(
    as fact: InboundEvent, in document: StoredDocument
  ) throws -> FactVersion? {
    guard fact.mayRise, let main = document.main else { return nil }
    var greatest: FactVersion?
    for stored in document.versions == 0 ? [main] : try facts(of: document) {
      let known = try decode(stored.event)
      guard known.source == fact.source, known.id == fact.id else { continue }
      greatest = max(greatest ?? known.version, known.version)
    }
    return greatest
  }

  /// A row of partes.csv, or an event of a move or of sub-manufacture: every one of them counts.
  private mutating func add(
    _ stored: StoredFact, of fact: InboundEvent, isKnown: Bool, to id: DocumentID,
    _ output: any DocumentsOutput
  ) throws {
    guard try !isKnown || isEarlier(fact) else { return }
    try noteRow(of: fact)
    let known = try storage.document(id.text)
    var document = known ?? StoredDocument(id: id)
    try add(stored, to: &document, isVersion: false)
    try storage.save(document)
    try storage.note(fact.name, at: .document(id.text))
    // Rows come many at a time, and mostly beside their pedimento.
    if known == nil, id.kind != .pedimento {
      try begin(document, output)
    } else {
      try touch(document)
    }
  }

  /// Whether a row of partes.csv that is known stands further ahead now. Rows are taken in the
  /// order of their files: of one that is in several, the first place counts, whichever came first.
  /// It is kept beside the other, and told from it when the rows are read (``PartesRows``).
  private func isEarlier(_ fact: InboundEvent) throws -> Bool {
    guard case .partes(let row) = fact.payload else { return false }
    guard let known = try storage.row(of: fact.name) else { return true }
    return row.row < known
  }

  private func noteRow(of fact: InboundEvent) throws {
    guard case .partes(let row) = fact.payload else { return }
    try storage.note(row: row.row, of: fact.name)
  }

  func add(
    _ fact: StoredFact, to document: inout StoredDocument, isVersion: Bool
  ) throws {
    if isVersion { document.versions += 1 }
    if document.more == 0, document.facts.count < StoredDocument.factsWithin {
      document.facts.append(fact)
    } else {
      document.more += 1
      try storage.append(fact, to: document.id.text)
    }
  }

  private mutating func begin(
    _ document: StoredDocument, _ output: any DocumentsOutput
  ) throws {
    guard try standsAlone(document) else { return try touch(document) }
    try derive(document.id.text, output)
  }

  mutating func decode(_ event: [UInt8]) throws -> InboundEvent {
    if let inHand, inHand.event == event { return inHand.fact }
    do throws(Rejection) {
      return try decoder.decode(event)
    } catch {
      throw DocumentsError.unreadable(error)
    }
  }
}

/// What the documents stage finds wrong with what was checked before.
public enum DocumentsError: Error, Equatable, Sendable {
  /// An event that intake let through cannot be read.
  case unreadable(Rejection)
}
