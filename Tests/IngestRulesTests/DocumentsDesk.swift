import IngestRules
import Ledger
import Messages

/// The documents core over a storage in memory, fed event by event. A turn that is asked for comes
/// behind the event, as on a log with nothing else in it, unless turns are held back.
struct DocumentsDesk {
  private let storage = MemoryDocuments()
  private let sent = SentMessages()
  private var documents: Documents
  private let place: (partition: Int32, of: Int32)
  private var clock: Int64 = 0
  /// The last record of each document, the first page if it has several.
  private(set) var records: [String: DocumentRecord] = [:]
  private var demands: [String: DemandMovement] = [:]
  /// Withdrawals that were sent to books and pairs, in their order.
  var withdrawals: [WithdrawalMessage] { sent.withdrawals }
  /// Notes to partitions of the stage, in their order.
  var notes: [(note: DocumentsNote, partition: Int32)] { sent.notes }
  /// Every page of a record that was sent, in their order.
  private(set) var pages: [DocumentRecord] = []
  /// Whether turns wait until ``takeTurn()``.
  var holdsTurns = false
  /// What was rejected, in its order.
  private(set) var rejected: [RejectedEvent] = []
  /// Sides of virtual transfers that were sent, in their order.
  private(set) var sides: [TransferSide] = []
  /// Keys of the catalogue that were sent on, in their order.
  private(set) var catalog: [String] = []

  init(partition: Int32 = 0, of partitions: Int32 = 1, _ events: [String] = []) throws {
    place = (partition, partitions)
    documents = try Documents(
      storage: storage, limits: .law, partition: partition, partitions: partitions)
    for event in events { try take(event) }
  }

  /// Takes an event; answers the movements that it sent, described.
  @discardableResult
  mutating func take(_ event: String) throws -> [String] {
    clock += 1
    try Array(event.utf8).withUnsafeBytes { try documents.apply($0, received: clock, sent) }
    if !holdsTurns { while sent.asksTurn { try turn() } }
    return collected()
  }

  /// Lets turns come until none is asked for any more; returns how many that were.
  @discardableResult
  mutating func takeTurns() throws -> Int {
    var turns = 0
    while sent.asksTurn {
      try turn()
      turns += 1
    }
    _ = collected()
    return turns
  }

  /// Takes a note of another partition.
  mutating func take(_ found: FoundFact) throws {
    try documents.take(found, sent)
    if !holdsTurns { while sent.asksTurn { try turn() } }
    _ = collected()
  }

  private mutating func turn() throws {
    sent.asksTurn = false
    try documents.takeTurn(sent)
  }

  private mutating func collected() -> [String] {
    for record in sent.records where record.page == nil { records[record.document] = record }
    for case .demand(let demand) in sent.movements { demands[demand.document] = demand }
    pages += sent.records
    rejected += sent.rejected
    sides += sent.sides
    catalog += sent.catalog
    defer { sent.clear() }
    return sent.movements.map { Self.described($0) }
  }

  /// The same documents opened again out of their storage.
  mutating func reopen() throws {
    documents = try Documents(
      storage: storage, limits: .law, partition: place.partition, partitions: place.of)
  }

  /// The pedimentos that the last demand of a document draws on.
  func directed(of document: String) -> [String] {
    (demands[document]?.directed ?? []).map(\.pedimento)
  }

  /// The codes of what keeps a document, or parts of it, out of the books.
  func pending(_ document: String) -> [String] { records[document]?.pending.map(\.code) ?? [] }

  func state(_ document: String) -> DocumentRecord.State? { records[document]?.state }

  /// `+lot 1/1 M at A 5 r1` for a lot, `-exit ...` for a demand, `gone` without quantities.
  private static func described(_ movement: Movement) -> String {
    switch movement {
    case .lot(let lot):
      let quantity = lot.quantity.map(\.description) ?? "gone"
      return "lot \(short(lot.pedimento))/\(lot.line) \(lot.part)@\(lot.plant) \(quantity) "
        + "r\(lot.revision)" + because(lot.withdrawal)
    case .demand(let demand):
      let shares = [demand.incorporated, demand.waste, demand.scrap].compactMap { $0?.description }
      let product = demand.product.map { "(\($0))" } ?? ""
      let directed = demand.directed.map { entries in
        "<" + entries.map { "\(short($0.pedimento))/\($0.line)" }.joined(separator: " ") + ">"
      }
      let to = demand.toPlant.map { ">\($0)" } ?? ""
      let account = demand.account.map { "\($0) " } ?? ""
      return "\(account)exit \(short(demand.document))/\(demand.line) \(demand.part)\(product)@"
        + "\(demand.plant)\(to)\(directed ?? "") "
        + "\(shares.isEmpty ? "gone" : shares.joined(separator: "+")) r\(demand.revision)"
        + because(demand.withdrawal)
    case .stock: return "stock"
    case .settle: return "settle"
    case .transit(let transit):
      return "transit \(short(transit.document)) \(transit.part)@\(transit.plant)"
    case .withdrawal(let withdrawal): return "withdrawal \(withdrawal.of.text)"
    }
  }

  /// `by` and the id of the withdrawal that is behind it.
  private static func because(_ cause: FactName?) -> String { cause.map { " by \($0.id)" } ?? "" }

  private static func short(_ document: String) -> String {
    guard document.utf8.count == 15 else { return document }
    return String(document.drop { $0 != "6" }.dropFirst(3).drop { $0 == "0" })
  }
}

/// Everything in dictionaries.
private final class MemoryDocuments: DocumentsStorage {
  private var documents: [String: StoredDocument] = [:]
  private var dependences: [String: Set<String>] = [:]
  private var identities: [FactName: UInt64] = [:]
  private var rows: [FactName: Int32] = [:]
  private var facts: [String: [UInt8]] = [:]
  private var more: [String: [StoredFact]] = [:]
  private var order: [String: Int] = [:]
  private var touched: [String: (facts: Bool, cause: FactName?)] = [:]
  private var things: [String: TouchedThing] = [:]
  private var places: [FactName: FactPlace] = [:]
  private var versions: [String: [[UInt8]]] = [:]
  private var counting: [Withdrawal.Target: [UInt8]] = [:]

  func document(_ id: String) -> StoredDocument? { documents[id] }
  func save(_ document: StoredDocument) {
    documents[document.id.text] = document
    if order[document.id.text] == nil { order[document.id.text] = order.count }
  }

  func append(_ fact: StoredFact, to document: String) { more[document, default: []].append(fact) }
  func moreFacts(of document: String) -> [StoredFact] { more[document] ?? [] }

  func rectifications(of pedimento: String) -> [String] {
    documents.values.filter { $0.rectifies == pedimento }.map(\.id.number).sorted()
  }

  func note(_ document: String, dependsOn subject: String) {
    dependences[subject, default: []].insert(document)
  }

  func hasDependents(on subject: String) -> Bool { dependences[subject]?.isEmpty == false }

  var hasDocuments: Bool { !documents.isEmpty }
  var hasTouched: Bool { !touched.isEmpty || !things.isEmpty }

  func touch(_ document: String, facts: Bool, because cause: FactName?) {
    guard documents[document] != nil else { return }
    let known = touched[document]
    touched[document] = (facts || known?.facts == true, cause ?? known?.cause)
  }

  func touchDependents(on subject: String, from date: CalendarDate?, because cause: FactName?) {
    for name in dependences[subject] ?? [] {
      if let date, let known = documents[name]?.date, known < date { continue }
      touch(name, facts: false, because: cause)
    }
  }

  func touchAll(because cause: FactName?) {
    for name in documents.keys { touch(name, facts: false, because: cause) }
  }

  func touch(thing: String, from date: CalendarDate?, because cause: FactName?) {
    guard var known = things[thing] else {
      return things[thing] = TouchedThing(thing: thing, from: date, cause: cause)
    }
    known.from = known.from.flatMap { first in date.map { min($0, first) } }
    known.cause = cause ?? known.cause
    things[thing] = known
  }

  func takeTouchedThings() -> [TouchedThing] {
    defer { things = [:] }
    return things.sorted { $0.key < $1.key }.map(\.value)
  }

  func takeTouched(atMost limit: Int) -> [TouchedDocument] {
    let names = touched.keys.sorted { order[$0] ?? 0 < order[$1] ?? 0 }.prefix(limit)
    return names.map { name in
      let known = touched.removeValue(forKey: name)
      return TouchedDocument(id: name, facts: known?.facts == true, cause: known?.cause)
    }
  }

  func note(_ fact: FactName, at place: FactPlace) { places[fact] = place }
  func place(of fact: FactName) -> FactPlace? { places[fact] }
  func append(version event: [UInt8], of key: String) { versions[key, default: []].append(event) }
  func versions(of key: String) -> [[UInt8]] { versions[key] ?? [] }
  func remove(catalog key: String) { facts[key] = nil }
  func save(withdrawal target: Withdrawal.Target, event: [UInt8]) { counting[target] = event }
  func withdrawals() -> [[UInt8]] { counting.sorted { $0.key.text < $1.key.text }.map(\.value) }

  func earlier(_ fact: FactName, fingerprint: UInt64) -> UInt64? {
    if let earlier = identities[fact] { return earlier }
    identities[fact] = fingerprint
    return nil
  }
  func row(of fact: FactName) -> Int32? { rows[fact] }
  func note(row: Int32, of fact: FactName) { rows[fact] = row }
  func save(catalog key: String, event: [UInt8]) { facts[key] = event }
  func catalog() -> [[UInt8]] { facts.sorted { $0.key < $1.key }.map(\.value) }
}

private final class SentMessages: DocumentsOutput {
  var movements: [Movement] = []
  var records: [DocumentRecord] = []
  var rejected: [RejectedEvent] = []
  var sides: [TransferSide] = []
  var catalog: [String] = []
  var asksTurn = false
  var withdrawals: [WithdrawalMessage] = []
  var notes: [(note: DocumentsNote, partition: Int32)] = []

  func send(_ movement: Movement) { movements.append(movement) }
  func send(_ record: DocumentRecord) { records.append(record) }
  func send(_ side: TransferSide) { sides.append(side) }
  func send(_ rejected: RejectedEvent) { self.rejected.append(rejected) }
  func send(catalog key: String, event: UnsafeRawBufferPointer) { catalog.append(key) }
  func remove(catalog key: String) { catalog.append("-" + key) }
  func askTurn() { asksTurn = true }
  func send(_ withdrawal: WithdrawalMessage) { withdrawals.append(withdrawal) }
  func send(_ note: DocumentsNote, to partition: Int32) { notes.append((note, partition)) }

  func clear() {
    movements = []
    records = []
    rejected = []
    sides = []
    catalog = []
  }
}
