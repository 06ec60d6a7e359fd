import SQLite

/// The pragmas that the stores rely on, set and then read back.
public enum Pragmas {
  /// Sets a connection up for one writer.
  ///
  /// - Parameter durable: whether every commit is to reach the disk before it returns.
  /// - Throws: ``StoreError/pragma(name:expected:found:)``, or what SQLite reports.
  public static func write(_ db: Connection, durable: Bool) throws {
    // Outbox and journal rows are large: a page of 16 KiB means a quarter of the writes. It only
    // takes in a database that is new.
    try db.execute("PRAGMA page_size = 16384")
    if db.path != nil { try set(db, "journal_mode", "wal") }
    try set(db, "synchronous", durable ? "2" : "1")
    try set(db, "wal_autocheckpoint", "2000")
    // What a long reader made of the WAL is given back once it can begin again.
    if db.path != nil { try set(db, "journal_size_limit", "\(walBytes)") }
    try set(db, "temp_store", "1")
    try set(db, "cache_size", "-2000")
    try set(db, "foreign_keys", "1")
  }

  /// What a WAL keeps once it begins again: as much as lies in it between two checkpoints.
  private static let walBytes = 2_000 * 16_384

  private static func set(_ db: Connection, _ name: String, _ value: String) throws {
    let found = try db.setPragma(name, to: value) ?? "nothing"
    guard found == value else { throw StoreError.pragma(name: name, expected: value, found: found) }
  }
}
