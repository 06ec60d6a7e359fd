import CSQLite

extension Connection {
  /// Copies the whole database over another connection's, while others read and write this one.
  ///
  /// In a transaction of this connection the copy is of what the transaction sees; outside of one,
  /// it begins again if another connection writes meanwhile.
  ///
  /// - Parameters:
  ///   - target: is replaced, and not to be used until this returns.
  ///   - pages: how many are copied between two calls of `progress`; all at once if it is nil.
  ///   - progress: called with how many pages are left; if it throws, the copy is given up, and
  ///     the target is as it was.
  /// - Throws: what SQLite reports, or what `progress` throws; if one of the two is closed
  ///   meanwhile.
  public func backUp(
    to target: Connection, pages: Int32? = nil, progress: (Int) throws -> Void = { _ in }
  ) throws {
    let (source, destination) = (try open(), try target.open())
    let wasSealed = target.isSealed
    target.seal(hasRoom)
    var isWhole = false
    defer { if !isWhole { target.seal(wasSealed) } }
    guard let handle = sqlite3_backup_init(destination, "main", source, "main") else {
      throw SQLiteError(of: destination, sqlite3_errcode(destination))
    }
    let backup = Backup(handle)
    // Neither may go while SQLite has both in its hands: whichever is closed ends the copy first.
    let name = ObjectIdentifier(backup)
    for connection in [self, target] { connection.dependents[name] = Dependence(object: backup) }
    defer {
      for connection in [self, target] { connection.dependents[name] = nil }
      backup.end()
    }
    while let handle = backup.handle {
      let result = sqlite3_backup_step(handle, pages.map { max(1, $0) } ?? -1)
      if result == SQLITE_DONE {
        let final = backup.finish()
        guard final == SQLITE_OK else { throw SQLiteError(of: destination, final) }
        isWhole = true
        return
      }
      guard result == SQLITE_OK else {
        backup.end()
        throw SQLiteError(of: destination, result)
      }
      try progress(Int(sqlite3_backup_remaining(handle)))
    }
    throw SQLiteError.closed
  }
}

/// A copy that is under way.
private final class Backup: Dependent {
  private(set) var handle: OpaquePointer?

  init(_ handle: OpaquePointer) { self.handle = handle }

  /// Ends it, and returns SQLite's code.
  func finish() -> Int32 {
    defer { handle = nil }
    return sqlite3_backup_finish(handle)
  }

  func end() { _ = finish() }
}
