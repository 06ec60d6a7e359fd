import EventLog
import Ledger
import Messages
import SQLite
import ServiceRuntime
import Store
import TransferRules

/// The transfer service: carries goods that move between plants from book to book.
public enum TransferService {
  /// How many days may lie between the two documents of a virtual transfer that are paired by
  /// their goods, where nothing else is asked for.
  public static let pairingDays: Int32 = 10

  /// The service's stages.
  ///
  /// - Parameter pairingDays: how many days may lie between two documents that are paired by their
  ///   goods. What is sent depends on it: it is a fact of the log, a store keeps the number that it
  ///   began with, and another one is refused with `StoreError.otherSetting`. Nil takes the
  ///   store's, and ``pairingDays`` for a new one.
  public static func stages(pairingDays: Int32? = nil) -> [Stage] {
    [PostingsHandler.stage, PairsHandler.stage(days: pairingDays)]
  }
}

/// `saldo.ledger` to lots on `saldo.movements`.
final class PostingsHandler: StageHandler {
  private var lots: MovedLots<SQLiteMovedLots>
  private var reader = MessageReader<LedgerEntry>()
  /// Lots that an earlier version of the program held back; they go out before anything else.
  private var held: [LotMovement]

  static let stage = Stage(
    service: "transfer", name: "postings", input: Topic.ledger.rawValue,
    outputs: [Topic.movements.rawValue],
    migrations: SQLiteMovedLots.migrations + [HeldLots.migration]
  ) { db, _ in
    try PostingsHandler(db)
  }

  private init(_ db: Connection) throws {
    lots = MovedLots(storage: SQLiteMovedLots(db))
    held = try HeldLots.load(db)
  }

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    guard let value = record.value else { return }
    var changed: [LotMovement] = []
    if !held.isEmpty {
      swap(&changed, &held)
      try HeldLots.forget(db)
    }
    // Most entries have no moves: they are told apart without being read.
    if Self.concernsMoves(value) { try lots.apply(reader.read(value)) { changed.append($0) } }
    for lot in changed {
      let movement = Movement.lot(lot)
      output.send(
        to: 0, writingKey: { movement.writeKey(to: &$0) }, { movement.write(to: &$0) })
    }
  }

  func save(_ db: Connection) throws {}

  /// Whether an entry tells of moves: whether its text has anything but the canonical
  /// `"moves":[]`, right behind the lots or `"more":true`.
  ///
  /// The ledger is written by the books alone and in canonical form. The sequence cannot stand
  /// within a string, where its quotes would be escaped.
  static func concernsMoves(_ text: UnsafeRawBufferPointer) -> Bool {
    for start in 0..<text.count where text[start] == UInt8(ascii: "\"") {
      guard has("\"moves\":[]", text, at: start) else { continue }
      return !ends("],", text, before: start) && !ends("],\"more\":true,", text, before: start)
    }
    return true
  }

  private static func ends(
    _ literal: StaticString, _ text: UnsafeRawBufferPointer, before end: Int
  ) -> Bool {
    has(literal, text, at: end - literal.utf8CodeUnitCount)
  }

  private static func has(
    _ literal: StaticString, _ text: UnsafeRawBufferPointer, at start: Int
  ) -> Bool {
    guard start >= 0, start + literal.utf8CodeUnitCount <= text.count else { return false }
    for place in 0..<literal.utf8CodeUnitCount {
      if text[start + place] != literal.utf8Start[place] { return false }
    }
    return true
  }
}

/// The lots that were sent, in the stage's store.
struct SQLiteMovedLots: MovedLotsStorage {
  private let db: Connection

  static let migrations = [
    StoreMigration(
      "lots that moves open",
      """
      CREATE TABLE moved (
        name TEXT NOT NULL PRIMARY KEY,
        revision INTEGER NOT NULL CHECK (revision > 0),
        quantity INTEGER NOT NULL CHECK (quantity >= 0),
        value INTEGER NOT NULL CHECK (value >= 0),
        dueOn INTEGER,
        clave TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      """)
  ]

  /// The store's connection outlives this value and is used by its task alone.
  init(_ db: Connection) { self.db = db }

  func sent(_ name: String) throws -> SentLot? {
    try db.statement("SELECT revision, quantity, value, dueOn, clave FROM moved WHERE name = ?")
      .bind(name).first { row in
        try SentLot(
          revision: row[0], quantity: Quantity(millionths: row[1]),
          value: Money(centavos: row[2]),
          dueOn: (row[3] as Int32?).map(CalendarDate.init(days:)), clave: row[4])
      }
  }

  func save(_ name: String, _ lot: SentLot) throws {
    try db.statement(
      """
      INSERT OR REPLACE INTO moved (name, revision, quantity, value, dueOn, clave)
      VALUES (?, ?, ?, ?, ?, ?)
      """
    ).bind(
      name, lot.revision, lot.quantity.millionths, lot.value.centavos, lot.dueOn?.days, lot.clave
    ).run()
  }
}
