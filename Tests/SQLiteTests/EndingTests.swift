import Dispatch
import Foundation
import SQLite
import Synchronization
import Testing

/// Transactions end whole, whatever comes in between.
@Suite struct EndingTests {
  private struct Failure: Error {}
  private final class Flag: Sendable {
    let value = Atomic(false)
  }

  private let folder: Folder
  private let db: Connection

  init() throws {
    folder = try Folder()
    db = try Connection(path: folder.file, patience: .zero)
    _ = try db.setPragma("journal_mode", to: "wal")
    try db.execute("CREATE TABLE t (i INTEGER PRIMARY KEY) STRICT")
  }

  /// What `body` throws of SQLite's.
  private func failure(_ body: () throws -> Void) -> SQLiteError? {
    do {
      try body()
      return nil
    } catch {
      return error as? SQLiteError
    }
  }

  private func add(_ number: Int) throws { try db.run("INSERT INTO t VALUES (?)", number) }

  /// As another connection sees them: what was committed.
  private var committed: [Int] {
    get throws {
      try Connection(path: folder.file).all("SELECT i FROM t ORDER BY i") { try $0[0] }
    }
  }

  /// Whoever asked could not know whether it was committed.
  @Test func giveUpIsNotHeardAtTheEnd() throws {
    var isOver = false
    try db.interruptible(every: 1, when: { isOver }) {
      try db.transaction {
        try add(1)
        isOver = true
      }
      #expect(try committed == [1])
      isOver = false
      try db.savepoint {
        try add(2)
        try db.savepoint {
          try add(3)
          isOver = true
        }
      }
      #expect(try committed == [1, 2, 3])
      isOver = false
      try? db.transaction {
        try add(4)
        isOver = true
        throw Failure()
      }
      isOver = false
      try db.transaction {
        try? db.savepoint {
          try add(5)
          isOver = true
          throw Failure()
        }
      }
      isOver = false
    }
    #expect(try committed == [1, 2, 3] && !db.isInTransaction)
  }

  @Test(.timeLimit(.minutes(20))) func interruptionsAreAllOrNothing() throws {
    let (isOver, ended) = (Flag(), DispatchSemaphore(value: 0))
    let interrupter = db.interrupter
    Thread.detachNewThread {
      while !isOver.value.load(ordering: .acquiring) {
        interrupter.interrupt()
        sched_yield()
      }
      ended.signal()
    }
    var expected: [Int] = []
    for number in 1...300 {
      do {
        try db.transaction {
          try add(number)
          try db.savepoint { try add(number + 1_000) }
        }
        expected += [number, number + 1_000]
      } catch let error as SQLiteError {
        #expect(error.code.primary == .interrupted)
      }
      #expect(!db.isInTransaction)
    }
    isOver.value.store(true, ordering: .releasing)
    ended.wait()
    #expect(try committed == expected.sorted())
  }

  /// As long as a query is under way, SQLite interrupts all that is begun, also what should undo.
  @Test func interruptedWithinAQuery() throws {
    for number in 1...3 { try add(number) }
    var error: SQLiteError?
    #expect(throws: SQLiteError.self) {
      try db.query("SELECT i FROM t") { _ in
        error = failure {
          try db.transaction {
            try add(4)
            db.interrupter.interrupt()
          }
        }
        #expect(!db.isInTransaction)
        try add(5)
      }
    }
    #expect(error?.code.primary == .interrupted)
    #expect(try committed == [1, 2, 3])
    let other = try Connection(path: folder.file, patience: .zero)
    try other.transaction { try other.run("INSERT INTO t VALUES (6)") }
  }

  @Test func theInnerQuestionGivesWayToTheOuter() throws {
    var (outer, inner) = (0, 0)
    let count =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000) "
      + "SELECT count(*) FROM n"
    func ask(_ asked: inout Int) -> Bool {
      asked += 1
      return false
    }
    try db.interruptible(every: 10, when: { ask(&outer) }) {
      try db.interruptible(every: 10, when: { ask(&inner) }) { try db.run(count) }
      #expect(outer == 0 && inner > 10)
      try db.run(count)
      #expect(outer > 10)
    }
    let before = outer
    try db.run(count)
    #expect(outer == before)
    // No number of steps asks never.
    let error = #expect(throws: SQLiteError.self) {
      try db.interruptible(every: 0, when: { true }) { try db.run(count) }
    }
    #expect(error?.code.primary == .interrupted)
  }

  /// SQLite ends the transaction with the error; each statement after it would be one of its own.
  @Test func whatIsDoneAfterSQLiteRolledBackIsNotCommitted() throws {
    try add(1)
    let refused = "INSERT OR ROLLBACK INTO t VALUES (1)"
    for useless in [
      { try? db.run(refused) }, { try? db.execute(refused) },
      { try? db.savepoint { try db.run(refused) } },
      { try? db.savepoint { try? db.run(refused) } },
      { try? db.run("INSERT OR ROLLBACK INTO t VALUES (7), (1) RETURNING i") },
    ] as [() -> Void] {
      let error = #expect(throws: SQLiteError.self) {
        try db.transaction {
          try add(2)
          useless()
          try add(3)
          #expect(db.isInTransaction)
          let inner = failure { try db.savepoint { try add(4) } }
          #expect(inner?.code == .aborted)
          let outer = failure { try db.transaction { try add(5) } }
          #expect(outer != nil)
          try add(6)
        }
      }
      #expect(error?.code == .aborted)
      #expect(try committed == [1] && !db.isInTransaction)
    }
    try db.transaction { try add(2) }
    #expect(try committed == [1, 2])
  }

  @Test func aSavepointInATransactionByHand() throws {
    try add(1)
    try db.execute("BEGIN")
    try add(2)
    #expect(throws: Failure.self) {
      try db.savepoint {
        try add(3)
        throw Failure()
      }
    }
    #expect(db.isInTransaction)
    let error = #expect(throws: SQLiteError.self) {
      try db.savepoint {
        try? db.run("INSERT OR ROLLBACK INTO t VALUES (1)")
        try add(4)
      }
    }
    #expect(error?.code == .aborted && !db.isInTransaction)
    #expect(throws: SQLiteError.self) { try db.execute("COMMIT") }
    #expect(try committed == [1])
    try db.savepoint { try add(2) }
    #expect(try committed == [1, 2])
  }

  @Test func aBodyThatEndsTheTransactionItself() throws {
    for end in ["ROLLBACK", "COMMIT"] {
      let error = #expect(throws: SQLiteError.self) { try db.transaction { try db.run(end) } }
      #expect(error?.code == .aborted && !db.isInTransaction)
    }
  }

  /// SQLite lets rows that are read meanwhile go on, unless the tables change; then they do not
  /// just end.
  @Test(arguments: [false, true]) func aQueryOverARollback(_ changesTables: Bool) throws {
    for number in 1...5 { try add(number) }
    var found: [Int] = []
    let error = failure {
      try db.query("SELECT i FROM t ORDER BY i") { row in
        found.append(try row[0])
        try? db.transaction {
          if changesTables { try db.run("ALTER TABLE t ADD COLUMN j INTEGER") }
          try db.run("DELETE FROM t WHERE i = 5")
          throw Failure()
        }
      }
    }
    #expect(error?.code.primary == (changesTables ? .aborted : nil))
    #expect(found == (changesTables ? [1] : [1, 2, 3, 4, 5]))
    #expect(try committed.count == 5 && !db.isInTransaction)
  }

  /// Without a write-ahead log a reader keeps others from committing.
  @Test func aCommitThatFindsTheDatabaseBusy() throws {
    _ = try db.setPragma("journal_mode", to: "delete")
    try add(1)
    let reader = try Connection(path: folder.file, .read)
    try reader.transaction(.deferred) {
      let before: Int? = try reader.scalar("SELECT count(*) FROM t")
      #expect(before == 1)
      let error = #expect(throws: SQLiteError.self) { try db.transaction { try add(2) } }
      #expect(error?.code.primary == .busy && !db.isInTransaction)
      let single = #expect(throws: SQLiteError.self) { try add(3) }
      #expect(single?.code.primary == .busy)
      // Its row is there before SQLite tries to commit.
      let returning = #expect(throws: SQLiteError.self) {
        try db.scalar("INSERT INTO t VALUES (4) RETURNING i", as: Int.self)
      }
      #expect(returning?.code.primary == .busy)
      let savepoint = #expect(throws: SQLiteError.self) { try db.savepoint { try add(5) } }
      #expect(savepoint?.code.primary == .busy && !db.isInTransaction)
    }
    #expect(try committed == [1])
    try db.transaction { try add(2) }
    #expect(try committed == [1, 2])
  }
}
