import CSQLite

/// What SQLite does with the memory of the whole process.
public enum SQLiteMemory {
  /// Has SQLite keep no count of its memory, for which it takes a lock of the whole process at each
  /// allocation: stages that run side by side wait for one another there.
  ///
  /// Once, before anything is opened; later it changes nothing.
  public static func keepNoStatistics() { _ = saldo_sqlite_without_memory_statistics() }
}
