import GRDB

/// The pragmas that the stores and the log rely on, set and then read back.
public enum Pragmas {
  /// Sets a connection up for one writer.
  ///
  /// - Parameter durable: whether every commit is to reach the disk before it returns.
  /// - Throws: ``StoreError/pragma(name:expected:found:)``.
  public static func write(_ queue: DatabaseQueue, durable: Bool, inMemory: Bool) throws {
    try queue.inDatabase { db in
      // Outbox and journal rows are large: a page of 16 KiB means a quarter of the writes. It only
      // takes in a database that is new.
      try db.execute(sql: "PRAGMA page_size = 16384")
      if !inMemory { try set(db, "journal_mode", "wal") }
      // After opening: GRDB sets synchronous itself when it opens a database.
      try set(db, "synchronous", durable ? "2" : "1")
      try set(db, "wal_autocheckpoint", "2000")
      try set(db, "temp_store", "1")
      try set(db, "cache_size", "-2000")
      try set(db, "foreign_keys", "1")
    }
  }

  private static func set(_ db: Database, _ name: String, _ value: String) throws {
    _ = try Row.fetchAll(db, sql: "PRAGMA \(name) = \(value)")
    let found = try Row.fetchOne(db, sql: "PRAGMA \(name)")?[0] as DatabaseValue?
    let text = found.map { String.fromDatabaseValue($0) ?? "\($0)" } ?? "nothing"
    guard text == value else { throw StoreError.pragma(name: name, expected: value, found: text) }
  }
}
