import CSQLite

/// A statement with values for its parameters, to be run once. The statement is in use until this
/// is gone; then it is reset and forgets the values.
public struct BoundStatement: ~Copyable {
  @usableFromInline let statement: Statement
  /// How many values there are.
  @usableFromInline var count: Int32 = 0
  /// SQLite would begin again behind the last row.
  @usableFromInline var isAtEnd = false

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
    guard let handle = statement.handle else { return }
    sqlite3_reset(handle)
    // What was lent must not be looked at again.
    sqlite3_clear_bindings(handle)
  }

  /// Gives the next parameter a value, where there are not always as many.
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

  /// Runs the statement to its end.
  ///
  /// - Throws: what SQLite reports.
  @inlinable @inline(__always)
  public consuming func run() throws(SQLiteError) { _ = try next() }

  /// Hands each row to `body`.
  ///
  /// - Throws: what SQLite reports, or what `body` throws.
  @inlinable @inline(__always)
  public consuming func query(_ body: (borrowing Row) throws -> Void) throws {
    while try next() { try body(row()) }
  }

  /// What `read` makes of the first row; nil where there is none. Others are not looked at.
  ///
  /// - Throws: what SQLite reports, or what `read` throws.
  @inlinable @inline(__always)
  public consuming func first<Answer>(
    _ read: (borrowing Row) throws -> Answer
  ) throws -> Answer? {
    try next() ? try read(row()) : nil
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

  /// The first column of the first row; nil where there is no row, or NULL.
  ///
  /// - Throws: what SQLite reports, and ``SQLiteError/Code/mismatch``.
  @inlinable
  public consuming func scalar<Answer: ColumnValue>(
    as: Answer.Type = Answer.self
  ) throws(SQLiteError) -> Answer? {
    guard try next() else { return nil }
    let value: Answer? = try row()[0]
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

  /// Goes to the next row, for a caller with a pace of its own; answers whether there is one.
  ///
  /// - Throws: what SQLite reports; where the connection was closed.
  @inlinable @inline(__always)
  public mutating func next() throws(SQLiteError) -> Bool {
    guard let handle = statement.handle else { throw .closed }
    guard count == statement.parameters else { throw statement.miscounted(count) }
    guard !isAtEnd else { return false }
    let result = sqlite3_step(handle)
    if result == SQLITE_ROW { return true }
    isAtEnd = true
    guard result == SQLITE_DONE else { throw statement.failure(result) }
    return false
  }

  /// What `read` makes of the row that it stands on; only where the last ``next()`` answered true.
  ///
  /// - Throws: where the connection was closed, or what `read` throws.
  @inlinable @inline(__always)
  public func withRow<Answer>(
    _ read: (borrowing Row) throws -> Answer
  ) throws -> Answer {
    try read(row())
  }

  @inlinable @inline(__always) @_lifetime(borrow self)
  func row() throws(SQLiteError) -> Row {
    guard let handle = statement.handle else { throw .closed }
    return Row(handle, of: self)
  }
}
