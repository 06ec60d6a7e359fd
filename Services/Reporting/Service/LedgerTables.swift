import Store

/// The tables of a ledger store: quantities in millionths, amounts in centavos, dates in days since
/// 1970.
///
/// Lots, demands and postings carry the numbers that their partition of the ledger gave them: rows
/// are added at the end of their table and found without an index.
enum LedgerTables {
  static let migrations = [
    StoreMigration(
      "books, lots, demands and postings",
      """
      CREATE TABLE book (
        id INTEGER PRIMARY KEY,
        plant TEXT NOT NULL,
        part TEXT NOT NULL
      ) STRICT;
      CREATE TABLE lot (
        id INTEGER PRIMARY KEY,
        book INTEGER NOT NULL,
        pedimento TEXT NOT NULL,
        line INTEGER NOT NULL,
        clave TEXT NOT NULL,
        entered INTEGER NOT NULL,
        due INTEGER,
        quantity INTEGER NOT NULL CHECK (quantity > 0),
        value INTEGER NOT NULL CHECK (value >= 0),
        discharged INTEGER NOT NULL CHECK (discharged >= 0),
        moved INTEGER NOT NULL CHECK (moved >= 0),
        value_out INTEGER NOT NULL CHECK (value_out BETWEEN 0 AND value),
        CHECK (discharged + moved <= quantity)
      ) STRICT;
      CREATE TABLE demand (
        id INTEGER PRIMARY KEY,
        book INTEGER NOT NULL,
        document TEXT NOT NULL,
        line INTEGER NOT NULL,
        clave TEXT NOT NULL,
        date INTEGER NOT NULL,
        product TEXT,
        to_plant TEXT,
        shortage INTEGER NOT NULL CHECK (shortage >= 0)
      ) STRICT;
      CREATE TABLE posting (
        id INTEGER PRIMARY KEY,
        demand INTEGER NOT NULL,
        lot INTEGER NOT NULL,
        incorporated INTEGER NOT NULL CHECK (incorporated >= 0),
        waste INTEGER NOT NULL CHECK (waste >= 0),
        scrap INTEGER NOT NULL CHECK (scrap >= 0),
        value INTEGER NOT NULL CHECK (value >= 0),
        reverses INTEGER,
        reversed INTEGER NOT NULL CHECK (reversed IN (0, 1)),
        CHECK (reverses IS NULL OR reversed = 0)
      ) STRICT;
      """),
    StoreMigration(
      "what rows of the report topics need beside that",
      """
      CREATE TABLE withdrawn_lot (
        id INTEGER PRIMARY KEY,
        book INTEGER NOT NULL,
        pedimento TEXT NOT NULL,
        line INTEGER NOT NULL,
        entered INTEGER NOT NULL,
        due INTEGER
      ) STRICT;
      CREATE TABLE withdrawn_demand (
        id INTEGER PRIMARY KEY,
        document TEXT NOT NULL,
        line INTEGER NOT NULL,
        clave TEXT NOT NULL,
        date INTEGER NOT NULL,
        product TEXT,
        to_plant TEXT
      ) STRICT;
      """ + Publishing.table),
    // Built again from the log: what entries before it said of a lot's source was not kept.
    // BETWEEN, and not IN with three numbers, for which SQLite fills a table of its own each time a
    // row is checked.
    StoreMigration(
      "accounts of scrap, and where lots come from",
      """
      ALTER TABLE book ADD COLUMN account INTEGER NOT NULL DEFAULT 0 CHECK (account IN (0, 1));
      ALTER TABLE lot ADD COLUMN source INTEGER NOT NULL DEFAULT 0 CHECK (source BETWEEN 0 AND 2);
      ALTER TABLE lot ADD COLUMN source_on INTEGER;
      ALTER TABLE lot ADD COLUMN source_by TEXT;
      ALTER TABLE lot ADD COLUMN source_line INTEGER;
      CREATE TABLE unfinished (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        plant TEXT NOT NULL,
        part TEXT NOT NULL
      ) STRICT;
      DELETE FROM book;
      DELETE FROM lot;
      DELETE FROM demand;
      DELETE FROM posting;
      DELETE FROM withdrawn_lot;
      DELETE FROM withdrawn_demand;
      \(StoreMigration.fromTheBeginning)
      """),
    MoveTables.ofLedger,
    StoreMigration(
      "rows of what was received of moves",
      Publishing.again(
        emptying: [
          "book", "lot", "demand", "posting", "withdrawn_lot", "withdrawn_demand", "unfinished",
          "receipt",
        ])),
    // Of what an older store has, nobody noted it: the trail says nothing there.
    StoreMigration(
      "where postings lie in the log, and when what made them was received",
      """
      ALTER TABLE posting ADD COLUMN ledger_offset INTEGER;
      ALTER TABLE posting ADD COLUMN caused_received INTEGER;
      """),
  ]
}
