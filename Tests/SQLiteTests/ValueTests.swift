import Foundation
import SQLite
import Testing

/// Values go in and come out as what they are, or not at all.
@Suite struct ValueTests {
  private let db: Connection

  init() throws {
    db = try Connection()
    try db.execute("CREATE TABLE t (i INTEGER, s TEXT, b BLOB) STRICT")
  }

  @Test(arguments: [0, 1, -1, Int64.max, Int64.min, 1 << 40])
  func integersOfAllSizes(_ value: Int64) throws {
    #expect(try db.scalar("SELECT ?", value) == value)
    #expect(try db.scalar("SELECT ?", Int64?.none, as: Int64.self) == nil)
    guard let narrow = Int32(exactly: value) else {
      #expect(throws: SQLiteError.self) { try db.scalar("SELECT ?", value, as: Int32.self) }
      return
    }
    #expect(try db.scalar("SELECT ?", narrow) == narrow)
    #expect(try db.scalar("SELECT ?", UInt32(bitPattern: narrow)) == UInt32(bitPattern: narrow))
  }

  @Test(arguments: [
    "", "a", "fifteen bytes!!", "ñandú 🦤", "a\0b\0", String(repeating: "x", count: 100_000),
  ])
  func textsWithWhateverIsInThem(_ text: String) throws {
    try db.run("INSERT INTO t (s) VALUES (?)", text)
    let (read, count) = try #require(
      try db.first("SELECT s FROM t") { row in
        (try row[0] as String, try row.withUnsafeBytes(0) { $0.count })
      })
    #expect(Array(read.utf8) == Array(text.utf8))
    #expect(count == text.utf8.count)
  }

  @Test(arguments: [0, 1, 4_096, 20_000_000]) func blobsOfAllSizes(_ count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    try bytes.withUnsafeBytes { try db.run("INSERT INTO t (b) VALUES (?)", $0) }
    try db.run("INSERT INTO t (b) VALUES (?)", bytes)
    #expect(try db.statement("SELECT b FROM t").bind().column() == [bytes, bytes])
    try db.query("SELECT b FROM t") { row in
      let isLent = try row.withUnsafeBytes(0) { $0.elementsEqual(bytes) }
      let (isThere, kind) = (try row.unsafeBytes(0).elementsEqual(bytes), try row.kind(0))
      #expect(isLent && isThere && kind == .blob)
    }
  }

  @Test func truthIsOneOrZero() throws {
    #expect(try db.scalar("SELECT ?", true, as: Int.self) == 1)
    #expect(try db.scalar("SELECT ?", false) == false)
    #expect(throws: SQLiteError.self) { try db.scalar("SELECT 2", as: Bool.self) }
  }

  @Test func aMissingValueIsNoValue() throws {
    try db.run("INSERT INTO t VALUES (?, ?, ?)", Int?.none, String?.none, [UInt8]?.none)
    try db.query("SELECT i, s, b FROM t") { row in
      #expect(try row.isNull(0) && row.isNull(1) && row.isNull(2))
      let values: (Int?, String?, [UInt8]?) = try (row[0], row[1], row[2])
      #expect(values.0 == nil && values.1 == nil && values.2 == nil)
      #expect(try row.unsafeBytes(2).count == 0)
      #expect(throws: SQLiteError.self) { try row[0] as Int }
      #expect(throws: SQLiteError.self) { try row[1] as String }
      #expect(throws: SQLiteError.self) { try row.withUnsafeBytes(2) { $0.count } }
    }
  }

  /// SQLite has a NULL where there is no column.
  @Test(arguments: [1, -1, 1 << 32]) func aColumnThatIsNotThereIsNoNull(_ column: Int) throws {
    try db.query("SELECT 1") { row in
      for read in [
        { _ = try $0[column] as Int? }, { _ = try $0[column] as Int }, { _ = try $0.kind(column) },
        { _ = try $0.isNull(column) }, { _ = try $0.unsafeBytes(column) },
        { _ = try $0.withUnsafeBytes(column) { $0.count } },
      ] as [(borrowing Row) throws -> Void] {
        let error = #expect(throws: SQLiteError.self) { try read(row) }
        #expect(error?.code == .range)
      }
    }
    var rows = try db.statement("SELECT NULL").bind()
    let error = #expect(throws: SQLiteError.self) { try rows.withRow { try $0[0] as Int? } }
    #expect(error?.code == .range)
    #expect(try rows.next() && rows.withRow { try $0[0] as Int? } == nil)
  }

  @Test func theBytesOfANumberAreNone() throws {
    try db.query("SELECT 12, 1.5") { row in
      for column in 0..<2 {
        let error = #expect(throws: SQLiteError.self) { try row.unsafeBytes(column).count }
        #expect(error?.code == .mismatch)
      }
    }
  }

  /// Half of a database's texts would be NULs otherwise.
  @Test(arguments: ["", "a", "ñandú 🦤", "a\0b"]) func aDatabaseInAnotherEncoding(_ text: String)
    throws
  {
    let db = try Connection()
    #expect(try db.setPragma("encoding", to: "'UTF-16be'") == "UTF-16be")
    try db.execute("CREATE TABLE t (s TEXT)")
    try db.run("INSERT INTO t VALUES (?)", text)
    try db.query("SELECT s, s || 'x' FROM t") { row in
      let texts: (String, String) = try (row[0], row[1])
      #expect(texts.0 == text && texts.1 == text + "x")
      let isLent = try row.withUnsafeBytes(0) { $0.elementsEqual(text.utf8) }
      let isThere = try row.unsafeBytes(1).elementsEqual((text + "x").utf8)
      #expect(isLent && isThere)
    }
  }

  /// Memory that is never touched stands for a blob beyond what SQLite can take.
  @Test func aBlobBeyondTheLimitIsAnErrorAndNoNull() throws {
    let size = 1_000_000_001
    let memory = mmap(nil, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    defer { munmap(memory, size) }
    let bytes = UnsafeRawBufferPointer(start: try #require(memory), count: size)
    let error = #expect(throws: SQLiteError.self) {
      try db.run("INSERT INTO t (b) VALUES (?)", bytes)
    }
    #expect(error?.code.primary == .tooBig)
    #expect(try db.scalar("SELECT count(*) FROM t") == 0)
  }

  @Test func bytesOfNoneAreABlobAndNoNull() throws {
    try db.run("INSERT INTO t (b) VALUES (?)", [UInt8]())
    try db.run("INSERT INTO t (b) VALUES (?)", UnsafeRawBufferPointer(start: nil, count: 0))
    #expect(try db.all("SELECT typeof(b) FROM t") { try $0[0] } == ["blob", "blob"])
    #expect(try db.all("SELECT b FROM t") { try $0[0] as [UInt8] } == [[], []])
  }

  /// Never 0 for a text, nor a text for a number.
  @Test(arguments: ["'12'", "1.5", "x'3132'", "NULL", "9223372036854775808"])
  func nothingPassesForAnInteger(_ sql: String) throws {
    let error = #expect(throws: SQLiteError.self) {
      try db.all("SELECT \(sql) AS it") { try $0[0] as Int64 }
    }
    #expect(error?.code == .mismatch)
    // What it holds is not told: errors are logged.
    #expect(error?.message.contains("12") == false)
  }

  @Test(arguments: ["12", "1.5", "x'3132'", "NULL", "CAST(x'61ff62' AS TEXT)"])
  func nothingPassesForText(_ sql: String) throws {
    let error = #expect(throws: SQLiteError.self) {
      try db.all("SELECT \(sql)") { try $0[0] as String }
    }
    #expect(error?.code == .mismatch)
  }

  /// As `max` of no rows is.
  @Test func aScalarThatIsNullIsNil() throws {
    #expect(try db.scalar("SELECT max(i) FROM t", as: Int.self) == nil)
    #expect(try db.scalar("SELECT i FROM t", as: Int.self) == nil)
    #expect(throws: SQLiteError.self) { try db.scalar("SELECT 'x'", as: Int.self) }
  }

  @Test func aColumnThatIsNotThatIsNamed() throws {
    let error = #expect(throws: SQLiteError.self) {
      try db.query("SELECT 1 AS one, 'x' AS quantity") { _ = try $0[1] as Int32 }
    }
    #expect(error?.message == "column 1 (quantity) holds another text and is read as Int32")
    #expect(error?.sql == "SELECT 1 AS one, 'x' AS quantity")
  }
}
