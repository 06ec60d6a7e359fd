import GRDBSQLite

/// `exact_sum` in the queries of reports: the sum of all its arguments over all rows, exact in 128
/// bits.
///
/// SQLite's `sum` fails beyond 64 bits, and with it the reports of everybody: two entries of nine
/// million million units of a part are facts like others. A sum that fits is an integer, and costs
/// what `sum` does; any other is a blob, which ``RowCursor/sum(_:)`` reads.
enum ExactSum {
  /// Makes the function known to a connection; answers SQLite's code.
  static func register(on connection: OpaquePointer) -> Int32 {
    sqlite3_create_function_v2(
      connection, "exact_sum", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nil, nil,
      { ExactSum.add($0, $1, $2) }, { ExactSum.answer($0) }, nil)
  }

  /// How much memory a group's sum takes; SQLite gives it zeroed, aligned to eight bytes only.
  private static let size = Int32(MemoryLayout<Int128>.size)

  private static func add(
    _ context: OpaquePointer?, _ count: Int32,
    _ values: UnsafeMutablePointer<OpaquePointer?>?
  ) {
    guard let values, let memory = sqlite3_aggregate_context(context, size) else {
      return sqlite3_result_error_nomem(context)
    }
    var sum = memory.loadUnaligned(as: Int128.self)
    for index in 0..<Int(count) { sum += Int128(sqlite3_value_int64(values[index])) }
    memory.storeBytes(of: sum, as: Int128.self)
  }

  private static func answer(_ context: OpaquePointer?) {
    // There is no memory where there was no row.
    let sum = sqlite3_aggregate_context(context, 0)?.loadUnaligned(as: Int128.self) ?? 0
    if let narrow = Int64(exactly: sum) { return sqlite3_result_int64(context, narrow) }
    withUnsafeBytes(of: sum) { bytes in
      let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      sqlite3_result_blob(context, bytes.baseAddress, size, copied)
    }
  }
}

extension RowCursor {
  /// A column that `exact_sum` made.
  func sum(_ column: Int32) -> Int128 {
    blob(column)?.loadUnaligned(as: Int128.self) ?? Int128(integer(column))
  }
}
