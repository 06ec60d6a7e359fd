import Store

/// The tables of a records store: each document as its latest record says it stands.
///
/// The check of `place` is no `IN`: with three numbers or more SQLite fills a table of its own each
/// time a row is checked, which costs more than the row.
enum RecordTables {
  static let migrations = [
    StoreMigration(
      "documents, their lines and what waits of them",
      """
      CREATE TABLE document (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        rfc TEXT NOT NULL,
        document TEXT NOT NULL,
        revision INTEGER NOT NULL,
        state TEXT NOT NULL,
        clave TEXT,
        operation TEXT,
        date INTEGER,
        received INTEGER NOT NULL,
        place INTEGER NOT NULL CHECK (place BETWEEN 0 AND 2),
        UNIQUE (rfc, document, kind)
      ) STRICT;
      CREATE TABLE line (
        document INTEGER NOT NULL REFERENCES document (id),
        position INTEGER NOT NULL,
        line INTEGER NOT NULL,
        plant TEXT NOT NULL,
        part TEXT NOT NULL,
        quantity INTEGER NOT NULL CHECK (quantity >= 0),
        uom INTEGER NOT NULL CHECK (uom BETWEEN 1 AND 22),
        tariff_item TEXT NOT NULL,
        nico TEXT NOT NULL,
        value INTEGER NOT NULL CHECK (value >= 0),
        origin TEXT NOT NULL,
        due INTEGER,
        PRIMARY KEY (document, position)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE pending (
        document INTEGER NOT NULL REFERENCES document (id),
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        source TEXT NOT NULL,
        type TEXT NOT NULL,
        code TEXT NOT NULL,
        reason TEXT NOT NULL,
        rejected INTEGER NOT NULL CHECK (rejected IN (0, 1)),
        received TEXT NOT NULL,
        PRIMARY KEY (document, position)
      ) STRICT, WITHOUT ROWID;
      """),
    StoreMigration("whether rows of the report topic were sent", Publishing.table),
    StoreMigration("notices of destruction", "ALTER TABLE document ADD COLUMN notice TEXT;"),
    StoreMigration(
      "goods at sub-manufacturers",
      """
      CREATE TABLE submanufacture (
        document INTEGER NOT NULL REFERENCES document (id),
        position INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('sent', 'returned')),
        plant TEXT NOT NULL,
        submanufacturer TEXT NOT NULL,
        part TEXT NOT NULL,
        folio TEXT NOT NULL,
        date INTEGER NOT NULL,
        quantity INTEGER NOT NULL CHECK (quantity >= 0),
        of_document TEXT,
        PRIMARY KEY (document, position)
      ) STRICT, WITHOUT ROWID;
      """),
    MoveTables.ofRecords,
    StoreMigration(
      "rows of moves and of goods at sub-manufacturers",
      Publishing.again(emptying: ["line", "pending", "submanufacture", "move", "document"])),
    StoreMigration(
      "lines without a unit",
      """
      CREATE TABLE line_2 (
        document INTEGER NOT NULL REFERENCES document (id),
        position INTEGER NOT NULL,
        line INTEGER NOT NULL,
        plant TEXT NOT NULL,
        part TEXT NOT NULL,
        quantity INTEGER NOT NULL CHECK (quantity >= 0),
        uom INTEGER CHECK (uom BETWEEN 1 AND 22),
        tariff_item TEXT NOT NULL,
        nico TEXT NOT NULL,
        value INTEGER NOT NULL CHECK (value >= 0),
        origin TEXT NOT NULL,
        due INTEGER,
        PRIMARY KEY (document, position)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO line_2
        SELECT document, position, line, plant, part, quantity, uom, tariff_item, nico, value,
          origin, due
        FROM line;
      DROP TABLE line;
      ALTER TABLE line_2 RENAME TO line;
      """),
    StoreMigration(
      "where pending facts stand in files, and their plants",
      """
      ALTER TABLE pending ADD COLUMN file TEXT NOT NULL DEFAULT '';
      ALTER TABLE pending ADD COLUMN line INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE pending ADD COLUMN plant TEXT NOT NULL DEFAULT '';
      """),
    RecordPage.migration,
    WithdrawalTables.migration,
    // Records that say them come again under the rules that tell them.
    StoreMigration(
      "details of documents and lines",
      """
      ALTER TABLE document ADD COLUMN details TEXT;
      ALTER TABLE line ADD COLUMN details TEXT;
      """),
  ]
}
