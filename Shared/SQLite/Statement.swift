import CSQLite

/// A prepared statement: made by ``Connection/statement(_:)``, good as long as the connection is
/// open, and used by the connection's task alone.
///
/// ``bind(_:)`` gives its parameters values; what it returns runs it. A statement that is in use
/// cannot be begun again: that is an error, and never another caller's rows.
public final class Statement {
  /// Its text.
  public let sql: String
  /// SQLite's own handle; nil once the connection is closed. If it is not nil, the connection is
  /// there: ``Connection`` ends its statements before it goes.
  @usableFromInline @exclusivity(unchecked) var handle: OpaquePointer?
  /// Whether a ``BoundStatement`` has it.
  @usableFromInline @exclusivity(unchecked) var isInUse = false
  @usableFromInline let parameters: Int32
  /// Whether it leaves the database as it is.
  @usableFromInline let isReadOnly: Bool
  private unowned let connection: Connection
  /// What was the handle when the connection was closed in the middle of a use: a row that is
  /// being looked at stays good until that use ends.
  private var outlived: OpaquePointer?

  init(_ handle: OpaquePointer, _ sql: String, of connection: Connection) {
    self.handle = handle
    self.sql = sql
    self.connection = connection
    parameters = sqlite3_bind_parameter_count(handle)
    isReadOnly = sqlite3_stmt_readonly(handle) != 0
    connection.dependents[ObjectIdentifier(self)] = Dependence(object: self)
  }

  deinit {
    guard let handle else { return finalize() }
    connection.dependents[ObjectIdentifier(self)] = nil
    sqlite3_finalize(handle)
  }

  /// Gives each parameter a value, in the order of their numbers; what this returns runs the
  /// statement.
  ///
  /// - Throws: what SQLite reports; ``SQLiteError/Code/misuse`` if the statement is in use.
  @inlinable
  public func bind<each Value: BindableValue>(
    _ values: repeat each Value
  ) throws(SQLiteError) -> BoundStatement {
    var bound = try BoundStatement(self)
    repeat try bound.append(each values)
    return bound
  }

  /// What SQLite says of a step or a binding that failed just now.
  @usableFromInline
  func failure(_ result: Int32) -> SQLiteError {
    let error = SQLiteError(running: sql, on: sqlite3_db_handle(handle), result)
    connection.noticeRollback()
    return error
  }

  /// What another step comes to after the last: no row, or what failed.
  @usableFromInline
  func ended(_ state: Int32) throws(SQLiteError) -> Bool {
    guard state != SQLITE_DONE, state != SQLITE_OK else { return false }
    throw SQLiteError(.init(rawValue: state), "the statement has failed", sql: sql)
  }

  @usableFromInline
  func miscounted(_ count: Int32) -> SQLiteError {
    SQLiteError(.range, "\(count) values for \(parameters) parameters", sql: sql)
  }

  @usableFromInline
  var inUse: SQLiteError { SQLiteError(.misuse, "the statement is in use", sql: sql) }

  /// Gives back what outlived the connection.
  @usableFromInline
  func finalize() {
    sqlite3_finalize(outlived)
    outlived = nil
  }
}

extension Statement: Dependent {
  func end() {
    outlived = handle
    handle = nil
    if !isInUse { finalize() }
  }
}
