import DischargeRules
import EventLog
import Ledger
import Limits
import Messages
import SQLite
import ServiceRuntime
import Store

/// The discharge service: keeps the books.
public enum DischargeService {
  /// How much a partition keeps in memory; what it sends does not depend on it.
  public struct AtHand: Sendable {
    var lots: Books.LotsAtHand
    var identities: FingerprintMap.Limits

    /// Limits; the defaults come to some megabytes a partition.
    ///
    /// - Parameters:
    ///   - lots: with so many in all books those behind the front of a book are let go.
    ///   - front: so many of a book are its front.
    ///   - identities: so many of stock events are in memory before they become a run.
    ///   - runs: so many runs of a size become one.
    public init(
      lots: Int = 16_384, front: Int = 16, identities: Int = 16_384, runs: Int = 4
    ) {
      self.lots = Books.LotsAtHand(limit: lots, front: front)
      self.identities = FingerprintMap.Limits(atHand: identities, fanOut: runs)
    }
  }

  /// The service's stages.
  public static func stages(atHand: AtHand = AtHand()) -> [Stage] { [BooksHandler.stage(atHand)] }
}

/// `saldo.movements` to the ledger.
final class BooksHandler: StageHandler {
  // One task uses a handler, and nothing that it calls calls it back: these need no look at each
  // message whether somebody else is at them.
  private let storage: SQLiteBookStorage
  @exclusivity(unchecked) private var books: Books
  @exclusivity(unchecked) private var stock: StockBooks
  @exclusivity(unchecked) private var waiting: WaitingFacts
  @exclusivity(unchecked) private var numbers: [UInt64: Int32] = [:]
  @exclusivity(unchecked) private var reader = MessageReader<Movement>()
  @exclusivity(unchecked) private var changes = LedgerEntry(
    plant: "", part: "", cause: Cause(document: "", line: 0, revision: 0), received: 0)

  /// How much of the journal a step writes anew at least, where garbage is to be removed.
  private static let leastCompacted: Int64 = 1 << 14

  private enum Output: Int, CaseIterable {
    case ledger, rejected, documents

    var topic: Topic {
      switch self {
      case .ledger: .ledger
      case .rejected: .rejected
      case .documents: .documents
      }
    }
  }

  static func stage(_ atHand: DischargeService.AtHand) -> Stage {
    Stage(
      service: "discharge", name: "books", input: Topic.movements.rawValue,
      outputs: Output.allCases.map(\.topic.rawValue),
      migrations: SQLiteBookStorage.migrations + StockBooks.migrations
        + SQLiteBookStorage.scrapMigrations + ReceivedDocuments.migrations
        + [WaitingFacts.earlierMigration, WaitingFacts.migration]
        + SQLiteBookStorage.factsMigrations + SQLiteBookStorage.journalMigrations
        + StockEvents.migrations + StockBooks.keyMigrations
    ) { db, _ in
      try BooksHandler(db, atHand)
    }
  }

  private init(_ db: Connection, _ atHand: DischargeService.AtHand) throws {
    storage = try SQLiteBookStorage(db)
    var books = Books(storage: storage, numbers: try storage.numbers(), atHand: atHand.lots)
    try storage.load {
      books.restore($0)
    } lot: { lot, book in
      try books.restore(lot, of: book)
    }
    books.restore(try storage.compaction())
    self.books = books
    stock = try StockBooks(db, atHand.identities)
    waiting = try WaitingFacts(db)
    for number in 0..<Int32(books.count) where !books.isScrap(number) {
      let name = books.name(of: number)
      var key: [UInt8] = []
      BookKey.write(plant: name.plant, part: name.part, to: &key)
      key.withUnsafeBytes { self.numbers[free(Fingerprint.of($0))] = number }
    }
  }

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    guard let value = record.value else { return }
    for book in waiting.askForEarlier() { askForTurn(of: book, &output) }
    if let source = output.source, source.topic == Topic.documents.rawValue {
      waiting.note(sender: source.partition)
    }
    switch try reader.read(value) {
    case .lot(let lot):
      try take(.lot(lot), plant: lot.plant, part: lot.part, record, &output)
    case .demand(let demand):
      try take(.demand(demand), plant: demand.plant, part: demand.part, record, &output)
    case .settle(let turn):
      let book = number(of: record.key, plant: turn.plant, part: turn.part)
      let step = waiting.comeRound(book, bookOf: books.facts(of: book))
      try go(on: step, book, record.key, &output)
    case .stock(let movement):
      let book = number(of: record.key, plant: movement.plant, part: movement.part)
      let name = FactName(source: movement.source, id: movement.id)
      if stock.isNamed(name) { tell(name, at: movement.plant, movement.document, &output) }
      if let code = try stock.take(movement, book) {
        let rejected = Self.rejected(movement, code, value, output.received)
        output.send(to: Output.rejected.rawValue, key: movement.source + "|" + movement.id) {
          rejected.write(to: &$0)
        }
      }
      guard tellReceipts(movement.plant, movement.part, output.received) else { return }
      send(record.key, &output)
    case .withdrawal(let withdrawal): try take(withdrawal, &output)
    case .transit(let transit):
      try stock.expect(transit, number(of: record.key, plant: transit.plant, part: transit.part))
      guard tellReceipts(transit.plant, transit.part, output.received) else { return }
      send(record.key, &output)
    }
  }

  /// Takes a fact at once where it is new and comes after everything in a book for which nothing
  /// waits; any other waits for the book's turn.
  private func take(
    _ fact: BookFact, plant: String, part: String, _ record: RecordView,
    _ output: inout StepOutput
  ) throws {
    let book = number(of: record.key, plant: plant, part: part)
    guard try !waiting.waits(for: book) && books.follows(fact, in: book) else {
      guard let movement = record.value else { return }
      let step = try waiting.join(
        movement, output.input, book, bookOf: books.facts(of: book))
      return try go(on: step, book, record.key, &output)
    }
    changes.begin(plant: plant, part: part, cause: fact.cause, received: output.received)
    try books.apply(fact, to: book, &changes)
    send(record.key, &output)
  }

  /// Takes the withdrawal of an event, or its cancellation, which every partition gets: stock that
  /// is here is no longer counted, or counted again.
  private func take(_ withdrawal: WithdrawalMessage, _ output: inout StepOutput) throws {
    guard let found = try stock.take(withdrawal) else { return }
    let name = books.name(of: found.book)
    tell(withdrawal.of, at: name.plant, found.document, &output)
    guard
      tellReceipts(name.plant, name.part, output.received, because: withdrawal.name)
    else { return }
    var key: [UInt8] = []
    BookKey.write(plant: name.plant, part: name.part, to: &key)
    key.withUnsafeBytes { send($0, &output) }
  }

  /// Tells the documents stage of stock that a withdrawal names: it tells readers.
  private func tell(
    _ name: FactName, at plant: String, _ document: String, _ output: inout StepOutput
  ) {
    let note = DocumentsNote.found(
      FoundFact(
        target: name.text, type: "immex.stock.v1", rfc: "", document: document, plant: plant))
    let speaker = DocumentsNote.speaker(
      for: name.text, of: output.partitions(of: Output.documents.rawValue))
    output.send(to: Output.documents.rawValue, partition: speaker, key: note.key) {
      note.write(to: &$0)
    }
  }

  /// Does what is to be done with what waits for a book.
  private func go(
    on step: BookTurn.Step, _ book: Int32, _ key: UnsafeRawBufferPointer,
    _ output: inout StepOutput
  ) throws {
    switch step {
    case .wait: return
    case .ask: askForTurn(of: book, &output)
    case .serve:
      let name = books.name(of: book)
      let facts = try waiting.take(book)
      // Of facts that are served in one pass one is told as the cause: a withdrawal before others.
      guard let last = facts.last(where: { $0.cause.withdrawal != nil }) ?? facts.last else {
        return
      }
      changes.begin(
        plant: name.plant, part: name.part, cause: last.cause, received: output.received)
      try books.apply(facts, to: book, &changes)
      send(key, &output)
    }
  }

  /// Sends what a movement changed, in its book and in the account of scrap beside it; the last
  /// message says that nothing more comes.
  private func send(_ key: UnsafeRawBufferPointer, _ output: inout StepOutput) {
    let scrap = books.takeScrapChanges()
    if scrap == nil, changes.items <= Limits.ledgerItems {
      // Nearly always: nothing is put together for it.
      guard !changes.isEmpty else { return }
      return output.send(to: Output.ledger.rawValue, key: key) { changes.write(to: &$0) }
    }
    var parts = changes.isEmpty ? [] : changes.parts(atMost: Limits.ledgerItems)
    if let scrap { parts += scrap.parts(atMost: Limits.ledgerItems) }
    for index in parts.indices {
      if index + 1 < parts.count { parts[index].more = true }
      output.send(to: Output.ledger.rawValue, key: key) { parts[index].write(to: &$0) }
    }
  }

  /// Sends a book's turn on its way round.
  private func askForTurn(of book: Int32, _ output: inout StepOutput) {
    let name = books.name(of: book)
    let turn = Movement.settle(SettleMovement(plant: name.plant, part: name.part))
    output.send(
      to: Output.documents.rawValue, partition: waiting.sender(of: book),
      writingKey: { turn.writeKey(to: &$0) }, { turn.write(to: &$0) })
  }

  var unsavedBytes: Int { Int(storage.appended) }

  func save(_ db: Connection) throws {
    try books.compact(atMost: 4 * storage.appended + Self.leastCompacted)
    var writer = try SQLiteBookWriter(db)
    try books.save(to: &writer)
    try storage.flush(books.numbers, books.compaction)
    try stock.save(db)
    try waiting.save()
  }

  /// Begins an entry of what was received by a move's document; returns false where nothing changed
  /// of that.
  private func tellReceipts(
    _ plant: String, _ part: String, _ received: Int64, because withdrawal: FactName? = nil
  ) -> Bool {
    guard let receipts = stock.takeReceipts() else { return false }
    changes.begin(
      plant: plant, part: part,
      cause: Cause(document: receipts.document, line: 0, revision: 0, withdrawal: withdrawal),
      received: received)
    changes.receipts = receipts
    return true
  }

  /// The book of a record's key: opened where it is new.
  private func number(of key: UnsafeRawBufferPointer, plant: String, part: String) -> Int32 {
    var slot = Fingerprint.of(key)
    while let number = numbers[slot] {
      let name = books.name(of: number)
      if name.part == part, name.plant == plant { return number }
      slot &+= 1
    }
    let number = books.open(plant: plant, part: part)
    numbers[slot] = number
    return number
  }

  /// Two books of one fingerprint lie one behind the other.
  private func free(_ slot: UInt64) -> UInt64 {
    var slot = slot
    while numbers[slot] != nil { slot &+= 1 }
    return slot
  }

  private static func rejected(
    _ movement: StockMovement, _ code: RejectionCode, _ value: UnsafeRawBufferPointer,
    _ received: Int64
  ) -> RejectedEvent {
    let field = code == .identityConflict ? "id" : "data.quantity"
    let shown = code == .identityConflict ? movement.id : movement.quantity.description
    return RejectedEvent(
      rejection: Rejection(code, field: field, value: shown),
      event: String(decoding: value, as: UTF8.self), source: movement.source, id: movement.id,
      type: "immex.stock.v1", received: received)
  }
}
