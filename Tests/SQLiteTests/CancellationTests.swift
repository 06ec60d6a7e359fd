import Dispatch
import Foundation
import SQLite
import Synchronization
import Testing

@Suite struct CancellationTests {
  private final class Over: Sendable {
    let value = Atomic(false)
  }

  private static let endless =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

  @Test(.timeLimit(.minutes(20))) func aQueryIsGivenUpFromElsewhere() throws {
    let db = try Connection()
    let interrupter = db.interrupter
    // It may come before the query: then there is nothing to interrupt yet.
    // A thread, since the query holds up one of the concurrency pool's few.
    let (isOver, ended) = (Over(), DispatchSemaphore(value: 0))
    Thread.detachNewThread {
      while !isOver.value.load(ordering: .acquiring) { interrupter.interrupt() }
      ended.signal()
    }
    let error = #expect(throws: SQLiteError.self) { try db.scalar(Self.endless, as: Int.self) }
    isOver.value.store(true, ordering: .releasing)
    ended.wait()
    #expect(error?.code.primary == .interrupted)
    #expect(try db.scalar("SELECT 1") == 1)
    try db.close()
    interrupter.interrupt()
  }

  @Test(.timeLimit(.minutes(20))) func aTaskThatIsCancelledGivesUp() async throws {
    let task = Task {
      let db = try Connection()
      try db.execute("CREATE TABLE t (i INTEGER)")
      let error = #expect(throws: SQLiteError.self) {
        try db.interruptible {
          try db.transaction {
            try db.run("INSERT INTO t VALUES (1)")
            try db.run("INSERT INTO t \(Self.endless)")
          }
        }
      }
      #expect(!db.isInTransaction)
      #expect(try db.scalar("SELECT count(*) FROM t") == 0)
      return error?.code.primary
    }
    task.cancel()
    #expect(try await task.value == .interrupted)
  }

  @Test func whoIsNotCancelledIsLeftAlone() throws {
    let db = try Connection()
    var asked = 0
    let count = try db.interruptible(every: 100) {
      asked += 1
      return false
    } _: {
      try db.scalar(
        Self.endless.replacing("FROM n)", with: "FROM n WHERE i < 10000)"), as: Int.self)
    }
    #expect(count == 10_000 && asked > 100)
    let before = asked
    _ = try db.scalar("SELECT count(*) FROM sqlite_master", as: Int.self)
    #expect(asked == before)
  }
}
