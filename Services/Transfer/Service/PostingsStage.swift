import EventLog
import GRDB
import Ledger
import Messages
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
  ///   goods. What is sent hangs on it: a store keeps the number that it began with, and another
  ///   one is refused with ``TransferError``. Nil takes the store's, and ``pairingDays`` for a new
  ///   one.
  public static func stages(pairingDays: Int32? = nil) -> [Stage] {
    [PostingsHandler.stage, PairsHandler.stage(days: pairingDays)]
  }
}

/// `saldo.ledger` to lots on `saldo.movements`.
final class PostingsHandler: StageHandler {
  private var lots: MovedLots<SQLiteMovedLots>
  private var reader = MessageReader<LedgerEntry>()

  static let stage = Stage(
    service: "transfer", name: "postings", input: Topic.ledger.rawValue,
    outputs: [Topic.movements.rawValue], migrations: SQLiteMovedLots.migrations
  ) { db, _ in
    PostingsHandler(db)
  }

  private init(_ db: Database) { lots = MovedLots(storage: SQLiteMovedLots(db)) }

  func apply(_ record: RecordView, _ db: Database, _ output: inout StepOutput) throws {
    guard let value = record.value else { return }
    // Most entries have no moves: they are told apart without being read.
    guard Self.hasMoves(value) else { return }
    let entry = try reader.read(value)
    var changed: [LotMovement] = []
    try lots.apply(entry) { changed.append($0) }
    for lot in changed {
      let movement = Movement.lot(lot)
      output.send(
        to: 0, writingKey: { movement.writeKey(to: &$0) }, { movement.write(to: &$0) })
    }
  }

  func save(_ db: Database) throws {}

  /// Whether the text has anything but the canonical `"moves":[]`.
  ///
  /// The ledger is written by the books alone and in canonical form. The sequence cannot stand
  /// within a string, where its quotes would be escaped.
  static func hasMoves(_ text: UnsafeRawBufferPointer) -> Bool {
    let empty: StaticString = "\"moves\":[]"
    let length = empty.utf8CodeUnitCount
    var start = 0
    while start + length <= text.count {
      var matched = 0
      while matched < length, text[start + matched] == empty.utf8Start[matched] { matched += 1 }
      if matched == length { return false }
      start += 1
    }
    return true
  }
}

/// The lots that were sent, in the stage's store.
struct SQLiteMovedLots: MovedLotsStorage {
  private let db: Database

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
  init(_ db: Database) { self.db = db }

  func sent(_ name: String) throws -> SentLot? {
    var found: SentLot?
    try db.cachedStatement(
      sql: "SELECT revision, quantity, value, dueOn, clave FROM moved WHERE name = ?"
    ).bindAndRead {
      $0.bind(1, name)
    } _: { row in
      found = SentLot(
        revision: row.integer(0), quantity: Quantity(millionths: row.integer(1)),
        value: Money(centavos: row.integer(2)),
        dueOn: row.isNull(3) ? nil : CalendarDate(days: Int32(row.integer(3))), clave: row.text(4))
    }
    return found
  }

  func save(_ name: String, _ lot: SentLot) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO moved (name, revision, quantity, value, dueOn, clave)
        VALUES (?, ?, ?, ?, ?, ?)
        """
    ).bindAndRun { row in
      row.bind(1, name)
      row.bind(2, lot.revision)
      row.bind(3, lot.quantity.millionths)
      row.bind(4, lot.value.centavos)
      row.bind(5, lot.dueOn.map { Int64($0.days) })
      row.bind(6, lot.clave)
    }
  }
}
