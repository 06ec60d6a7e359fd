import DischargeRules
import Ledger
import Messages
import SQLite
import Store

/// Stock on hand of a partition, with the identities of the events that made it.
struct StockBooks {
  private var onHand: [Key: StockOnHand] = [:]
  private var changed: Set<Key> = []
  /// What each event said that was taken, by its name.
  private var seen: FingerprintMap
  private let keys = FingerprintKeys()
  private var events: StockEvents
  private var received: ReceivedDocuments
  /// What the last movement changed of the receipts by a move's document.
  private var receipts: Receipts?

  private struct Key: Hashable {
    var book: Int32
    var uom: UInt8
  }

  static let migrations = [
    StoreMigration(
      "stock on hand",
      """
      CREATE TABLE stock (
        book INTEGER NOT NULL,
        uom INTEGER NOT NULL,
        received INTEGER NOT NULL,
        issued INTEGER NOT NULL,
        completed INTEGER NOT NULL,
        scrapped INTEGER NOT NULL,
        shipped INTEGER NOT NULL,
        countedAt INTEGER,
        countedBy TEXT,
        counted INTEGER,
        PRIMARY KEY (book, uom)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE seen (id INTEGER PRIMARY KEY, events BLOB NOT NULL) STRICT;
      """),
    FingerprintMap.migration("seen"),
    StoreMigration(
      "identities of stock events in runs",
      "INSERT INTO seen_recent (entries) SELECT events FROM seen ORDER BY id; DROP TABLE seen;"),
  ]

  /// The tables by which events and documents are known: the last of the stage's.
  static let keyMigrations =
    [FingerprintMap.migration("seen_event")] + ReceivedDocuments.keyMigrations
    + StockEvents.keyMigrations

  /// The store's connection outlives this value and is used by its task alone.
  init(_ db: Connection, _ atHand: FingerprintMap.Limits) throws {
    seen = try FingerprintMap(db, name: "seen_event", limits: atHand)
    events = try StockEvents(db, atHand)
    received = try ReceivedDocuments(db, atHand)
    try load(db)
  }

  /// Takes a movement; returns why not, where it is not taken for anything but a repetition.
  ///
  /// - Throws: what the store reports.
  mutating func take(_ movement: StockMovement, _ book: Int32) throws -> RejectionCode? {
    let name = FactName(source: movement.source, id: movement.id)
    let key = try keys.key(name.source, name.id)
    let fingerprint = UInt64(movement.fingerprint, radix: 16) ?? 0
    if let first = try seen.value(of: key) {
      return first == fingerprint ? nil : .identityConflict
    }
    seen.insert(key, fingerprint)
    if !events.isWithdrawn(name) {
      let place = Key(book: book, uom: movement.uom.code)
      do {
        try onHand[place, default: StockOnHand()].take(movement)
      } catch {
        return .quantityOverflow
      }
      changed.insert(place)
      if movement.movement == .received { receipts = try received.take(movement, book) }
    }
    try events.append(movement, book, name, key)
    return nil
  }

  /// Whether a withdrawal or a cancellation names an event.
  func isNamed(_ name: FactName) -> Bool { events.isNamed(name) }

  /// Takes the withdrawal of an event, or its cancellation; returns the event's book and document
  /// where it is here.
  ///
  /// - Throws: what the store reports.
  mutating func take(
    _ withdrawal: WithdrawalMessage
  ) throws -> (book: Int32, document: String)? {
    let name = withdrawal.of
    guard try events.note(withdrawal),
      let event = try events.event(keys.key(name.source, name.id))
    else { return nil }
    if event.isWithdrawn == withdrawal.cancels {
      try events.set(event, withdrawn: !withdrawal.cancels)
      do {
        try count(event, again: withdrawal.cancels)
      } catch is LedgerError {
        // What came meanwhile leaves no room for it: it stays out, as one that comes then would.
        try events.set(event, withdrawn: true)
      }
    }
    return (event.book, event.document)
  }

  /// Takes an event out of the sums, or puts it back. What is no sum, the latest of several, is
  /// found among the events of the book.
  private mutating func count(_ event: StockEvents.Event, again: Bool) throws {
    let key = Key(book: event.book, uom: event.uom.code)
    var stock = onHand[key] ?? StockOnHand()
    let change = again ? event.quantity.millionths : -event.quantity.millionths
    if event.movement == .counted {
      stock.counted = nil
      for count in try events.counting(in: event.book)
      where count.movement == .counted && count.uom == event.uom {
        stock.count(count.quantity.millionths, at: count.occurredAt, as: count.name)
      }
    } else {
      try stock.add(change, to: event.movement)
    }
    onHand[key] = stock
    changed.insert(key)
    guard event.movement == .received else { return }
    let latest = try events.counting(in: event.book)
      .filter { $0.movement == .received && $0.document == event.document }
      .map(\.occurredAt).max()
    receipts = try received.change(
      event.document, event.book, by: change, event.uom, latest: latest)
  }

  /// Notes that goods go to a book by the document of a move.
  ///
  /// - Throws: what the store reports.
  mutating func expect(_ transit: TransitMovement, _ book: Int32) throws {
    receipts = try received.expect(transit.document, in: book)
  }

  /// What is to be told of the receipts by a move's document since the last call.
  mutating func takeReceipts() -> Receipts? {
    defer { receipts = nil }
    return receipts
  }

  mutating func save(_ db: Connection) throws {
    try seen.save()
    try received.save()
    try events.save()
    let insert = try db.statement(
      """
      INSERT OR REPLACE INTO stock (
        book, uom, received, issued, completed, scrapped, shipped, countedAt, countedBy, counted
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    for key in changed {
      guard let stock = onHand[key] else { continue }
      try insert.bind(
        key.book, key.uom, stock.received, stock.issued, stock.completed, stock.scrapped,
        stock.shipped, stock.counted?.occurredAt.nanoseconds, stock.counted?.id,
        stock.counted?.quantity
      ).run()
    }
    changed.removeAll(keepingCapacity: true)
  }

  private mutating func load(_ db: Connection) throws {
    try db.query(
      """
      SELECT book, uom, received, issued, completed, scrapped, shipped, countedAt, countedBy,
      counted FROM stock
      """
    ) { row in
      var stock = StockOnHand()
      stock.received = try row[2]
      stock.issued = try row[3]
      stock.completed = try row[4]
      stock.scrapped = try row[5]
      stock.shipped = try row[6]
      if try !row.isNull(7) {
        stock.counted = try StockOnHand.Count(
          occurredAt: Instant(nanoseconds: row[7]), id: row[8], quantity: row[9])
      }
      onHand[Key(book: try row[0], uom: try row[1])] = stock
    }
  }
}
