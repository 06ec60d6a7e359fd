import DischargeRules
import Ledger
import Messages
import SQLite
import Store

/// The stock events of a partition, so that one that is withdrawn can be taken back out of the sums;
/// and which ones are withdrawn, known or not. Receipts and counts have a row each, the others are
/// packed (``PackedStockEvents``).
struct StockEvents {
  /// An event that was taken.
  struct Event {
    /// Its row's number, or that among the packed ones, negative.
    var row: Int64
    var book: Int32
    var uom: UnitOfMeasure
    var movement: StockEvent.Kind
    var quantity: Quantity
    var document: String
    /// Of receipts and counts, as what follows.
    var occurredAt: Instant
    /// Source and id; of counts alone, whose latest counts.
    var name: String
    var isWithdrawn: Bool
  }

  private let db: Connection
  /// By an event's key the number of its row.
  private var rows: FingerprintMap
  private var packed: PackedStockEvents
  private var withdrawals: [FactName: WithdrawalMessage] = [:]

  private static let mapName = "stock_row_of"

  static let migrations = [
    StoreMigration(
      "stock events, and which are withdrawn",
      """
      CREATE TABLE stock_event (
        id INTEGER PRIMARY KEY,
        book INTEGER NOT NULL,
        uom INTEGER NOT NULL,
        movement TEXT NOT NULL,
        quantity INTEGER NOT NULL,
        at INTEGER NOT NULL,
        document TEXT NOT NULL,
        name TEXT NOT NULL,
        withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1))
      ) STRICT;
      CREATE INDEX stock_event_book ON stock_event (book, id);
      CREATE TABLE stock_withdrawal (
        target INTEGER PRIMARY KEY,
        target_source TEXT NOT NULL,
        target_id TEXT NOT NULL,
        cancels INTEGER NOT NULL CHECK (cancels IN (0, 1)),
        time INTEGER NOT NULL,
        source TEXT NOT NULL,
        id TEXT NOT NULL
      ) STRICT;
      """),
    FingerprintMap.migration("stock_row"),
  ]

  static let keyMigrations = [
    StoreMigration(
      "withdrawals of stock events by name",
      """
      CREATE TABLE stock_withdrawal_of (
        target_source TEXT NOT NULL,
        target_id TEXT NOT NULL,
        cancels INTEGER NOT NULL CHECK (cancels IN (0, 1)),
        time INTEGER NOT NULL,
        source TEXT NOT NULL,
        id TEXT NOT NULL,
        PRIMARY KEY (target_source, target_id)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO stock_withdrawal_of
        SELECT target_source, target_id, cancels, time, source, id FROM stock_withdrawal;
      DROP TABLE stock_withdrawal;
      """),
    FingerprintMap.migration(mapName),
    PackedStockEvents.migration,
  ]

  /// The store's connection outlives this value and is used by its task alone.
  init(_ db: Connection, _ atHand: FingerprintMap.Limits) throws {
    self.db = db
    rows = try FingerprintMap(db, name: Self.mapName, limits: atHand)
    packed = try PackedStockEvents(db)
    var known: [WithdrawalMessage] = []
    try db.query(
      "SELECT target_source, target_id, cancels, time, source, id FROM stock_withdrawal_of"
    ) { row in
      known.append(
        WithdrawalMessage(
          of: FactName(source: try row[0], id: try row[1]), cancels: try row[2],
          by: FactName(source: try row[4], id: try row[5]),
          time: Instant(nanoseconds: try row[3])))
    }
    for withdrawal in known { withdrawals[withdrawal.of] = withdrawal }
  }

  /// Whether a withdrawal or a cancellation names an event.
  func isNamed(_ name: FactName) -> Bool { !withdrawals.isEmpty && withdrawals[name] != nil }

  /// Whether an event does not count.
  func isWithdrawn(_ name: FactName) -> Bool {
    !withdrawals.isEmpty && withdrawals[name]?.cancels == false
  }

  /// Notes a withdrawal or a cancellation; returns whether it is the one that counts.
  mutating func note(_ withdrawal: WithdrawalMessage) throws -> Bool {
    if let known = withdrawals[withdrawal.of], withdrawal.version <= known.version { return false }
    withdrawals[withdrawal.of] = withdrawal
    try db.statement(
      """
      INSERT OR REPLACE INTO stock_withdrawal_of (
        target_source, target_id, cancels, time, source, id)
      VALUES (?, ?, ?, ?, ?, ?)
      """
    ).bind(
      withdrawal.of.source, withdrawal.of.id, withdrawal.cancels,
      withdrawal.time.nanoseconds, withdrawal.source, withdrawal.id
    ).run()
    return true
  }

  /// Keeps an event that is taken, under its key.
  mutating func append(
    _ movement: StockMovement, _ book: Int32, _ fact: FactName, _ key: UInt128
  ) throws {
    if PackedStockEvents.keeps(movement.movement) {
      let number = try packed.append(movement, book, isWithdrawn: isWithdrawn(fact))
      return rows.insert(key, UInt64(bitPattern: -number))
    }
    let name = movement.movement == .counted ? movement.source + "|" + movement.id : ""
    try db.statement(
      """
      INSERT INTO stock_event (
        book, uom, movement, quantity, at, document, name, withdrawn)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).bind(
      book, movement.uom.code, movement.movement.rawValue, movement.quantity.millionths,
      movement.occurredAt.nanoseconds, movement.document, name, isWithdrawn(fact)
    ).run()
    rows.insert(key, UInt64(bitPattern: db.lastInsertedRow))
  }

  /// An event by its key; nil if it is not known here.
  func event(_ key: UInt128) throws -> Event? {
    guard let row = try rows.value(of: key).map(Int64.init(bitPattern:)) else { return nil }
    guard row < 0 else { return try events("id = ?", row).first }
    let event = try packed.event(-row)
    return Event(
      row: row, book: event.book, uom: event.uom, movement: event.movement,
      quantity: event.quantity, document: event.document, occurredAt: Instant(nanoseconds: 0),
      name: "", isWithdrawn: event.isWithdrawn)
  }

  func set(_ event: Event, withdrawn: Bool) throws {
    guard event.row > 0 else { return try packed.set(-event.row, withdrawn: withdrawn) }
    try db.statement("UPDATE stock_event SET withdrawn = ? WHERE id = ?")
      .bind(withdrawn, event.row).run()
  }

  /// The receipts and counts of a book that count.
  func counting(in book: Int32) throws -> [Event] {
    try events("book = ? AND withdrawn = 0", Int64(book))
  }

  mutating func save() throws {
    try rows.save()
    try packed.save()
  }

  private func events(_ condition: String, _ value: Int64) throws -> [Event] {
    var events: [Event] = []
    try db.statement(
      """
      SELECT id, book, uom, movement, quantity, at, document, name, withdrawn
      FROM stock_event WHERE \(condition) ORDER BY id
      """
    ).bind(value).query { row in
      let (code, word): (Int, String) = (try row[2], try row[3])
      guard let uom = UnitOfMeasure(code: code), let movement = StockEvent.Kind(rawValue: word)
      else { throw StoreError.failed("a stock event is \(word) in unit \(code)") }
      events.append(
        Event(
          row: try row[0], book: try row[1], uom: uom, movement: movement,
          quantity: Quantity(millionths: try row[4]),
          document: try row[6], occurredAt: Instant(nanoseconds: try row[5]), name: try row[7],
          isWithdrawn: try row[8]))
    }
    return events
  }
}
