import DischargeRules
import GRDB
import GRDBSQLite
import Ledger
import Messages
import Store

/// The books' store: the journal in a few large rows that are only appended, one a batch, and a row
/// for each book and each lot, written where it changed.
final class SQLiteBookStorage: BookStorage {
  private let db: Database
  private var pending: [UInt8] = []
  private var row: Int64
  private let reader: JournalReader

  static let migrations = [
    StoreMigration(
      "books",
      """
      CREATE TABLE book (
        id INTEGER PRIMARY KEY,
        plant TEXT NOT NULL,
        part TEXT NOT NULL,
        head INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE lot (
        id INTEGER PRIMARY KEY,
        book INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        clave TEXT NOT NULL,
        pedimento TEXT NOT NULL,
        line INTEGER NOT NULL,
        enteredOn INTEGER NOT NULL,
        dueOn INTEGER NOT NULL,
        movedOn INTEGER,
        movedBy TEXT,
        movedLine INTEGER,
        movedFrom TEXT,
        quantity INTEGER NOT NULL CHECK (quantity > 0),
        value INTEGER NOT NULL CHECK (value >= 0),
        discharged INTEGER NOT NULL CHECK (discharged >= 0),
        movedOut INTEGER NOT NULL CHECK (movedOut >= 0),
        valueOut INTEGER NOT NULL CHECK (valueOut BETWEEN 0 AND value),
        CHECK (discharged + movedOut <= quantity)
      ) STRICT;
      CREATE TABLE journal (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
      CREATE TABLE numbers (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        lot INTEGER NOT NULL,
        demand INTEGER NOT NULL,
        posting INTEGER NOT NULL
      ) STRICT;
      INSERT INTO numbers (id, lot, demand, posting) VALUES (1, 1, 1, 1);
      """)
  ]

  /// After those of the other tables of the stage: migrations are only ever added at the end.
  static let scrapMigrations = [
    StoreMigration(
      "accounts of scrap",
      """
      ALTER TABLE book ADD COLUMN scrapOf INTEGER;
      ALTER TABLE lot ADD COLUMN leftOn INTEGER;
      ALTER TABLE lot ADD COLUMN leftBy TEXT;
      ALTER TABLE lot ADD COLUMN leftLine INTEGER;
      ALTER TABLE lot ADD COLUMN leftComponent INTEGER;
      ALTER TABLE lot ADD COLUMN leftProduct TEXT;
      ALTER TABLE lot ADD COLUMN leftDirected INTEGER CHECK (leftDirected IN (0, 1));
      """)
  ]

  /// The store's connection outlives this object and is used by its task alone.
  init(_ db: Database) throws {
    self.db = db
    row = try Int64.fetchOne(db, sql: "SELECT coalesce(max(id), 0) + 1 FROM journal") ?? 1
    reader = JournalReader(db)
  }

  // A pointer is the journal's row in the upper half and the place in it in the lower.
  func append(_ record: UnsafeRawBufferPointer) -> Int64 {
    let start = pending.count
    withUnsafeBytes(of: UInt32(record.count).littleEndian) { pending.append(contentsOf: $0) }
    pending.append(contentsOf: record)
    return row << 32 | Int64(start)
  }

  func read(_ pointer: Int64, _ body: (UnsafeRawBufferPointer) -> Void) throws {
    let start = Int(pointer & 0xFFFF_FFFF)
    guard pointer >> 32 != row else {
      return pending.withUnsafeBytes { bytes in
        body(UnsafeRawBufferPointer(rebasing: bytes[(start + 4)...]))
      }
    }
    return try reader.read(row: pointer >> 32, at: start, body)
  }

  func storedLot(_ id: Int64, of book: Int32) throws -> Lot? {
    var found: Lot?
    try db.cachedStatement(sql: Self.selectOneLot).bindAndRead {
      $0.bind(1, id)
    } _: {
      found = Self.lot($0)
    }
    return found
  }

  func keep(_ lot: Lot, of book: Int32) throws {
    try LotWriter(db).save(lot, of: book)
  }

  /// Reads all books, and the lots with something left, in the order of their numbers.
  func load(
    book: (String, String, Int64, Int32?) -> Void, lot: (Lot, Int32) throws -> Void
  ) throws {
    try db.cachedStatement(
      sql: "SELECT plant, part, head, scrapOf FROM book ORDER BY id"
    ).bindAndRead { _ in
    } _: { row in
      let scrapOf = row.isNull(3) ? nil : Int32(row.integer(3))
      book(row.text(0), row.text(1), row.integer(2), scrapOf)
    }
    try db.cachedStatement(
      sql: Self.selectLot + " WHERE discharged + movedOut < quantity ORDER BY id"
    ).bindAndRead { _ in
    } _: {
      try lot(Self.lot($0), Int32($0.integer(1)))
    }
  }

  func numbers() throws -> Books.Numbers {
    var numbers = Books.Numbers()
    try db.cachedStatement(sql: "SELECT lot, demand, posting FROM numbers").bindAndRead { _ in
    } _: { row in
      numbers.lot = row.integer(0)
      numbers.demand = row.integer(1)
      numbers.posting = row.integer(2)
    }
    return numbers
  }

  /// Writes the journal of the batch, and the numbers to be given next.
  func flush(_ numbers: Books.Numbers) throws {
    reader.close()
    if !pending.isEmpty {
      try pending.withUnsafeBytes { bytes in
        try db.cachedStatement(
          sql: "INSERT INTO journal (id, bytes) VALUES (?, ?)"
        ).bindAndRun { statement in
          statement.bind(1, row)
          statement.bind(2, bytes)
        }
      }
      row += 1
      pending.removeAll(keepingCapacity: true)
    }
    try db.cachedStatement(
      sql: "UPDATE numbers SET lot = ?, demand = ?, posting = ?"
    ).bindAndRun { row in
      row.bind(1, numbers.lot)
      row.bind(2, numbers.demand)
      row.bind(3, numbers.posting)
    }
  }

  private static let selectLot = """
    SELECT \((LotWriter.columns + LotWriter.scrapColumns).joined(separator: ", ")) FROM lot
    """

  private static let selectOneLot = selectLot + " WHERE id = ?"

  private static func lot(_ row: FastRow) -> Lot {
    Lot(
      id: row.integer(0), revision: row.integer(2), clave: row.text(3), pedimento: row.text(4),
      line: Int32(row.integer(5)), enteredOn: CalendarDate(days: Int32(row.integer(6))),
      dueOn: CalendarDate(days: Int32(row.integer(7))), origin: source(row),
      quantity: row.integer(12),
      value: row.integer(13), discharged: row.integer(14), movedOut: row.integer(15),
      valueOut: row.integer(16))
  }

  private static func source(_ row: FastRow) -> Lot.Source? {
    if !row.isNull(8) {
      return .move(
        MoveReference(
          date: CalendarDate(days: Int32(row.integer(8))), document: row.text(9),
          line: Int32(row.integer(10)), plant: row.text(11)))
    }
    guard !row.isNull(17) else { return nil }
    return .discharge(
      DischargeReference(
        SequenceKey(
          date: CalendarDate(days: Int32(row.integer(17))), rank: .exit, document: row.text(18),
          line: Int32(row.integer(19)), component: Int32(row.integer(20)), product: row.text(21),
          directed: row.integer(22) == 1)))
  }
}
