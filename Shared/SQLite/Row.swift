import CSQLite

/// A row that a statement stands on: good within the call that it is lent to, and the compiler sees
/// to that. Columns count from 0.
///
/// A column is read as what it holds: NULL where a number is expected, a number as text, an integer
/// too large for its type are ``SQLiteError``s and never quietly something else.
public struct Row: ~Copyable, ~Escapable {
  /// SQLite's own handle.
  @usableFromInline let handle: OpaquePointer

  @inlinable @inline(__always) @_lifetime(borrow owner)
  init(_ handle: OpaquePointer, of owner: borrowing BoundStatement) { self.handle = handle }

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
  /// - Throws: ``SQLiteError/Code/mismatch`` where it holds something else.
  @inlinable
  public subscript<Value: ColumnValue>(_ column: Int) -> Value {
    @inline(__always) get throws(SQLiteError) {
      guard let value = value(column), let read = Value.read(value) else {
        throw SQLiteError(column, of: handle, isNo: "\(Value.self)")
      }
      return read
    }
  }

  /// What a column holds.
  @inlinable
  public func kind(_ column: Int) -> Kind {
    value(column).flatMap { Kind(rawValue: sqlite3_value_type($0)) } ?? .null
  }

  /// Whether a column is NULL.
  @inlinable
  public func isNull(_ column: Int) -> Bool { kind(column) == .null }

  /// The bytes of a blob, or of a text in UTF-8, where SQLite has them: nothing is copied.
  ///
  /// - Throws: ``SQLiteError/Code/mismatch`` where the column is NULL or a number.
  @inlinable @_lifetime(borrow self)
  public func bytes(_ column: Int) throws(SQLiteError) -> RawSpan {
    switch kind(column) {
    case .blob, .text:
      return _overrideLifetime(RawSpan(_unsafeBytes: unsafeBytes(column)), borrowing: self)
    case .null, .integer, .real: throw SQLiteError(column, of: handle, isNo: "bytes")
    }
  }

  /// As ``bytes(_:)``, for code that takes pointers: good until the next step, which nothing
  /// checks; nothing where the column is NULL.
  @inlinable
  public func unsafeBytes(_ column: Int) -> UnsafeRawBufferPointer {
    guard let value = value(column), let start = sqlite3_value_blob(value) else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
  }

  @inlinable @inline(__always)
  func value(_ column: Int) -> OpaquePointer? {
    sqlite3_column_value(handle, Int32(truncatingIfNeeded: column))
  }
}

extension SQLiteError {
  /// A column that does not hold what it was read as; what it holds is not told.
  @usableFromInline
  init(_ column: Int, of statement: OpaquePointer, isNo expected: String) {
    let column = Int32(truncatingIfNeeded: column)
    let held =
      switch Row.Kind(rawValue: sqlite3_column_type(statement, column)) {
      case .integer: "another integer"
      case .real: "a floating-point number"
      case .text: "another text"
      case .blob: "a blob"
      case .null, nil: "NULL"
      }
    let name = sqlite3_column_name(statement, column).map { " (\(String(cString: $0)))" } ?? ""
    self.init(
      .mismatch, "column \(column)\(name) holds \(held) and is read as \(expected)",
      sql: sqlite3_sql(statement).map { String(cString: $0) })
  }
}
