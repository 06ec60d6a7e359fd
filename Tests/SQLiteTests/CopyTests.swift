import SQLite
import Testing

@Suite struct CopyTests {
  private struct Enough: Error {}

  private func filled(_ path: String) throws -> Connection {
    let db = try Connection(path: path)
    _ = try db.setPragma("journal_mode", to: "wal")
    try db.execute("CREATE TABLE t (i INTEGER PRIMARY KEY, b BLOB)")
    for number in 0..<200 { try db.run("INSERT INTO t VALUES (?, randomblob(9000))", number) }
    return db
  }

  @Test func aCopyIsOfOneMoment() throws {
    let folder = try Folder()
    let writer = try filled(folder.file)
    let reader = try Connection(path: folder.file, .read)
    let copy = try Connection()
    var left: [Int] = []
    try reader.transaction(.deferred) {
      _ = try reader.scalar("SELECT count(*) FROM t", as: Int.self)
      try reader.backUp(to: copy, pages: 50) { remaining in
        left.append(remaining)
        try writer.run("DELETE FROM t WHERE i = ?", left.count)
      }
    }
    #expect(left.count > 5 && left == left.sorted(by: >))
    #expect(try copy.scalar("SELECT count(*) FROM t") == 200)
    #expect(try copy.scalar("PRAGMA quick_check") == "ok")
  }

  @Test func oneThatIsGivenUpChangesNothing() throws {
    let folder = try Folder()
    let source = try filled(folder.file)
    let copy = try Connection()
    try copy.execute("CREATE TABLE mine (i INTEGER)")
    #expect(throws: Enough.self) {
      try source.backUp(to: copy, pages: 10) { _ in throw Enough() }
    }
    #expect(try copy.scalar("SELECT count(*) FROM mine") == 0)
    try source.backUp(to: copy)
    #expect(try copy.scalar("SELECT count(*) FROM t") == 200)
  }

  /// SQLite would go on in memory that is gone.
  @Test(arguments: [true, false]) func closingInTheMiddleEndsIt(_ isTarget: Bool) throws {
    let folder = try Folder()
    let source = try filled(folder.file)
    let path = folder.path + "/copy"
    try Connection(path: path).execute("CREATE TABLE mine (i INTEGER)")
    let copy = try Connection(path: path)
    var count = 0
    #expect(throws: SQLiteError.closed) {
      try source.backUp(to: copy, pages: 10) { _ in
        count += 1
        try (isTarget ? copy : source).close()
      }
    }
    #expect(count == 1)
    #expect(try Connection(path: path).scalar("SELECT count(*) FROM mine") == 0)
    if isTarget { #expect(try source.scalar("SELECT count(*) FROM t") == 200) }
  }

  @Test func aBlobOutlivesNoConnection() throws {
    var db: Connection? = try Connection()
    try db?.execute(
      "CREATE TABLE t (i INTEGER PRIMARY KEY, b BLOB); INSERT INTO t VALUES (1, x'01')")
    let blob = BlobReader(try #require(db), table: "t", column: "b")
    try blob.open(row: 1)
    db = nil
    #expect(!blob.isOpen && blob.count == 0)
    #expect(throws: SQLiteError.closed) { try blob.open(row: 1) }
    blob.close()
  }

  @Test func aBlobOfNoBytes() throws {
    let db = try Connection()
    try db.execute("CREATE TABLE t (i INTEGER PRIMARY KEY, b BLOB); INSERT INTO t VALUES (1, x'')")
    let blob = BlobReader(db, table: "t", column: "b")
    try blob.open(row: 1)
    #expect(blob.isOpen && blob.count == 0)
    try blob.read(into: UnsafeMutableRawBufferPointer(start: nil, count: 0), at: 0)
    var one: [UInt8] = [0]
    for start in [0, 1, -1, Int.max] {
      #expect(throws: SQLiteError.self) {
        try one.withUnsafeMutableBytes { try blob.read(into: $0, at: start) }
      }
    }
  }

  @Test func oneThatCannotBeWrittenIsAnError() throws {
    let folder = try Folder()
    let source = try filled(folder.file)
    let other = try Connection(path: folder.path + "/other")
    try other.execute("CREATE TABLE t (i INTEGER); BEGIN IMMEDIATE; INSERT INTO t VALUES (1)")
    let target = try Connection(path: folder.path + "/other", patience: .milliseconds(1))
    let error = #expect(throws: SQLiteError.self) { try source.backUp(to: target) }
    #expect(error?.code.primary == .busy)
  }

  @Test func piecesOfABlob() throws {
    let db = try Connection()
    try db.execute("CREATE TABLE t (i INTEGER PRIMARY KEY, b BLOB)")
    let bytes = (0..<50_000).map { UInt8(truncatingIfNeeded: $0) }
    for row in 1...2 { try db.run("INSERT INTO t VALUES (?, ?)", row, bytes) }
    let blob = BlobReader(db, table: "t", column: "b")
    var piece = [UInt8](repeating: 0, count: 100)
    for row: Int64 in [1, 2, 1] {
      try blob.open(row: row)
      #expect(blob.count == 50_000 && blob.isOpen)
      try piece.withUnsafeMutableBytes { try blob.read(into: $0, at: 40_000) }
      #expect(piece == Array(bytes[40_000..<40_100]))
    }
    #expect(throws: SQLiteError.self) {
      try piece.withUnsafeMutableBytes { try blob.read(into: $0, at: 49_950) }
    }
    #expect(throws: SQLiteError.self) { try blob.open(row: 3) }
    #expect(!blob.isOpen)
    try blob.open(row: 1)
    try db.run("UPDATE t SET b = zeroblob(50000) WHERE i = 1")
    let error = #expect(throws: SQLiteError.self) {
      try piece.withUnsafeMutableBytes { try blob.read(into: $0, at: 0) }
    }
    #expect(error?.code == .aborted)
    #expect(throws: SQLiteError.self) {
      try BlobReader(db, table: "none", column: "b").open(row: 1)
    }
  }
}
