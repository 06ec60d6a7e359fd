import CSQLite

extension Connection {
  /// When a transaction takes its locks.
  public enum TransactionKind: String, Sendable {
    /// With the first read or write; a write may find the database busy, and what was read of it
    /// changed, in the middle of the transaction.
    case deferred = "BEGIN DEFERRED"
    /// That of a writer, at once.
    case immediate = "BEGIN IMMEDIATE"
  }

  /// Whether a transaction is open.
  public var isInTransaction: Bool { handle.map { sqlite3_get_autocommit($0) == 0 } ?? false }

  /// Runs `body` in a transaction and commits it; where `body` or the commit throws, it is rolled
  /// back.
  ///
  /// SQLite ends a transaction itself on some errors, such as a full disk. Then there is nothing
  /// left to commit, even where `body` went on: that is an error here.
  ///
  /// - Throws: what SQLite reports, or what `body` throws.
  public func transaction<Answer>(
    _ kind: TransactionKind = .immediate, _ body: () throws -> Answer
  ) throws -> Answer {
    try run(kind.rawValue)
    do {
      let answer = try body()
      try checkOpen()
      try run("COMMIT")
      return answer
    } catch {
      // Where this fails too, what failed first is what there is to say.
      if isInTransaction { try? run("ROLLBACK") }
      throw error
    }
  }

  /// Runs `body` in a savepoint, within a transaction or as one of its own; where it throws, what
  /// it did is undone, and the transaction around it goes on.
  ///
  /// - Throws: what SQLite reports, or what `body` throws.
  public func savepoint<Answer>(_ body: () throws -> Answer) throws -> Answer {
    let name = "savepoint_\(savepoints)"
    try run("SAVEPOINT \(name)")
    savepoints += 1
    defer { savepoints -= 1 }
    do {
      let answer = try body()
      try checkOpen()
      try run("RELEASE \(name)")
      return answer
    } catch {
      if isInTransaction {
        try? run("ROLLBACK TO \(name)")
        try? run("RELEASE \(name)")
      }
      throw error
    }
  }

  private func checkOpen() throws(SQLiteError) {
    guard !isInTransaction else { return }
    throw SQLiteError(.aborted, "the transaction was ended before its end")
  }
}
