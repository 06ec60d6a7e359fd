import SQLite

/// A change of a store's tables. Once released it is never edited: the next change is the next one.
public struct StoreMigration: Sendable {
  /// Its name, unique within a store.
  public var name: String
  /// The statements.
  public var sql: String

  /// A change of the tables.
  public init(_ name: String, _ sql: String) {
    self.name = name
    self.sql = sql
  }

  /// Sets a store to the beginning of its input, for a change that empties its tables: what was
  /// taken before comes again, and is no repetition.
  public static let fromTheBeginning = """
    DELETE FROM applied;
    DELETE FROM appliedEpoch;
    DELETE FROM stage WHERE key = 'last';
    UPDATE position SET next = 0;
    """
}

/// Changes are known by their names, which stand in the store: those of every stage and of one may
/// each gain one without a word to the other.
enum Migrations {
  static func apply(_ migrations: [StoreMigration], to db: Connection) throws {
    try db.transaction {
      try db.run("CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY) STRICT")
      let applied = Set(try db.all("SELECT name FROM migration") { try $0[0] as String })
      let known = Set(migrations.map(\.name))
      if let later = applied.subtracting(known).min() { throw StoreError.laterVersion(later) }
      for migration in migrations where !applied.contains(migration.name) {
        try db.execute(migration.sql)
        try db.run("INSERT INTO migration (name) VALUES (?)", migration.name)
      }
      // How many there are, for who reads beside the stage.
      if applied.count < migrations.count {
        try db.execute("PRAGMA user_version = \(migrations.count)")
      }
    }
  }
}

enum StoreSchema {
  static let migrations = [
    StoreMigration(
      "what every stage keeps",
      """
      CREATE TABLE stage (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE position (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        next INTEGER NOT NULL CHECK (next >= 0)
      ) STRICT;
      INSERT INTO position (id, next) VALUES (1, 0);
      CREATE TABLE applied (
        topic TEXT NOT NULL,
        partition INTEGER NOT NULL,
        input INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        PRIMARY KEY (topic, partition)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE outbox (
        id INTEGER PRIMARY KEY,
        topic TEXT NOT NULL,
        partition INTEGER NOT NULL,
        count INTEGER NOT NULL CHECK (count > 0),
        bytes BLOB NOT NULL
      ) STRICT;
      """),
    StoreMigration(
      "what was sent, and of which log",
      """
      CREATE TABLE sent (
        topic TEXT NOT NULL,
        partition INTEGER NOT NULL,
        input INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        beforeInput INTEGER,
        beforeOrdinal INTEGER,
        PRIMARY KEY (topic, partition)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE appliedEpoch (
        topic TEXT NOT NULL,
        partition INTEGER NOT NULL,
        epoch INTEGER NOT NULL,
        input INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        PRIMARY KEY (topic, partition, epoch)
      ) STRICT, WITHOUT ROWID;
      """),
  ]
}
