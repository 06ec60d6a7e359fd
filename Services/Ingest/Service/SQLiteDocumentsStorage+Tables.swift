import Store

extension SQLiteDocumentsStorage {
  static let migrations = ownMigrations + FactNames.migrations

  private static let ownMigrations = [
    StoreMigration(
      "documents",
      """
      CREATE TABLE document (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        rectifies TEXT,
        date INTEGER,
        body BLOB NOT NULL
      ) STRICT;
      CREATE INDEX document_rectifies ON document (rectifies) WHERE rectifies IS NOT NULL;
      CREATE TABLE subject (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
      CREATE TABLE dependence (
        subject INTEGER NOT NULL,
        document INTEGER NOT NULL,
        PRIMARY KEY (subject, document)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE identity (id INTEGER PRIMARY KEY, fingerprint INTEGER NOT NULL) STRICT;
      CREATE TABLE catalog (key TEXT NOT NULL PRIMARY KEY, event BLOB NOT NULL) STRICT;
      """),
    // Of documents taken before there were sides, none was sent. So an older store begins again
    // from its first input: what it sent before its readers know by its identity, and drop.
    StoreMigration(
      "documents have sides of virtual transfers",
      """
      DELETE FROM document;
      DELETE FROM subject;
      DELETE FROM dependence;
      DELETE FROM identity;
      DELETE FROM catalog;
      DELETE FROM outbox;
      \(StoreMigration.fromTheBeginning)
      """),
    FingerprintMap.migration("known"),
    StoreMigration(
      "facts beside their documents, and what waits for a turn",
      """
      CREATE TABLE fact (
        id INTEGER PRIMARY KEY,
        document INTEGER NOT NULL,
        received INTEGER NOT NULL,
        event BLOB NOT NULL
      ) STRICT;
      CREATE INDEX fact_document ON fact (document, id);
      CREATE TABLE touched (
        document INTEGER PRIMARY KEY,
        facts INTEGER NOT NULL CHECK (facts IN (0, 1))
      ) STRICT;
      CREATE TABLE touched_thing (
        thing TEXT NOT NULL PRIMARY KEY,
        since INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      """),
    StoreMigration(
      "turns of books that are held",
      """
      CREATE TABLE held_turn (id INTEGER PRIMARY KEY, key BLOB NOT NULL, turn BLOB NOT NULL) STRICT;
      """),
    StoreMigration(
      "withdrawals, and every version of a thing of the catalogue",
      """
      CREATE TABLE catalog_thing (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
      CREATE TABLE catalog_version (
        id INTEGER PRIMARY KEY,
        thing INTEGER NOT NULL,
        event BLOB NOT NULL
      ) STRICT;
      CREATE INDEX catalog_version_thing ON catalog_version (thing, id);
      INSERT INTO catalog_thing (key) SELECT key FROM catalog ORDER BY key;
      INSERT INTO catalog_version (thing, event)
        SELECT t.id, c.event FROM catalog c JOIN catalog_thing t ON t.key = c.key ORDER BY t.id;
      CREATE TABLE withdrawal (target INTEGER PRIMARY KEY, event BLOB NOT NULL) STRICT;
      ALTER TABLE touched ADD COLUMN source TEXT;
      ALTER TABLE touched ADD COLUMN id TEXT;
      ALTER TABLE touched_thing ADD COLUMN source TEXT;
      ALTER TABLE touched_thing ADD COLUMN id TEXT;
      """),
    FingerprintMap.migration("place"),
    StoreMigration(
      "withdrawals by what they name",
      """
      CREATE TABLE withdrawal_of (target TEXT NOT NULL PRIMARY KEY, event BLOB NOT NULL) STRICT;
      INSERT INTO withdrawal_of SELECT CAST(target AS TEXT), event FROM withdrawal;
      DROP TABLE withdrawal;
      """),
    // Of the facts that are there, nobody noted it.
    StoreMigration(
      "where facts lie in the inbound topic",
      """
      ALTER TABLE fact ADD COLUMN origin_partition INTEGER;
      ALTER TABLE fact ADD COLUMN origin_offset INTEGER;
      """),
  ]
}
