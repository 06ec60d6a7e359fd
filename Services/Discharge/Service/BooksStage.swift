import DischargeRules
import EventLog
import Ledger
import Messages
import SQLite
import ServiceRuntime
import Store

/// The discharge service: keeps the books.
public enum DischargeService {
  /// How much a partition keeps in memory; what it sends does not hang on it.
  public struct AtHand: Sendable {
    var lots: Books.LotsAtHand
    var identities: FingerprintMap.Limits

    /// Limits; the defaults come to some megabytes a partition.
    ///
    /// - Parameters:
    ///   - lots: with so many in all books those behind the front of a book are let go.
    ///   - front: so many of a book are its front.
    ///   - identities: so many of stock events are at hand before they become a run.
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
  private let storage: SQLiteBookStorage
  private var books: Books
  private var stock: StockBooks
  private var pending: PendingLots
  private var numbers: [UInt64: Int32] = [:]
  private var reader = MessageReader<Movement>()
  private var changes = LedgerEntry(
    plant: "", part: "", cause: Cause(document: "", line: 0, revision: 0), received: 0)

  /// The most items that one message of the ledger has.
  private static let messageLimit = 1_000

  static func stage(_ atHand: DischargeService.AtHand) -> Stage {
    Stage(
      service: "discharge", name: "books", input: Topic.movements.rawValue,
      outputs: [Topic.ledger.rawValue, Topic.rejected.rawValue],
      migrations: SQLiteBookStorage.migrations + StockBooks.migrations
        + SQLiteBookStorage.scrapMigrations + ReceivedDocuments.migrations
        + [PendingLots.migration]
    ) { db, _ in
      try BooksHandler(db, atHand)
    }
  }

  private init(_ db: Connection, _ atHand: DischargeService.AtHand) throws {
    storage = try SQLiteBookStorage(db)
    var books = Books(storage: storage, numbers: try storage.numbers(), atHand: atHand.lots)
    try storage.load { plant, part, head, scrapOf in
      books.restore(plant: plant, part: part, head: head, scrapOf: scrapOf)
    } lot: { lot, book in
      try books.restore(lot, of: book)
    }
    self.books = books
    stock = try StockBooks(db, atHand.identities)
    pending = try PendingLots(db)
    for number in 0..<Int32(books.count) where !books.isScrap(number) {
      let name = books.name(of: number)
      var key: [UInt8] = []
      BookKey.write(plant: name.plant, part: name.part, to: &key)
      key.withUnsafeBytes { self.numbers[free(Fingerprint.of($0))] = number }
    }
  }

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    guard let value = record.value else { return }
    switch try reader.read(value) {
    case .lot(let lot):
      let book = number(of: record.key, plant: lot.plant, part: lot.part)
      begin(lot.plant, lot.part, (lot.pedimento, lot.line, lot.revision), output.received)
      try take(lot, book)
    case .demand(let demand):
      var book = number(of: record.key, plant: demand.plant, part: demand.part)
      if demand.account == .scrap { book = books.scrapBook(of: book) }
      begin(
        demand.plant, demand.part, (demand.document, demand.line, demand.revision), output.received)
      changes.account = demand.account
      try books.apply(demand, to: book, &changes)
    case .settle(let settle):
      let book = number(of: record.key, plant: settle.plant, part: settle.part)
      let lots = pending.settle(book)
      guard let last = lots.last else { return }
      begin(last.plant, last.part, (last.pedimento, last.line, last.revision), output.received)
      try books.apply(lots, to: book, &changes)
    case .stock(let movement):
      let book = number(of: record.key, plant: movement.plant, part: movement.part)
      if let code = try stock.take(movement, book) {
        let rejected = Self.rejected(movement, code, value, output.received)
        output.send(to: 1, key: movement.source + "|" + movement.id) { rejected.write(to: &$0) }
      }
      guard tellReceipts(movement.plant, movement.part, output.received) else { return }
    case .transit(let transit):
      try stock.expect(transit, number(of: record.key, plant: transit.plant, part: transit.part))
      guard tellReceipts(transit.plant, transit.part, output.received) else { return }
    }
    send(record.key, &output)
  }

  /// Sends what a movement changed, in its book and in the account of scrap beside it; the last
  /// message says that nothing more comes.
  private func send(_ key: UnsafeRawBufferPointer, _ output: inout StepOutput) {
    var parts = changes.isEmpty ? [] : changes.parts(atMost: Self.messageLimit)
    if let scrap = books.takeScrapChanges() { parts += scrap.parts(atMost: Self.messageLimit) }
    for index in parts.indices {
      if index + 1 < parts.count { parts[index].more = true }
      output.send(to: 0, key: key) { parts[index].write(to: &$0) }
    }
  }

  /// A lot of an entry is taken at once, and so is a new one behind everything in its book. Any
  /// other waits for the rest of its change, and then for the book's turn.
  private func take(_ lot: LotMovement, _ book: Int32) throws {
    guard lot.moved != nil else { return try books.apply(lot, to: book, &changes) }
    guard let change = pending.change(endingWith: lot, book) else { return }
    if try books.onlyAppends(change, to: book) {
      try books.apply(change, to: book, &changes)
    } else if pending.wait(change, book) {
      changes.lotsWait = true
    }
  }

  func save(_ db: Connection) throws {
    var writer = try SQLiteBookWriter(db)
    try books.save(to: &writer)
    try storage.flush(books.numbers)
    try stock.save(db)
    try pending.save(db)
  }

  /// Begins an entry of what was received by a move's document; answers false where nothing changed
  /// of that.
  private func tellReceipts(_ plant: String, _ part: String, _ received: Int64) -> Bool {
    guard let receipts = stock.takeReceipts() else { return false }
    begin(plant, part, (receipts.document, 0, 0), received)
    changes.receipts = receipts
    return true
  }

  private func begin(
    _ plant: String, _ part: String, _ cause: (document: String, line: Int32, revision: Int64),
    _ received: Int64
  ) {
    changes.begin(
      plant: plant, part: part,
      cause: Cause(document: cause.document, line: cause.line, revision: cause.revision),
      received: received)
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
