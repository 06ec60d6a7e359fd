import SQLite
import Testing

/// Migrations and functions: what a program adds to a database.
@Suite struct SchemaTests {
  private let one = Migration("1-one", "CREATE TABLE one (i INTEGER); INSERT INTO one VALUES (1);")
  private let two = Migration("2-two", "ALTER TABLE one ADD COLUMN j INTEGER;")
  private let broken = Migration(
    "3-broken", "CREATE TABLE three (i INTEGER); CREATE TABLE one (i);")

  @Test func eachIsAppliedOnce() throws {
    let db = try Connection()
    try db.migrate([one])
    try db.migrate([one, two])
    try db.migrate([one, two])
    #expect(try db.scalar("SELECT count(*) FROM one") == 1)
    #expect(
      try db.all("SELECT identifier FROM migration ORDER BY 1") { try $0[0] }
        == ["1-one", "2-two"])
  }

  @Test func oneThatFailsLeavesNothingOfItself() throws {
    let db = try Connection()
    #expect(throws: SQLiteError.self) { try db.migrate([one, two, broken]) }
    try db.migrate([one, two])
    #expect(try db.scalar("SELECT count(*) FROM sqlite_master WHERE name = 'three'") == 0)
  }

  @Test func aLaterProgramsDatabaseIsRefused() throws {
    let db = try Connection()
    try db.migrate([one, two])
    #expect(throws: MigrationError.unknown("2-two")) { try db.migrate([one]) }
    #expect(throws: MigrationError.outOfOrder("2-two")) {
      try db.migrate([one, Migration("1a-late", "SELECT 1"), two])
    }
  }

  /// Its arguments' greatest, from 0 on; a state that is not all zeros, and of an odd size.
  struct Longest: AggregateFunction {
    var least: UInt8 = 7
    var most: Int64 = 0
    mutating func add(_ arguments: borrowing FunctionArguments) throws(SQLiteError) {
      for index in 0..<arguments.count { most = max(most, try arguments.integer(index) ?? 0) }
      if arguments.count == 0 { _ = try arguments.integer(0) }
    }
    var result: FunctionResult {
      least != 7
        ? .integer(-1) : most > 100 ? .blob([1, 2]) : most == 99 ? .blob([]) : .integer(most)
    }
  }

  @Test(arguments: [
    ("longest()", SQLiteError.Code.range), ("longest('7')", .mismatch), ("longest(1.5)", .mismatch),
    ("longest(1, 9223372036854775808)", .mismatch), ("longest(x'01')", .mismatch),
  ])
  func aFunctionIsGivenWhatItExpects(_ call: String, _ code: SQLiteError.Code) throws {
    let db = try Connection()
    try db.add(Longest.self, named: "longest")
    let error = #expect(throws: SQLiteError.self) { try db.scalar("SELECT \(call)", as: Int.self) }
    #expect(error?.code == code)
    #expect(error?.message.contains("argument") == true)
    #expect(try db.scalar("SELECT longest(3)") == 3)
    #expect(try db.scalar("SELECT longest(99)") == [UInt8]())
  }

  @Test func twoThatMigrateAtOnce() throws {
    let folder = try Folder()
    let (first, second) = (try Connection(path: folder.file), try Connection(path: folder.file))
    // The first has applied nothing when the second has looked.
    try first.migrate([])
    try second.migrate([])
    try first.migrate([one, two])
    try second.migrate([one, two])
    #expect(try second.scalar("SELECT count(*) FROM one") == 1)
  }

  @Test func aFunctionOverRows() throws {
    let db = try Connection()
    try db.add(Longest.self, named: "longest")
    try db.execute("CREATE TABLE t (g INTEGER, i INTEGER)")
    #expect(try db.scalar("SELECT longest(i) FROM t") == 0)
    try db.execute("INSERT INTO t VALUES (1, 5), (1, 7), (2, 3), (2, NULL), (3, 101)")
    #expect(
      try db.all("SELECT longest(i, 4) FROM t WHERE g < 3 GROUP BY g ORDER BY g") { try $0[0] }
        == [7, 4])
    #expect(try db.scalar("SELECT longest(i) FROM t") == [1, 2] as [UInt8])
  }
}
