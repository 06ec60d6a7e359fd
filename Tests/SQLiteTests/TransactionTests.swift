import SQLite
import Testing

@Suite struct TransactionTests {
  private struct Failure: Error, Equatable { var number = 0 }
  private let db: Connection

  init() throws {
    db = try Connection()
    try db.execute("CREATE TABLE t (i INTEGER PRIMARY KEY) STRICT")
  }

  private func add(_ number: Int) throws { try db.run("INSERT INTO t VALUES (?)", number) }
  private var rows: [Int] {
    get throws { try db.all("SELECT i FROM t ORDER BY i") { try $0[0] } }
  }

  @Test(arguments: [Connection.TransactionKind.deferred, .immediate])
  func allOrNothing(_ kind: Connection.TransactionKind) throws {
    let answer = try db.transaction(kind) {
      try add(1)
      #expect(db.isInTransaction)
      return 7
    }
    #expect(answer == 7)
    #expect(throws: Failure(number: 3)) {
      try db.transaction(kind) {
        try add(2)
        throw Failure(number: 3)
      }
    }
    #expect(try rows == [1] && !db.isInTransaction)
  }

  @Test func oneWithinAnotherIsAnErrorAndUndoesBoth() throws {
    #expect(throws: SQLiteError.self) {
      try db.transaction {
        try add(1)
        try db.transaction { try add(2) }
      }
    }
    #expect(try rows == [] && !db.isInTransaction)
  }

  @Test func savepointsAreUndoneOneByOne() throws {
    try db.transaction {
      try add(1)
      try db.savepoint {
        try add(2)
        #expect(throws: Failure.self) {
          try db.savepoint {
            try add(3)
            try db.savepoint { try add(4) }
            throw Failure()
          }
        }
        try db.savepoint { try add(5) }
      }
      #expect(throws: SQLiteError.self) { try db.savepoint { try add(1) } }
    }
    #expect(try rows == [1, 2, 5])
  }

  @Test func aSavepointAloneIsATransaction() throws {
    try db.savepoint { try add(1) }
    #expect(throws: Failure.self) {
      try db.savepoint {
        try add(2)
        throw Failure()
      }
    }
    #expect(try rows == [1] && !db.isInTransaction)
  }

  /// SQLite itself ends the transaction; whoever goes on must not believe that it was committed.
  @Test func whatSQLiteRollsBackIsNotCommitted() throws {
    let refused = "INSERT OR ROLLBACK INTO t VALUES (1)"
    try add(1)
    let first = #expect(throws: SQLiteError.self) {
      try db.transaction {
        try add(2)
        try db.run(refused)
      }
    }
    #expect(first?.code.primary == .constraint)
    let second = #expect(throws: SQLiteError.self) {
      try db.transaction {
        try add(2)
        try? db.run(refused)
      }
    }
    #expect(second?.code == .aborted)
    #expect(throws: SQLiteError.self) {
      try db.transaction {
        try db.savepoint {
          try add(2)
          try? db.run(refused)
        }
      }
    }
    #expect(try rows == [1] && !db.isInTransaction)
    try db.transaction { try add(2) }
  }

  @Test func aFullDiskLeavesNothing() throws {
    let folder = try Folder()
    let db = try Connection(path: folder.file)
    try db.execute("CREATE TABLE b (b BLOB)")
    _ = try db.pragma("max_page_count = 20")
    let error = #expect(throws: SQLiteError.self) {
      try db.transaction {
        for _ in 0..<100 { try db.run("INSERT INTO b VALUES (randomblob(4000))") }
      }
    }
    #expect(error?.code.primary == .full)
    #expect(try db.scalar("SELECT count(*) FROM b") == 0 && !db.isInTransaction)
  }

  @Test func aCommitThatFailsIsRolledBack() throws {
    try db.execute(
      """
      CREATE TABLE c (i INTEGER REFERENCES t (i) DEFERRABLE INITIALLY DEFERRED)
      """)
    let error = #expect(throws: SQLiteError.self) {
      try db.transaction { try db.run("INSERT INTO c VALUES (9)") }
    }
    #expect(error?.code.primary == .constraint)
    #expect(!db.isInTransaction)
    #expect(try db.scalar("SELECT count(*) FROM c") == 0)
  }

  @Test func rowsThatAreBeingReadKeepNothingFromBeingUndone() throws {
    for number in 1...5 { try add(number) }
    #expect(throws: Failure.self) {
      try db.transaction {
        try db.query("SELECT i FROM t") { _ in
          try db.run("DELETE FROM t WHERE i = 5")
          throw Failure()
        }
      }
    }
    #expect(try rows.count == 5 && !db.isInTransaction)
  }
}
