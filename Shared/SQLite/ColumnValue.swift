import CSQLite

/// What a column can be read as: integers, `Bool`, `String`, bytes, and any of them or NULL.
///
/// There is no floating point on purpose: quantities and amounts are exact.
public protocol ColumnValue {
  /// The value of a column; nil if it holds something else.
  ///
  /// - Parameter value: SQLite's own; call nothing on it but `sqlite3_value_`.
  static func read(_ value: OpaquePointer) -> Self?

  /// Whether NULL is one of its values.
  static var includesNull: Bool { get }
}

extension ColumnValue {
  /// NULL is not.
  @inlinable @inline(__always)
  public static var includesNull: Bool { false }
}

// SQLite hands a column's value out at the price of one lookup; what is asked of the value then is
// nearly free. It is "unprotected", which makes no difference: a connection has no mutex.

extension ColumnValue where Self: FixedWidthInteger {
  /// An integer that fits the type.
  @inlinable @inline(__always)
  public static func read(_ value: OpaquePointer) -> Self? {
    guard sqlite3_value_type(value) == SQLITE_INTEGER else { return nil }
    return Self(exactly: sqlite3_value_int64(value))
  }
}

extension Int64: ColumnValue {}
extension Int32: ColumnValue {}
extension Int: ColumnValue {}
extension UInt32: ColumnValue {}
extension UInt8: ColumnValue {}

extension Bool: ColumnValue {
  /// 0 or 1.
  @inlinable
  public static func read(_ value: OpaquePointer) -> Bool? {
    guard sqlite3_value_type(value) == SQLITE_INTEGER else { return nil }
    switch sqlite3_value_int64(value) {
    case 0: return false
    case 1: return true
    default: return nil
    }
  }
}

extension String: ColumnValue {
  /// Text, NULs and all, if it is valid UTF-8.
  @inlinable
  public static func read(_ value: OpaquePointer) -> String? {
    // The type first: reading a number as text would make a text of it.
    guard sqlite3_value_type(value) == SQLITE_TEXT, let bytes = Bytes.ofText(value) else {
      return nil
    }
    return bytes.withMemoryRebound(to: UInt8.self) { bytes in
      guard let utf8 = try? UTF8Span(validating: Span(_unsafeElements: bytes)) else { return nil }
      return String(copying: utf8)
    }
  }
}

extension [UInt8]: ColumnValue {
  /// A copy of a blob.
  @inlinable
  public static func read(_ value: OpaquePointer) -> [UInt8]? {
    guard sqlite3_value_type(value) == SQLITE_BLOB else { return nil }
    return Array(Bytes.ofBlob(value))
  }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
  /// A value, or nil if the column is NULL.
  @inlinable @inline(__always)
  public static func read(_ value: OpaquePointer) -> Wrapped?? {
    guard sqlite3_value_type(value) != SQLITE_NULL else { return .some(nil) }
    return Wrapped.read(value).map { .some($0) }
  }

  /// NULL is nil.
  @inlinable @inline(__always)
  public static var includesNull: Bool { true }
}
