import DischargeRules
import GRDB
import Ledger
import Messages
import Store

/// Stock on hand of a partition, with the identities of the events that made it.
struct StockBooks {
  private var onHand: [Key: StockOnHand] = [:]
  private var changed: Set<Key> = []
  private var seen = SeenEvents()

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
      """)
  ]

  init(_ db: Database) throws {
    try load(db)
    try db.cachedStatement(sql: "SELECT events FROM seen ORDER BY id").bindAndRead { _ in
    } _: { row in
      let words = row.blob(0)
      for offset in stride(from: 0, to: words.count - 15, by: 16) {
        seen.restore(
          UInt64(littleEndian: words.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
          fingerprint: UInt64(
            littleEndian: words.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)))
      }
    }
  }

  /// Takes a movement; answers why not, where it is not taken for anything but a repetition.
  mutating func take(_ movement: StockMovement, _ book: Int32) -> RejectionCode? {
    let identity = Fingerprint.mix(
      Fingerprint.of(movement.source) &* 3 &+ Fingerprint.of(movement.id))
    switch seen.note(identity, fingerprint: UInt64(movement.fingerprint, radix: 16) ?? 0) {
    case .repeated: return nil
    case .conflict: return .identityConflict
    case .new: break
    }
    let key = Key(book: book, uom: movement.uom.code)
    do {
      try onHand[key, default: StockOnHand()].take(movement)
    } catch {
      return .quantityOverflow
    }
    changed.insert(key)
    return nil
  }

  mutating func save(_ db: Database) throws {
    let added = seen.takeAdded()
    if !added.isEmpty {
      let words = added.map(\.littleEndian)
      try words.withUnsafeBytes { bytes in
        try db.cachedStatement(sql: "INSERT INTO seen (events) VALUES (?)").bindAndRun {
          $0.bind(1, bytes)
        }
      }
    }
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
