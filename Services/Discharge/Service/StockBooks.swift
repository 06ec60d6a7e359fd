import DischargeRules
import GRDB
import Ledger
import Messages
import Store

/// Stock on hand of a partition, with the identities of the events that made it.
struct StockBooks {
  private var onHand: [Key: StockOnHand] = [:]
  private var changed: Set<Key> = []
  /// What each event said that was taken, by its identity.
  private var seen: FingerprintMap
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

  /// The store's connection outlives this value and is used by its task alone.
  init(_ db: Database, _ atHand: FingerprintMap.Limits) throws {
    seen = try FingerprintMap(db, name: "seen", limits: atHand)
    received = try ReceivedDocuments(db, atHand)
    try load(db)
  }

  /// Takes a movement; answers why not, where it is not taken for anything but a repetition.
  ///
  /// - Throws: what the store reports.
  mutating func take(_ movement: StockMovement, _ book: Int32) throws -> RejectionCode? {
    let identity = EventIdentity.fingerprint(source: movement.source, id: movement.id)
    let fingerprint = UInt64(movement.fingerprint, radix: 16) ?? 0
    if let first = try seen.value(of: identity) {
      return first == fingerprint ? nil : .identityConflict
    }
    seen.insert(identity, fingerprint)
    let key = Key(book: book, uom: movement.uom.code)
    do {
      try onHand[key, default: StockOnHand()].take(movement)
    } catch {
      return .quantityOverflow
    }
    changed.insert(key)
    if movement.movement == .received { receipts = try received.take(movement, book) }
    return nil
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

  mutating func save(_ db: Database) throws {
    try seen.save()
    try received.save()
    let insert = try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO stock (
          book, uom, received, issued, completed, scrapped, shipped, countedAt, countedBy, counted
        ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for key in changed {
      guard let stock = onHand[key] else { continue }
      try insert.bindAndRun { row in
        row.bind(1, Int64(key.book))
        row.bind(2, Int64(key.uom))
        row.bind(3, stock.received)
        row.bind(4, stock.issued)
        row.bind(5, stock.completed)
        row.bind(6, stock.scrapped)
        row.bind(7, stock.shipped)
        row.bind(8, stock.counted?.occurredAt.nanoseconds)
        row.bind(9, stock.counted?.id)
        row.bind(10, stock.counted?.quantity)
      }
    }
    changed.removeAll(keepingCapacity: true)
  }

  private mutating func load(_ db: Database) throws {
    try db.cachedStatement(
      sql: """
        SELECT book, uom, received, issued, completed, scrapped, shipped, countedAt, countedBy,
        counted FROM stock
        """
    ).bindAndRead { _ in
    } _: { row in
      var stock = StockOnHand()
      stock.received = row.integer(2)
      stock.issued = row.integer(3)
      stock.completed = row.integer(4)
      stock.scrapped = row.integer(5)
      stock.shipped = row.integer(6)
      if !row.isNull(7) {
        stock.counted = StockOnHand.Count(
          occurredAt: Instant(nanoseconds: row.integer(7)), id: row.text(8),
          quantity: row.integer(9))
      }
      onHand[Key(book: Int32(row.integer(0)), uom: UInt8(row.integer(1)))] = stock
    }
  }
}
