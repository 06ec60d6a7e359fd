import CSQLite
import Testing

@testable import SQLite

@Suite struct StatementTests {
  private let db: Connection

  init() throws {
    db = try Connection()
    try db.execute(
      """
      CREATE TABLE t (i INTEGER PRIMARY KEY, s TEXT NOT NULL) STRICT;
      INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c');
      """)
  }

  @Test(arguments: [
    "SELEKT 1", "SELECT * FROM nowhere", "SELECT \"x\"", "INSERT INTO t VALUES (1)",
  ])
  func aTextThatIsNoStatementIsAnError(_ sql: String) throws {
    let error = #expect(throws: SQLiteError.self) { try db.run(sql) }
    #expect(error?.code == .error && error?.sql == sql)
  }

  @Test(arguments: ["", " ", "-- nothing", "SELECT 1; SELECT 2", "SELECT 1;;x"])
  func moreOrLessThanOneIsAnError(_ sql: String) throws {
    #expect(throws: SQLiteError.self) { try db.run(sql) }
    #expect(throws: Never.self) { try db.run("SELECT 1 ; \n") }
  }

  @Test func eachParameterHasAValue() throws {
    let insert = try db.statement("INSERT INTO t VALUES (?, ?)")
    for wrong in [
      { try insert.bind().run() }, { try insert.bind(4).run() },
      { try insert.bind(4, "d", 5).run() },
    ] as [() throws -> Void] {
      let error = #expect(throws: SQLiteError.self) { try wrong() }
      #expect(error?.code == .range)
    }
    #expect(try db.scalar("SELECT count(*) FROM t") == 3)
    try insert.bind(4, "d").run()
    #expect(db.changes == 1 && db.lastInsertedRow == 4)
  }

  @Test func anErrorNamesTheStatementAndNoValue() throws {
    let error = #expect(throws: SQLiteError.self) {
      try db.run("INSERT INTO t VALUES (?, ?)", 1, "a secret")
    }
    #expect(error?.code.primary == .constraint && error?.code != .constraint)
    #expect(error.map { "\($0)".contains("secret") } == false)
    // And it can be run again.
    try db.run("INSERT INTO t VALUES (?, ?)", 4, "d")
  }

  @Test func oneThatIsKeptIsTheSame() throws {
    let sql = "SELECT s FROM t"
    let first = try db.statement(sql)
    #expect(try db.statement(sql) === first)
    // The same text at another place.
    #expect(try db.statement(["SELECT s", "FROM t"].joined(separator: " ")) === first)
    // SQLite works out when a pragma is prepared what some of them answer.
    #expect(try db.statement("PRAGMA synchronous") !== db.statement("PRAGMA synchronous"))
  }

  @Test func theSameQueryAmongItsOwnRows() throws {
    var pairs: [String] = []
    try db.query("SELECT s FROM t ORDER BY i") { outer in
      let left: String = try outer[0]
      try db.query("SELECT s FROM t ORDER BY i") { pairs.append(left + (try $0[0])) }
    }
    #expect(pairs == ["aa", "ab", "ac", "ba", "bb", "bc", "ca", "cb", "cc"])
  }

  @Test func oneThatIsInUseIsNotBegunAgain() throws {
    let select = try db.statement("SELECT s FROM t WHERE i > ?")
    var rows = try select.bind(0)
    let error = #expect(throws: SQLiteError.self) { try select.bind(2).run() }
    #expect(error?.code == .misuse)
    var found: [String] = []
    while try rows.next() { found.append(try rows.withRow { try $0[0] }) }
    #expect(try rows.next() == false)
    #expect(found == ["a", "b", "c"])
    _ = consume rows
    #expect(try select.bind(2).scalar() == "c")
  }

  @Test func aBodyThatThrowsEndsTheQuery() throws {
    struct Enough: Error {}
    #expect(throws: Enough.self) { try db.query("SELECT s FROM t") { _ in throw Enough() } }
    // Nothing reads any more: the table can go.
    try db.execute("DROP TABLE t")
  }

  @Test func aFailureInTheMiddleIsAnError() throws {
    var count = 0
    #expect(throws: SQLiteError.self) {
      try db.query("SELECT abs(CASE i WHEN 3 THEN -9223372036854775807 - 1 ELSE i END) FROM t") {
        _ in count += 1
      }
    }
    #expect(count == 2)
  }

  @Test func whatIsBoundIsCopiedAndNotKept() throws {
    let select = try db.statement("SELECT ?")
    var bytes: [UInt8] = [1, 2, 3]
    var rows = try select.bind()
    try bytes.withUnsafeBytes { try rows.append($0) }
    bytes.withUnsafeMutableBytes { $0[0] = 9 }
    #expect(try rows.next() && rows.withRow { try $0[0] as [UInt8] } == [1, 2, 3])
    _ = consume rows
    // SQLite's own words for a statement with its values.
    let expanded = sqlite3_expanded_sql(select.handle)
    defer { sqlite3_free(expanded) }
    #expect(expanded.map { String(cString: $0) } == "SELECT NULL")
  }

  @Test func morePlacesThanThereAreFunctionsFor() throws {
    let places = Array(repeating: "?", count: 20).joined(separator: " + ")
    var sum = try db.statement("SELECT \(places)").bind()
    for value in 1...20 { try sum.append(value) }
    #expect(try sum.scalar() == 210)
    let eighteen = Array(repeating: "?", count: 18).joined(separator: " + ")
    #expect(
      try db.scalar(
        "SELECT \(eighteen)", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18)
        == 171)
  }

  @Test func textsThatAreMadeUpDoNotPileUp() throws {
    let hot = "SELECT s FROM t WHERE i = ?"
    let kept = try db.statement(hot)
    for number in 0..<2_000 {
      #expect(try db.scalar("SELECT \(number)") == number)
      // And they do not push out what is used all the time.
      #expect(try db.statement(hot) === kept)
    }
    var count = 0
    var statement = sqlite3_next_stmt(db.handle, nil)
    while let found = statement {
      count += 1
      statement = sqlite3_next_stmt(db.handle, found)
    }
    #expect(count <= 800)
  }

  /// To Swift they are equal texts.
  @Test func textsOfOtherBytesAreOtherStatements() throws {
    let (one, two) = ("SELECT 'caf\u{E9}'", "SELECT 'cafe\u{301}'")
    #expect(one == two)
    for _ in 1...2 {
      for text in [one, two] {
        let found: String = try #require(try db.scalar(text))
        #expect(Array(found.utf8) == Array(text.utf8.dropFirst(8).dropLast()))
      }
    }
  }

  @Test(arguments: ["pragma synchronous", " ;\n PRAGMA\nsynchronous"])
  func aPragmaIsKnownHoweverItIsWritten(_ sql: String) throws {
    #expect(try db.statement(sql) !== db.statement(sql))
    #expect(try db.statement("SELECT 1") === db.statement("SELECT 1"))
  }

  @Test func aScriptIsRunToItsEndOrItsFirstFault() throws {
    try db.execute("")
    try db.execute("-- nothing\n ; ;")
    try db.execute("INSERT INTO t VALUES (4, 'd'); -- a remark\nSELECT * FROM t;\n\n")
    let error = #expect(throws: SQLiteError.self) {
      try db.execute("INSERT INTO t VALUES (5, 'e'); INSERT INTO t VALUES (1, 'x'); DELETE FROM t")
    }
    #expect(error?.code.primary == .constraint)
    #expect(error?.sql == "INSERT INTO t VALUES (1, 'x');")
    #expect(try db.scalar("SELECT count(*) FROM t") == 5)
    // SQLite reads no further than a NUL.
    #expect(throws: SQLiteError.self) { try db.execute("SELECT 1;\0DELETE FROM t") }
    #expect(throws: SQLiteError.self) { try db.run("SELECT 1;\0DELETE FROM t") }
    #expect(throws: SQLiteError.self) { try db.execute("DELETE FROM t WHERE i = ?") }
  }

  /// The next step would begin again, and an end would hide what is missing.
  @Test func afterAnErrorThereIsNoEnd() throws {
    var rows = try db.statement("SELECT abs(-9223372036854775807 - i) FROM t").bind()
    for _ in 1...3 { #expect(throws: SQLiteError.self) { try rows.next() } }
  }

  @Test(arguments: [
    "json_extract('{}', ?)", "json_extract('{}', '$.a', ?)", "json_set('{}', ?, 1)", "json(?)",
    "'a' LIKE 'b' ESCAPE ?",
  ])
  func noErrorHoldsAValue(_ expression: String) throws {
    let error = #expect(throws: SQLiteError.self) {
      try db.scalar("SELECT \(expression)", "a secret", as: String.self)
    }
    #expect(error.map { "\($0)".contains("secret") } == false)
    #expect(error?.message.isEmpty == false)
  }

  /// SQLite checks what is deferred when the statement ends, which is after its rows.
  @Test func whatShowsAtTheEndIsAnError() throws {
    try db.execute(
      "CREATE TABLE c (i INTEGER REFERENCES t (i) DEFERRABLE INITIALLY DEFERRED)")
    let insert = try db.statement("INSERT INTO c VALUES (9), (10) RETURNING i")
    for use in [
      { try insert.bind().run() }, { _ = try insert.bind().scalar(as: Int.self) },
      { _ = try insert.bind().first { try $0[0] as Int } },
      { _ = try insert.bind().all { try $0[0] as Int } },
      { _ = try insert.bind().column(as: Int.self) }, { try insert.bind().query { _ in } },
      {
        var rows = try insert.bind()
        #expect(try rows.next())
        try rows.finish()
      },
    ] as [() throws -> Void] {
      let error = #expect(throws: SQLiteError.self) { try use() }
      #expect(error?.code.primary == .constraint)
      #expect(try db.scalar("SELECT count(*) FROM c") == 0)
    }
    #expect(try db.scalar("INSERT INTO c VALUES (1), (2) RETURNING i") == 1)
    #expect(try db.scalar("SELECT count(*) FROM c") == 2)
    // One that reads is not read to its end.
    let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    #expect(try db.scalar(endless) == 1)
  }
}
