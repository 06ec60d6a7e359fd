import Foundation
import Testing

@testable import SQLite

@Suite struct ConnectionTests {
  @Test func closingEndsWhatIsStillHeld() throws {
    let folder = try Folder()
    let db = try Connection(path: folder.file)
    try db.execute("CREATE TABLE t (b BLOB); INSERT INTO t VALUES (x'0102'), (x'03')")
    let held = try db.statement("SELECT b FROM t")
    var rows = try held.bind()
    #expect(try rows.next())
    let blob = BlobReader(db, table: "t", column: "b")
    try blob.open(row: 1)
    try db.close()
    try db.close()
    for use in [
      { try held.bind().run() }, { _ = try rows.next() }, { try db.execute("SELECT 1") },
      { try blob.open(row: 1) }, { try db.transaction {} }, { try db.interruptible {} },
      { _ = try db.pragma("synchronous") }, { try db.checkpoint() },
    ] as [() throws -> Void] {
      let error = #expect(throws: SQLiteError.self) { try use() }
      #expect(error?.code == .misuse)
    }
    #expect(db.changes == 0 && !db.isInTransaction && blob.count == 0)
  }

  @Test func aConnectionThatGoesEndsItsStatements() throws {
    var db: Connection? = try Connection()
    weak let gone = db
    let held = try #require(try db?.statement("SELECT 1"))
    db = nil
    #expect(gone == nil)
    #expect(throws: SQLiteError.self) { try held.bind().run() }
  }

  @Test func statementsGoWithTheirHolders() throws {
    let db = try Connection()
    weak var pragma: Statement?
    do {
      let statement = try db.statement("PRAGMA user_version")
      pragma = statement
      try statement.bind().run()
    }
    #expect(pragma == nil)
    try db.close()
  }

  @Test func accessIsWhatWasAskedFor() throws {
    let folder = try Folder()
    let missing = #expect(throws: SQLiteError.self) { try Connection(path: folder.file, .write) }
    #expect(missing?.code.primary == .cannotOpen)
    #expect(throws: SQLiteError.self) { try Connection(path: folder.file, .read) }
    let writer = try Connection(path: folder.file)
    try writer.execute("CREATE TABLE t (i INTEGER); INSERT INTO t VALUES (1)")
    let reader = try Connection(path: folder.file, .read)
    let refused = #expect(throws: SQLiteError.self) { try reader.execute("DELETE FROM t") }
    #expect(refused?.code.primary == .readOnly)
    #expect(try reader.scalar("SELECT i FROM t") == 1)
    #expect(try Connection(path: folder.file, .write).scalar("SELECT i FROM t") == 1)
  }

  @Test(arguments: ["a b", "100%", "a?b#c", "ñ"])
  func anUnchangingFileOfAnyName(_ name: String) throws {
    let folder = try Folder()
    let path = folder.path + "/" + name
    try Connection(path: path).execute("CREATE TABLE t (i INTEGER); INSERT INTO t VALUES (7)")
    let db = try Connection(path: path, .readUnchanging)
    #expect(try db.scalar("SELECT i FROM t") == 7)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [name])
  }

  /// SQLite would take them for databases without a file, or for URIs.
  @Test(arguments: [":memory:", ":a", "file:a?mode=memory", "file:a"])
  func aNameThatIsSpecialElsewhereIsAFilesName(_ name: String) throws {
    // Only a name without a folder is special, and the folder that one is in belongs to all tests.
    #expect(try FileName.plain(name) == "./" + name)
    #expect(FileName.unchanging("./" + name).hasPrefix("file:./"))
  }

  @Test(arguments: ["", "a\0b"]) func aNameThatNoFileHas(_ name: String) throws {
    let folder = try Folder()
    for access in [Connection.Access.create, .write, .read, .readUnchanging] {
      let path = name.isEmpty ? "" : folder.path + "/" + name
      let error = #expect(throws: SQLiteError.self) { try Connection(path: path, access) }
      #expect(error?.code.primary == .cannotOpen)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test(arguments: [Duration.seconds(Int64.max), .seconds(Int64.min), .seconds(1 << 40), .zero])
  func patienceOfAllLengths(_ patience: Duration) throws {
    let folder = try Folder()
    let db = try Connection(path: folder.file, patience: patience)
    let most: Duration = .milliseconds(Int64(Int32.max))
    let expected = patience > most ? Int32.max : 0
    #expect(try db.pragma("busy_timeout") == "\(expected)")
  }

  /// As a handler of rows might that gives up.
  @Test func closingInTheMiddleOfARow() throws {
    let folder = try Folder()
    let db = try Connection(path: folder.file)
    _ = try db.setPragma("journal_mode", to: "wal")
    let text = String(repeating: "0123456789", count: 1_000)
    try db.execute("CREATE TABLE t (s TEXT)")
    for _ in 1...2 { try db.run("INSERT INTO t VALUES (?)", text) }
    try db.execute("BEGIN IMMEDIATE")
    var count = 0
    let error = #expect(throws: SQLiteError.self) {
      try db.query("SELECT s FROM t") { row in
        count += 1
        let before = try row.unsafeBytes(0)
        try db.close()
        #expect(before.elementsEqual(text.utf8))
        #expect(try row[0] as String == text)
        // The transaction is over, whoever is still reading.
        try Connection(path: folder.file, patience: .zero).run("DELETE FROM t")
      }
    }
    #expect(error == .closed && count == 1)
    #expect(throws: SQLiteError.closed) { try db.run("SELECT 1") }
  }

  @Test func aConnectionThatGoesInTheMiddleOfARow() throws {
    var db: Connection? = try Connection()
    let statement = try #require(try db?.statement("SELECT 'a' UNION ALL SELECT 'b'"))
    var rows = try statement.bind()
    #expect(try rows.next())
    db = nil
    #expect(throws: SQLiteError.closed) { try rows.next() }
    #expect(throws: SQLiteError.closed) { try statement.bind().run() }
  }

  @Test func aFileThatIsNoDatabase() throws {
    let folder = try Folder()
    try Data(repeating: 7, count: 10_000).write(to: URL(filePath: folder.file))
    let error = #expect(throws: SQLiteError.self) {
      try Connection(path: folder.file).scalar("SELECT count(*) FROM sqlite_master", as: Int.self)
    }
    #expect(error?.code.primary == .notADatabase)
  }

  @Test func patienceEnds() throws {
    let folder = try Folder()
    let first = try Connection(path: folder.file)
    try first.execute("CREATE TABLE t (i INTEGER); BEGIN IMMEDIATE")
    let second = try Connection(path: folder.file, patience: .milliseconds(20))
    let start = ContinuousClock.now
    let error = #expect(throws: SQLiteError.self) { try second.transaction {} }
    #expect(error?.code.primary == .busy)
    #expect(ContinuousClock.now - start >= .milliseconds(10))
    try first.execute("COMMIT")
    try second.transaction { try second.run("INSERT INTO t VALUES (1)") }
  }

  @Test func foreignKeysHoldAndNamesAreNoTexts() throws {
    let db = try Connection()
    try db.execute(
      "CREATE TABLE p (i INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER REFERENCES p (i))")
    let error = #expect(throws: SQLiteError.self) { try db.run("INSERT INTO c VALUES (1)") }
    #expect(error?.code.primary == .constraint)
    #expect(throws: SQLiteError.self) { try db.run("SELECT \"text\"") }
  }

  @Test func pragmasAreReadBack() throws {
    let folder = try Folder()
    let db = try Connection(path: folder.file)
    #expect(try db.setPragma("journal_mode", to: "wal") == "wal")
    #expect(try db.setPragma("synchronous", to: "1") == "1")
    #expect(try db.setPragma("synchronous", to: "2") == "2")
    #expect(try db.setPragma("no_such_pragma", to: "2") == nil)
    // One in memory has no journal on disk, and SQLite does not say that it is so.
    #expect(try Connection().setPragma("journal_mode", to: "wal") == "memory")
  }

  @Test func aCheckpointEmptiesTheLog() throws {
    let folder = try Folder()
    let db = try Connection(path: folder.file)
    _ = try db.setPragma("journal_mode", to: "wal")
    try db.execute("CREATE TABLE t (i INTEGER)")
    try db.checkpoint()
    let size = try FileManager.default.attributesOfItem(atPath: folder.file + "-wal")[.size]
    #expect(size as? Int == 0)
  }
}

/// A folder that is gone when the test is over.
final class Folder: Sendable {
  let path: String
  var file: String { path + "/test.sqlite" }

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "sqlite-\(UUID())").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
