import CSQLite

/// A row that a statement stands on. It can be neither copied nor kept: it is good for the call
/// that it is lent to. Columns count from 0.
///
/// A column is read as what it holds: NULL where a number is expected, a number as text, an integer
/// too large for its type, a column that is not there are ``SQLiteError``s and never quietly
/// something else.
public struct Row: ~Copyable {
  /// SQLite's own handle.
  @usableFromInline let handle: OpaquePointer

  @inlinable @inline(__always)
  init(_ handle: OpaquePointer) { self.handle = handle }

  /// What a column holds.
  public enum Kind: Int32, Sendable {
    /// A number of up to 64 bits with its sign.
    case integer = 1
    /// A number with floating point; nothing here reads it as a number.
    case real = 2
    /// Text.
    case text = 3
    /// Bytes.
    case blob = 4
    /// NULL.
    case null = 5
  }

  /// A column's value, as what is expected of it.
  ///
  /// - Throws: ``SQLiteError/Code/mismatch`` if it holds something else, ``SQLiteError/Code/range``
  ///   if there is no such column.
  @inlinable
  public subscript<Value: ColumnValue>(_ column: Int) -> Value {
    @inline(__always) get throws(SQLiteError) {
      guard let value = value(column), let read = Value.read(value) else {
        throw SQLiteError(column, of: handle, isNo: "\(Value.self)")
      }
      if Value.includesNull, sqlite3_value_type(value) == SQLITE_NULL { try check(column) }
      return read
    }
  }

  /// What a column holds.
  ///
  /// - Throws: ``SQLiteError/Code/range`` if there is no such column.
  @inlinable @inline(__always)
  public func kind(_ column: Int) throws(SQLiteError) -> Kind {
    let kind = value(column).flatMap { Kind(rawValue: sqlite3_value_type($0)) } ?? .null
    if kind == .null { try check(column) }
    return kind
  }

  /// Whether a column is NULL.
  ///
  /// - Throws: ``SQLiteError/Code/range`` if there is no such column.
  @inlinable @inline(__always)
  public func isNull(_ column: Int) throws(SQLiteError) -> Bool { try kind(column) == .null }

  /// Lends `body` the bytes of a blob, or of a text in UTF-8, where SQLite has them: nothing is
  /// copied.
  ///
  /// - Throws: ``SQLiteError/Code/mismatch`` if the column is NULL or a number, or what `body`
  ///   throws.
  @inlinable @inline(__always)
  public func withUnsafeBytes<Answer>(
    _ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Answer
  ) throws -> Answer {
    guard let value = value(column), let bytes = Bytes.of(value) else {
      throw SQLiteError(column, of: handle, isNo: "bytes")
    }
    return try body(bytes)
  }

  /// The bytes as ``withUnsafeBytes(_:_:)`` lends them, but good until the next step, which nothing
  /// checks; none if the column is NULL.
  ///
  /// - Throws: ``SQLiteError/Code/mismatch`` if the column is a number.
  @inlinable @inline(__always)
  public func unsafeBytes(_ column: Int) throws(SQLiteError) -> UnsafeRawBufferPointer {
    if let value = value(column), let bytes = Bytes.of(value) { return bytes }
    guard try isNull(column) else { throw SQLiteError(column, of: handle, isNo: "bytes") }
    return UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// SQLite's own value: a NULL of no statement if there is no such column.
  @inlinable @inline(__always)
  func value(_ column: Int) -> OpaquePointer? {
    sqlite3_column_value(handle, Int32(clamping: column))
  }

  /// Checks that a column that seems to be NULL is one. Others need no check.
  @inlinable
  func check(_ column: Int) throws(SQLiteError) {
    guard column >= 0, column < Int(sqlite3_data_count(handle)) else {
      throw SQLiteError(column, of: handle, isNo: "a column")
    }
  }
}

/// The bytes of SQLite's own values.
@usableFromInline
enum Bytes {
  /// Those of a blob, or of a text in UTF-8, whatever the database keeps its texts in; nil for
  /// anything else. Good until the next step.
  @inlinable @inline(__always)
  static func of(_ value: OpaquePointer) -> UnsafeRawBufferPointer? {
    switch sqlite3_value_type(value) {
    case SQLITE_BLOB: ofBlob(value)
    case SQLITE_TEXT: ofText(value)
    default: nil
    }
  }

  @inlinable @inline(__always)
  static func ofBlob(_ value: OpaquePointer) -> UnsafeRawBufferPointer {
    let start = sqlite3_value_blob(value)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
  }

  /// Nil only if there was no memory to change the encoding.
  @inlinable @inline(__always)
  static func ofText(_ value: OpaquePointer) -> UnsafeRawBufferPointer? {
    guard let start = sqlite3_value_text(value) else { return nil }
    // The count is that of the encoding that was asked for last.
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
  }
}

extension SQLiteError {
  /// A column that does not hold what it was read as; what it holds is not told.
  @usableFromInline
  init(_ column: Int, of statement: OpaquePointer, isNo expected: String) {
    let sql = sqlite3_sql(statement).map { String(cString: $0) }
    let index = Int32(clamping: column)
    guard (0..<sqlite3_data_count(statement)).contains(index) else {
      self.init(.range, "there is no column \(column) in a row", sql: sql)
      return
    }
    let held =
      switch Row.Kind(rawValue: sqlite3_column_type(statement, index)) {
      case .integer: "another integer"
      case .real: "a floating-point number"
      case .text: "another text"
      case .blob: "a blob"
      case .null, nil: "NULL"
      }
    let name = sqlite3_column_name(statement, index).map { " (\(String(cString: $0)))" } ?? ""
    self.init(
      .mismatch, "column \(column)\(name) holds \(held) and is read as \(expected)", sql: sql)
  }
}
