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
        (try row[0] as String, try row.bytes(0).byteCount)
      })
    #expect(Array(read.utf8) == Array(text.utf8))
    #expect(count == text.utf8.count)
  }

  @Test(arguments: [0, 1, 4_096, 20_000_000]) func blobsOfAllSizes(_ count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    // Lent, and copied.
    try bytes.withUnsafeBytes { try db.run("INSERT INTO t (b) VALUES (?)", $0) }
    try db.run("INSERT INTO t (b) VALUES (?)", bytes)
    #expect(try db.statement("SELECT b FROM t").bind().column() == [bytes, bytes])
    try db.query("SELECT b FROM t") { row in
      let length = try row.bytes(0).byteCount
      #expect(length == count)
      #expect(row.unsafeBytes(0).elementsEqual(bytes))
      #expect(row.kind(0) == .blob)
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
      #expect(row.isNull(0) && row.isNull(1) && row.isNull(2))
      let values: (Int?, String?, [UInt8]?) = try (row[0], row[1], row[2])
      #expect(values.0 == nil && values.1 == nil && values.2 == nil)
      #expect(row.unsafeBytes(2).count == 0)
      #expect(throws: SQLiteError.self) { try row[0] as Int }
      #expect(throws: SQLiteError.self) { try row[1] as String }
      #expect(throws: SQLiteError.self) { try row.bytes(2).byteCount }
      #expect(throws: SQLiteError.self) { try row[3] as Int }
    }
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
