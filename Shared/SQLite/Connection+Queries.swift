import CSQLite

// What is asked at one go: each statement is prepared once and kept (see `statement(_:)`). On a hot
// path `statement(sql).bind(...)` is cheaper: see `Statement+Bind.swift`.
extension Connection {
  /// Runs a statement to its end: see ``BoundStatement/run()``.
  @inlinable
  public func run<each Value: BindableValue>(
    _ sql: String, _ values: repeat each Value
  ) throws(SQLiteError) {
    try statement(sql).bind(repeat each values).run()
  }

  /// Hands each row to `body`: see ``BoundStatement/query(_:)``.
  @inlinable
  public func query<each Value: BindableValue>(
    _ sql: String, _ values: repeat each Value, body: (borrowing Row) throws -> Void
  ) throws {
    try statement(sql).bind(repeat each values).query(body)
  }

  /// What `read` makes of the first row: see ``BoundStatement/first(_:)``.
  @inlinable
  public func first<each Value: BindableValue, Answer>(
    _ sql: String, _ values: repeat each Value, read: (borrowing Row) throws -> Answer
  ) throws -> Answer? {
    try statement(sql).bind(repeat each values).first(read)
  }

  /// What `read` makes of each row: see ``BoundStatement/all(_:)``.
  @inlinable
  public func all<each Value: BindableValue, Answer>(
    _ sql: String, _ values: repeat each Value, read: (borrowing Row) throws -> Answer
  ) throws -> [Answer] {
    try statement(sql).bind(repeat each values).all(read)
  }

  /// The first column of the first row: see ``BoundStatement/scalar(as:)``.
  @inlinable
  public func scalar<each Value: BindableValue, Answer: ColumnValue>(
    _ sql: String, _ values: repeat each Value, as: Answer.Type = Answer.self
  ) throws(SQLiteError) -> Answer? {
    try statement(sql).bind(repeat each values).scalar()
  }

  /// How many rows the last statement that changed some has changed.
  public var changes: Int { handle.map { Int(sqlite3_changes64($0)) } ?? 0 }

  /// The number of the row that was inserted last; 0 before the first.
  public var lastInsertedRow: Int64 { handle.map { sqlite3_last_insert_rowid($0) } ?? 0 }
}

extension Connection {
  /// What a pragma says, as text; nil if it says nothing.
  ///
  /// - Throws: what SQLite reports.
  public func pragma(_ name: String) throws(SQLiteError) -> String? {
    var rows = try statement("PRAGMA \(name)").bind()
    guard try rows.next() else { return nil }
    let text = try rows.row().text(0)
    try rows.finish()
    return text
  }

  /// Sets a pragma and returns what it is then: most say nothing if they do not take.
  ///
  /// - Throws: what SQLite reports.
  public func setPragma(_ name: String, to value: String) throws(SQLiteError) -> String? {
    _ = try pragma("\(name) = \(value)")
    return try pragma(name)
  }

  /// Moves what the write-ahead log holds into the file and cuts it to nothing.
  ///
  /// - Throws: ``SQLiteError/Code/busy`` if others read or write and go on with it too long.
  public func checkpoint() throws(SQLiteError) {
    let database = try open()
    try check(
      sqlite3_wal_checkpoint_v2(database, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil))
  }
}

extension Row {
  /// A column as SQLite writes it; nil if it is NULL.
  fileprivate func text(_ column: Int32) -> String? {
    sqlite3_column_text(handle, column).map { String(cString: $0) }
  }
}
