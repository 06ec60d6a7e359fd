import SQLite

/// `exact_sum` in the queries of reports: the sum of all its arguments over all rows, exact in 128
/// bits.
///
/// SQLite's `sum` fails beyond 64 bits, and with it the reports of everybody: two entries of nine
/// million million units of a part are facts like others. A sum that fits is an integer, and costs
/// what `sum` does; any other is a blob, which ``RowCursor/sum(_:)`` reads.
struct ExactSum: AggregateFunction {
  private var sum: Int128 = 0

  mutating func add(_ arguments: borrowing FunctionArguments) throws(SQLiteError) {
    for index in 0..<arguments.count { sum += Int128(try arguments.integer(index) ?? 0) }
  }

  var result: FunctionResult {
    if let narrow = Int64(exactly: sum) { return .integer(narrow) }
    return .blob(withUnsafeBytes(of: sum) { Array($0) })
  }
}

extension RowCursor {
  /// A column that `exact_sum` made.
  func sum(_ column: Int32) -> Int128 {
    blob(column)?.loadUnaligned(as: Int128.self) ?? Int128(integer(column))
  }
}
