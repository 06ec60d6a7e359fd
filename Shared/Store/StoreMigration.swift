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
}

enum Migrations {
  static func apply(_ migrations: [StoreMigration], to db: Connection) throws {
    let known = migrations.count
    let found: Int = try db.scalar("PRAGMA user_version") ?? 0
    guard found <= known else { throw StoreError.laterVersion(found: found, known: known) }
    guard found < known else { return }
    try db.transaction {
      for migration in migrations[found...] { try db.execute(migration.sql) }
      try db.execute("PRAGMA user_version = \(known)")
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
      """)
  ]
}
