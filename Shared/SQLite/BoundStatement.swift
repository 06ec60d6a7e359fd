import CSQLite

/// A statement with values for its parameters, to be run once. The statement is in use until this
/// is gone; then it is reset and forgets the values.
public struct BoundStatement: ~Copyable {
  @usableFromInline let statement: Statement
  /// How many values there are.
  @usableFromInline var count: Int32 = 0
  /// What the last step came to: `SQLITE_ROW` also before the first, `SQLITE_OK` once it was reset.
  /// After anything but a row SQLite would begin again.
  @usableFromInline var state: Int32 = SQLITE_ROW

  @inlinable @inline(__always)
  init(_ statement: Statement) throws(SQLiteError) {
    guard statement.handle != nil else { throw .closed }
    guard !statement.isInUse else { throw statement.inUse }
    statement.isInUse = true
    self.statement = statement
  }

  @inlinable @inline(__always)
  deinit {
    statement.isInUse = false
    guard let handle = statement.handle else { return statement.finalize() }
    if state != SQLITE_OK { sqlite3_reset(handle) }
    // Large values are not to be kept until the next use.
    sqlite3_clear_bindings(handle)
  }

  /// Gives the next parameter a value, if there are not always as many.
  ///
  /// - Throws: what SQLite reports.
  @inlinable @inline(__always)
  public mutating func append(_ value: some BindableValue) throws(SQLiteError) {
    count += 1
    guard let handle = statement.handle else { throw .closed }
    let result = value.bind(to: handle, at: count)
    guard result == SQLITE_OK else { throw statement.failure(result) }
  }

  /// As ``append(_:)``, in a chain.
  ///
  /// - Throws: what SQLite reports.
  @inlinable @inline(__always)
  public consuming func and(_ value: some BindableValue) throws(SQLiteError) -> BoundStatement {
    try append(value)
    return self
  }

  /// Runs the statement to its end; rows are dropped.
  ///
  /// - Throws: what SQLite reports.
  @inlinable @inline(__always)
  public consuming func run() throws(SQLiteError) { while try next() {} }

  /// Hands each row to `body`.
  ///
  /// What a statement that writes has done stays done if `body` throws, unless a transaction around
  /// it is rolled back.
  ///
  /// - Throws: what SQLite reports, or what `body` throws.
  @inlinable @inline(__always)
  public consuming func query(_ body: (borrowing Row) throws -> Void) throws {
    while try next() { try body(row()) }
  }

  /// What `read` makes of the first row; nil if there is none. Others are not looked at.
  ///
  /// - Throws: what SQLite reports, or what `read` throws.
  @inlinable @inline(__always)
  public consuming func first<Answer>(
    _ read: (borrowing Row) throws -> Answer
  ) throws -> Answer? {
    guard try next() else { return nil }
    let answer = try read(row())
    try finish()
    return answer
  }

  /// What `read` makes of each row.
  ///
  /// - Throws: what SQLite reports, or what `read` throws.
  @inlinable
  public consuming func all<Answer>(
    _ read: (borrowing Row) throws -> Answer
  ) throws -> [Answer] {
    var answers: [Answer] = []
    while try next() { answers.append(try read(row())) }
    return answers
  }

  /// The first column of the first row; nil if there is no row, or NULL.
  ///
  /// - Throws: what SQLite reports, and ``SQLiteError/Code/mismatch``.
  @inlinable
  public consuming func scalar<Answer: ColumnValue>(
    as: Answer.Type = Answer.self
  ) throws(SQLiteError) -> Answer? {
    guard try next() else { return nil }
    let value: Answer? = try row()[0]
    try finish()
    return value
  }

  /// The first column of each row.
  ///
  /// - Throws: what SQLite reports, and ``SQLiteError/Code/mismatch``.
  @inlinable
  public consuming func column<Answer: ColumnValue>(
    as: Answer.Type = Answer.self
  ) throws(SQLiteError) -> [Answer] {
    var answers: [Answer] = []
    while try next() { answers.append(try row()[0]) }
    return answers
  }

  /// Goes to the next row, for a caller with a pace of its own; returns whether there is one.
  ///
  /// - Throws: what SQLite reports, and again after that; if the connection was closed.
  @inlinable @inline(__always)
  public mutating func next() throws(SQLiteError) -> Bool {
    guard let handle = statement.handle else { throw .closed }
    guard count == statement.parameters else { throw statement.miscounted(count) }
    guard state == SQLITE_ROW else { return try statement.ended(state) }
    state = sqlite3_step(handle)
    if state == SQLITE_ROW { return true }
    guard state == SQLITE_DONE else { throw statement.failure(state) }
    return false
  }

  /// Ends the statement before its last row.
  ///
  /// A statement that writes is run to its end: only then does SQLite say whether what it wrote
  /// could be kept.
  ///
  /// - Throws: what SQLite reports.
  @inlinable @inline(__always)
  public mutating func finish() throws(SQLiteError) {
    guard state == SQLITE_ROW, let handle = statement.handle else { return }
    guard statement.isReadOnly else {
      while try next() {}
      return
    }
    state = sqlite3_reset(handle)
    guard state == SQLITE_OK else { throw statement.failure(state) }
  }

  /// What `read` makes of the row that it stands on: only after ``next()`` returned true.
  ///
  /// - Throws: if the connection was closed, or what `read` throws.
  @inlinable @inline(__always)
  public func withRow<Answer>(
    _ read: (borrowing Row) throws -> Answer
  ) throws -> Answer {
    try read(row())
  }

  @inlinable @inline(__always)
  func row() throws(SQLiteError) -> Row {
    guard let handle = statement.handle else { throw .closed }
    return Row(handle)
  }
}
