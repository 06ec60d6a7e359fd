import DischargeRules
import Ledger
import Messages
import SQLite
import Store

/// The books' store: the journal in a few large rows that are only appended, one a batch, and a row
/// for each book and each lot, written where it changed.
final class SQLiteBookStorage: BookStorage {
  private let db: Connection
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
  init(_ db: Connection) throws {
    self.db = db
    row = try db.scalar("SELECT coalesce(max(id), 0) + 1 FROM journal") ?? 1
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
    try db.statement(Self.selectOneLot).bind(id).first { try Self.lot($0) }
  }

  func keep(_ lot: Lot, of book: Int32) throws {
    try LotWriter(db).save(lot, of: book)
  }

  /// Reads all books, and the lots with something left, in the order of their numbers.
  func load(
    book: (String, String, Int64, Int32?) -> Void, lot: (Lot, Int32) throws -> Void
  ) throws {
    try db.query("SELECT plant, part, head, scrapOf FROM book ORDER BY id") { row in
      book(try row[0], try row[1], try row[2], try row[3])
    }
    try db.query(Self.selectLot + " WHERE discharged + movedOut < quantity ORDER BY id") { row in
      try lot(Self.lot(row), row[1])
    }
  }

  func numbers() throws -> Books.Numbers {
    var numbers = Books.Numbers()
    try db.query("SELECT lot, demand, posting FROM numbers") { row in
      numbers.lot = try row[0]
      numbers.demand = try row[1]
      numbers.posting = try row[2]
    }
    return numbers
  }

  /// Writes the journal of the batch, and the numbers to be given next.
  func flush(_ numbers: Books.Numbers) throws {
    reader.close()
    if !pending.isEmpty {
      try pending.withUnsafeBytes { bytes in
        try db.run("INSERT INTO journal (id, bytes) VALUES (?, ?)", row, bytes)
      }
      row += 1
      pending.removeAll(keepingCapacity: true)
    }
    try db.run(
      "UPDATE numbers SET lot = ?, demand = ?, posting = ?", numbers.lot, numbers.demand,
      numbers.posting)
  }

  private static let selectLot = """
    SELECT \((LotWriter.columns + LotWriter.scrapColumns).joined(separator: ", ")) FROM lot
    """

  private static let selectOneLot = selectLot + " WHERE id = ?"

  private static func lot(_ row: borrowing Row) throws -> Lot {
    try Lot(
      id: row[0], revision: row[2], clave: row[3], pedimento: row[4], line: row[5],
      enteredOn: CalendarDate(days: row[6]), dueOn: CalendarDate(days: row[7]),
      origin: source(row), quantity: row[12], value: row[13], discharged: row[14],
      movedOut: row[15], valueOut: row[16])
  }

  private static func source(_ row: borrowing Row) throws -> Lot.Source? {
    if !row.isNull(8) {
      return try .move(
        MoveReference(
          date: CalendarDate(days: row[8]), document: row[9], line: row[10], plant: row[11]))
    }
    guard !row.isNull(17) else { return nil }
    return try .discharge(
      DischargeReference(
        SequenceKey(
          date: CalendarDate(days: row[17]), rank: .exit, document: row[18], line: row[19],
          component: row[20], product: row[21], directed: row[22])))
  }
}
