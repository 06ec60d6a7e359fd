import CSQLite

extension Connection {
  /// Copies the whole database over another connection's, while others read and write this one.
  ///
  /// In a transaction of this connection the copy is of what the transaction sees; outside of one,
  /// it begins again where another connection writes meanwhile.
  ///
  /// - Parameters:
  ///   - target: is replaced, and not to be used until this returns.
  ///   - pages: how many are copied between two calls of `progress`; all at once where it is nil.
  ///   - progress: called with how many pages are left; where it throws, the copy is given up, and
  ///     the target is as it was.
  /// - Throws: what SQLite reports, or what `progress` throws.
  public func backUp(
    to target: Connection, pages: Int32? = nil, progress: (Int) throws -> Void = { _ in }
  ) throws {
    let (source, destination) = (try open(), try target.open())
    guard let backup = sqlite3_backup_init(destination, "main", source, "main") else {
      throw SQLiteError(of: destination, sqlite3_errcode(destination))
    }
    var isFinished = false
    defer { if !isFinished { sqlite3_backup_finish(backup) } }
    while true {
      let result = sqlite3_backup_step(backup, pages ?? -1)
      guard result == SQLITE_OK else {
        isFinished = true
        let final = sqlite3_backup_finish(backup)
        guard result != SQLITE_DONE || final != SQLITE_OK else { return }
        throw SQLiteError(of: destination, result == SQLITE_DONE ? final : result)
      }
      try progress(Int(sqlite3_backup_remaining(backup)))
    }
  }
}
