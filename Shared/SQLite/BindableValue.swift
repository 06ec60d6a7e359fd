import CSQLite

/// What a parameter of a statement can be given: integers that fit 64 bits with their sign, `Bool`,
/// `String`, bytes, and nil as NULL. SQLite copies texts and bytes.
///
/// There is no floating point on purpose: quantities and amounts are exact.
public protocol BindableValue {
  /// Gives the value to a parameter and returns SQLite's code; parameters count from 1.
  ///
  /// - Parameter statement: SQLite's own handle; call nothing on it but one `sqlite3_bind_`.
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32
}

extension BindableValue where Self: FixedWidthInteger {
  /// Gives the integer to a parameter; only types that fit 64 bits with their sign have this.
  @inlinable @inline(__always)
  public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, Int64(truncatingIfNeeded: self))
  }
}

extension Int64: BindableValue {}
extension Int32: BindableValue {}
extension Int: BindableValue {}
extension UInt32: BindableValue {}
extension UInt8: BindableValue {}

extension Bool: BindableValue {
  /// Gives 1 or 0 to a parameter.
  @inlinable @inline(__always)
  public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, self ? 1 : 0)
  }
}

extension String: BindableValue {
  /// Gives the text to a parameter. It may hold NULs.
  @inlinable @inline(__always)
  public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    var text = self
    return text.withUTF8 { utf8 in
      // SQLite takes a null pointer for NULL, and the text of no bytes may have one.
      guard let start = utf8.baseAddress else {
        return saldo_sqlite_bind_text_copy(statement, index, "", 0)
      }
      return saldo_sqlite_bind_text_copy(statement, index, start, UInt64(utf8.count))
    }
  }
}

extension UnsafeRawBufferPointer: BindableValue {
  /// Gives the bytes to a parameter.
  @inlinable @inline(__always)
  public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    guard let start = baseAddress, count > 0 else {
      return sqlite3_bind_zeroblob(statement, index, 0)
    }
    return saldo_sqlite_bind_blob_copy(statement, index, start, UInt64(count))
  }
}

extension [UInt8]: BindableValue {
  /// Gives the bytes to a parameter.
  @inlinable
  public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    withUnsafeBytes { $0.bind(to: statement, at: index) }
  }
}

extension Optional: BindableValue where Wrapped: BindableValue {
  /// Gives the value to a parameter, or NULL.
  @inlinable @inline(__always)
  public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    guard let value = self else { return sqlite3_bind_null(statement, index) }
    return value.bind(to: statement, at: index)
  }
}
