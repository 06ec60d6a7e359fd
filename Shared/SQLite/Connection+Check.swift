extension Connection {
  /// What SQLite finds damaged first when it looks at every page (`quick_check`); nil if the
  /// database is whole.
  ///
  /// - Throws: what SQLite reports, as of a file that is no database.
  public func firstDamage() throws(SQLiteError) -> String? {
    let found: String? = try scalar("PRAGMA quick_check(1)")
    return found == "ok" ? nil : found ?? "the check says nothing"
  }
}
