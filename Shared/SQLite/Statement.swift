import CSQLite

/// A prepared statement: made by ``Connection/statement(_:)``, good as long as the connection is
/// open, and used by the connection's task alone.
///
/// ``bind(_:)`` gives its parameters values; what it answers runs it. A statement that is in use
/// cannot be begun again: that is an error, and never another caller's rows.
public final class Statement {
  /// Its text.
  public let sql: String
  /// SQLite's own handle; nil once the connection is closed. Where it is not nil, the connection is
  /// there: ``Connection`` ends its statements before it goes.
  @usableFromInline @exclusivity(unchecked) var handle: OpaquePointer?
  /// Whether a ``BoundStatement`` has it.
  @usableFromInline @exclusivity(unchecked) var isInUse = false
  @usableFromInline let parameters: Int32
  private unowned let connection: Connection

  init(_ handle: OpaquePointer, _ sql: String, of connection: Connection) {
    self.handle = handle
    self.sql = sql
    self.connection = connection
    parameters = sqlite3_bind_parameter_count(handle)
    connection.dependents[ObjectIdentifier(self)] = Dependence(object: self)
  }

  deinit {
    guard let handle else { return }
    connection.dependents[ObjectIdentifier(self)] = nil
    sqlite3_finalize(handle)
  }

  /// Gives each parameter a value, in the order of their numbers; what this answers runs the
  /// statement.
  ///
  /// - Throws: what SQLite reports; ``SQLiteError/Code/misuse`` where the statement is in use.
  @inlinable
  public func bind<each Value: BindableValue>(
    _ values: repeat each Value
  ) throws(SQLiteError) -> BoundStatement {
    var bound = try BoundStatement(self)
    repeat try bound.append(each values)
    return bound
  }

  @usableFromInline
  func failure(_ result: Int32) -> SQLiteError {
    SQLiteError(of: sqlite3_db_handle(handle), result, sql: sql)
  }

  @usableFromInline
  func miscounted(_ count: Int32) -> SQLiteError {
    SQLiteError(.range, "\(count) values for \(parameters) parameters", sql: sql)
  }

  @usableFromInline
  var inUse: SQLiteError { SQLiteError(.misuse, "the statement is in use", sql: sql) }
}

extension Statement: Dependent {
  func end() {
    sqlite3_finalize(handle)
    handle = nil
  }
}
