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

  /// The transactions and savepoints that run `body`s of their callers.
  struct Scopes {
    /// How many there are, one within the other.
    var count = 0
    /// Whether SQLite ended the transaction before they did.
    var isLost = false
    /// Whether one begins or ends at this moment: that is not interrupted, since whoever asked
    /// could not know what came of it.
    var isSettling = false
  }

  /// Whether a transaction is open.
  public var isInTransaction: Bool { handle.map { sqlite3_get_autocommit($0) == 0 } ?? false }

  /// Runs `body` in a transaction and commits it; if `body` or the commit throws, it is rolled
  /// back. `body` must not end the transaction itself.
  ///
  /// SQLite ends a transaction itself on some errors, such as a full disk. Then there is nothing
  /// left to commit, even if `body` goes on: that is an error here, and what `body` does after it
  /// is rolled back as well.
  ///
  /// A connection whose transaction cannot be rolled back is closed.
  ///
  /// - Throws: what SQLite reports, or what `body` throws.
  public func transaction<Answer>(
    _ kind: TransactionKind = .immediate, _ body: () throws -> Answer
  ) throws -> Answer {
    try settle(kind.rawValue)
    scopes.count += 1
    defer { leave() }
    do {
      let answer = try body()
      try checkOpen()
      try settle("COMMIT")
      return answer
    } catch {
      rollBack()
      throw error
    }
  }

  /// Runs `body` in a savepoint, within a transaction or as one of its own; if it throws, what it
  /// did is undone, and the transaction around it goes on.
  ///
  /// - Throws: what SQLite reports, or what `body` throws.
  public func savepoint<Answer>(_ body: () throws -> Answer) throws -> Answer {
    let isOutermost = !isInTransaction
    if scopes.count > 0 { try checkOpen() }
    let name = "savepoint_\(scopes.count)"
    try settle("SAVEPOINT \(name)")
    scopes.count += 1
    defer { leave() }
    do {
      let answer = try body()
      try checkOpen()
      try settle("RELEASE \(name)")
      return answer
    } catch {
      if isOutermost {
        rollBack()
      } else if !scopes.isLost {
        undo(name)
      }
      throw error
    }
  }

  /// Whoever commits must have what was done since the beginning, and only that.
  private func checkOpen() throws(SQLiteError) {
    if isInTransaction, !scopes.isLost { return }
    throw SQLiteError(.aborted, "the transaction was ended before its end")
  }

  /// Begins or ends a transaction or a savepoint.
  private func settle(_ sql: String) throws(SQLiteError) {
    interrupter.shield(true)
    scopes.isSettling = true
    defer {
      scopes.isSettling = false
      interrupter.shield(false)
    }
    try run(sql)
  }

  private func undo(_ savepoint: String) {
    do {
      try settle("ROLLBACK TO \(savepoint)")
      try settle("RELEASE \(savepoint)")
    } catch {
      // What should be undone is still there: nothing of the transaction can be kept.
      scopes.isLost = true
    }
  }

  private func rollBack() {
    for _ in 1...2 where isInTransaction { try? settle("ROLLBACK") }
    // As when a query that is under way was interrupted. Nobody is to go on in what is left.
    if isInTransaction { try? close() }
  }

  private func leave() {
    scopes.count -= 1
    guard scopes.count == 0, scopes.isLost else { return }
    // The outermost may be a savepoint within a transaction that the caller began by hand.
    rollBack()
    scopes.isLost = false
  }

  /// Looks, after an error, whether SQLite ended the transaction with it. What its `body` goes on
  /// to do must not be committed one by one, so there is another transaction for it, which is
  /// rolled back in the end.
  func noticeRollback() {
    guard handle != nil, scopes.count > 0, !scopes.isSettling, !isInTransaction else { return }
    scopes.isLost = true
    do { try settle("BEGIN") } catch { try? close() }
  }
}
