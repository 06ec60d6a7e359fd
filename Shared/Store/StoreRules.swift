import SQLite

/// The version of the rules that made a store, which stands in it from its beginning on.
public enum StoreRules {
  /// The version; nil in a store that is new, 0 in one that was made under none.
  public static func read(_ db: Connection) throws(SQLiteError) -> UInt32? {
    let isBegun: Bool? = try db.scalar(
      "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'stage')")
    guard isBegun == true,
      try db.scalar("SELECT EXISTS (SELECT 1 FROM stage WHERE key = 'identity')") == true
    else { return nil }
    let text: String? = try db.scalar("SELECT value FROM stage WHERE key = 'rules'")
    return text.flatMap { UInt32($0) } ?? 0
  }

  static func set(_ db: Connection, _ rules: UInt32) throws(SQLiteError) {
    try db.run("INSERT OR REPLACE INTO stage (key, value) VALUES ('rules', ?)", "\(rules)")
  }

  /// - Throws: ``StoreError/earlierRules(found:known:)`` or
  ///   ``StoreError/laterRules(found:known:)``.
  static func check(_ db: Connection, _ known: UInt32) throws {
    guard let found = try read(db), found != known else { return }
    throw found < known
      ? StoreError.earlierRules(found: found, known: known)
      : StoreError.laterRules(found: found, known: known)
  }
}
