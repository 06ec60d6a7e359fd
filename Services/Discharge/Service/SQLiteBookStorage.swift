import DischargeRules
import Ledger
import Messages
import SQLite
import Store

/// The books' store: the journal in a few large rows that are only appended, and a row for each
/// book and each lot, written where it changed.
final class SQLiteBookStorage: BookStorage {
  private let db: Connection
  private let records: SQLiteJournal

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

  static let factsMigrations = [
    StoreMigration(
      "how many facts a book has",
      """
      ALTER TABLE book ADD COLUMN facts INTEGER NOT NULL DEFAULT 0;
      UPDATE book SET facts = (SELECT count(*) FROM lot WHERE lot.book = book.id);
      """)
  ]

  static let journalMigrations = [
    StoreMigration(
      "how much of the journal is in chains",
      """
      ALTER TABLE numbers ADD COLUMN journalTotal INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE numbers ADD COLUMN journalLive INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE numbers ADD COLUMN journalMarked INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE numbers ADD COLUMN compactNext INTEGER;
      ALTER TABLE numbers ADD COLUMN compactEnd INTEGER;
      ALTER TABLE numbers ADD COLUMN compactMark INTEGER;
      UPDATE numbers SET journalTotal = (SELECT coalesce(sum(length(bytes)), 0) FROM journal),
        journalLive = (SELECT coalesce(sum(length(bytes)), 0) FROM journal);
      """)
  ]

  /// The store's connection outlives this object and is used by its task alone.
  init(_ db: Connection) throws {
    self.db = db
    records = try SQLiteJournal(db)
  }

  var journal: JournalSize {
    get { records.size }
    set { records.size = newValue }
  }

  /// How many bytes of records were appended since the last flush.
  var appended: Int64 { records.appended }

  func append(_ record: UnsafeRawBufferPointer) throws -> Int64 { try records.append(record) }

  func read(_ pointer: Int64, _ body: (UnsafeRawBufferPointer) -> Void) throws {
    try records.read(pointer, body)
  }

  func mark() throws -> Int64 { try records.mark() }

  func removeRecords(before mark: Int64) throws { try records.removeRecords(before: mark) }

  func storedLot(_ id: Int64, of book: Int32) throws -> Lot? {
    try db.statement(Self.selectOneLot).bind(id).first { try Self.lot($0) }
  }

  func keep(_ lot: Lot, of book: Int32) throws {
    try LotWriter(db).save(lot, of: book)
  }

  /// Reads all books, and the lots with something left, in the order of their numbers.
  func load(
    book: (StoredBook) -> Void, lot: (Lot, Int32) throws -> Void
  ) throws {
    try db.query("SELECT plant, part, head, facts, scrapOf FROM book ORDER BY id") { row in
      book(
        try StoredBook(
          plant: row[0], part: row[1], head: row[2], facts: row[3], scrapOf: row[4]))
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

  /// How far the journal was being rewritten; nil if it was not.
  func compaction() throws -> Compaction? {
    var compaction: Compaction?
    try db.query(
      """
      SELECT journalTotal, journalLive, journalMarked, compactNext, compactEnd, compactMark
      FROM numbers
      """
    ) { row in
      records.restore(try JournalSize(total: row[0], live: row[1]), marked: try row[2])
      guard try !row.isNull(3) else { return }
      compaction = try Compaction(next: row[3], end: row[4], mark: row[5])
    }
    return compaction
  }

  /// Writes what of the journal is not written yet, and the numbers to be given next.
  func flush(_ numbers: Books.Numbers, _ compaction: Compaction?) throws {
    try records.flush()
    try db.statement(
      """
      UPDATE numbers SET lot = ?, demand = ?, posting = ?, journalTotal = ?, journalLive = ?,
      journalMarked = ?, compactNext = ?, compactEnd = ?, compactMark = ?
      """
    ).bind(
      numbers.lot, numbers.demand, numbers.posting, journal.total, journal.live, records.marked,
      compaction?.next, compaction?.end, compaction?.mark
    ).run()
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
    if try !row.isNull(8) {
      return try .move(
        MoveReference(
          date: CalendarDate(days: row[8]), document: row[9], line: row[10], plant: row[11]))
    }
    guard try !row.isNull(17) else { return nil }
    return try .discharge(
      DischargeReference(
        SequenceKey(
          date: CalendarDate(days: row[17]), rank: .exit, document: row[18], line: row[19],
          component: row[20], product: row[21], directed: row[22])))
  }
}
