import CSQLite

/// The library under this module.
public enum SQLiteLibrary {
  /// The version that the process runs with, such as `3.40.1`.
  public static var version: String { String(cString: sqlite3_libversion()) }
}
