import CSQLite
import Testing

@testable import SQLite

/// Every call to the system fails once, in its turn: the first, then the second, until a whole
/// transaction goes by without the call that should fail.
@Suite struct FaultTests {
  enum Journal: String, CaseIterable { case wal, delete }

  struct Kind: CustomTestStringConvertible {
    var journal: Journal
    var code: Int32
    var isLasting: Bool

    var testDescription: String { "\(journal) \(code)\(isLasting ? " for good" : "")" }

    static let all = Journal.allCases.flatMap { journal in
      [SQLITE_FULL, SQLITE_IOERR | 3 << 8].flatMap { code in
        [false, true].map { Kind(journal: journal, code: code, isLasting: $0) }
      }
    }
  }

  /// What the transaction's `body` does with an error.
  enum Manner: CaseIterable { case givesUp, goesOn }

  @Test(.timeLimit(.minutes(20)), arguments: Kind.all, Manner.allCases)
  func aTransactionIsWholeOrNothing(_ kind: Kind, _ manner: Manner) throws {
    for call in 1... {
      let folder = try Folder()
      let system = try FailingSystem()
      let db = try Self.filled(folder.file, kind.journal, system)
      system.fault = .init(call: call, code: kind.code, isLasting: kind.isLasting)
      let isCommitted = Self.change(db, manner)
      let hasFailed = system.hasFailed
      system.fault = nil
      // What is said is so, in this connection and in another.
      #expect(!db.isInTransaction)
      for reader in [db, try Connection(path: folder.file, .write, .zero, system: system.name)] {
        #expect(try Self.isWhole(reader, isChanged: isCommitted), "call \(call)")
      }
      // And it goes on.
      if !isCommitted { #expect(Self.change(db, .givesUp), "call \(call)") }
      try db.close()
      #expect(try Self.isWhole(try Connection(path: folder.file), isChanged: true))
      // With a log a commit may succeed though moving it into the file failed after that.
      if isCommitted && !hasFailed { return }
    }
  }

  private static func filled(
    _ path: String, _ journal: Journal, _ system: FailingSystem
  ) throws -> Connection {
    let db = try Connection(path: path, .create, .zero, system: system.name)
    #expect(try db.setPragma("journal_mode", to: journal.rawValue) == journal.rawValue)
    _ = try db.pragma("wal_autocheckpoint = 4")
    // Pages are written in the middle of the transaction, so that its statements fail as well.
    _ = try db.pragma("cache_size = 3")
    try db.transaction {
      try db.execute("CREATE TABLE t (i INTEGER PRIMARY KEY, b BLOB NOT NULL) STRICT")
      for number in 0..<12 { try db.run("INSERT INTO t VALUES (?, zeroblob(1500))", number) }
    }
    return db
  }

  /// A transaction with a savepoint; returns whether it was committed.
  private static func change(_ db: Connection, _ manner: Manner) -> Bool {
    func run(_ sql: String, _ number: Int) throws {
      do {
        try db.run(sql, number)
      } catch  where manner == .goesOn {}
    }
    do {
      try db.transaction {
        for number in 0..<4 {
          try run("UPDATE t SET b = zeroblob(1499) WHERE i = ?", number)
          try run("INSERT INTO t VALUES (100 + ?, zeroblob(1500))", number)
        }
        struct Undone: Error {}
        try? db.savepoint {
          try run("DELETE FROM t WHERE i > ?", 0)
          throw Undone()
        }
        try db.savepoint { try run("DELETE FROM t WHERE i = ?", 11) }
      }
      return true
    } catch {
      return false
    }
  }

  private static func isWhole(_ db: Connection, isChanged: Bool) throws -> Bool {
    let found = try #require(
      try db.first("SELECT count(*), sum(length(b)) FROM t") { row in
        (try row[0] as Int, try row[1] as Int)
      })
    let expected = isChanged ? (15, 15 * 1_500 - 4) : (12, 12 * 1_500)
    return try found == expected && db.scalar("PRAGMA integrity_check") == "ok"
  }
}
