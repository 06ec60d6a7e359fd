import CSQLite

/// A function of SQL over many rows, such as `sum`: a value of it is the state of one group.
public protocol AggregateFunction: BitwiseCopyable {
  /// The state before the first row. It must be all zero bytes.
  init()

  /// Takes the arguments of one row.
  mutating func add(_ arguments: borrowing FunctionArguments)

  /// What the function answers of its group.
  var answer: FunctionAnswer { get }
}

/// What a function answers.
public enum FunctionAnswer {
  /// An integer.
  case integer(Int64)
  /// Bytes, which SQLite copies.
  case blob([UInt8])
}

/// The arguments of one call of a function; they count from 0.
public struct FunctionArguments: ~Copyable, ~Escapable {
  private let values: UnsafeMutablePointer<OpaquePointer?>?
  /// How many there are.
  public let count: Int

  @_lifetime(immortal)
  fileprivate init(_ values: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int32) {
    self.values = values
    self.count = Int(count)
  }

  /// An argument as an integer, as SQLite converts it: NULL is 0.
  public func integer(_ index: Int) -> Int64 {
    values.map { sqlite3_value_int64($0[index]) } ?? 0
  }
}

extension Connection {
  /// Makes a function known under a name, with any number of arguments. It must depend on nothing
  /// but its arguments.
  ///
  /// - Throws: what SQLite reports.
  public func add<Function: AggregateFunction>(
    _ function: Function.Type, named name: String
  ) throws(SQLiteError) {
    let maker: AnyAggregate = Aggregate<Function>()
    try check(
      sqlite3_create_function_v2(
        try open(), name, -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
        Unmanaged.passRetained(maker).toOpaque(), nil,
        { context, count, values in
          AnyAggregate.of(context).add(context, FunctionArguments(values, count))
        },
        { context in AnyAggregate.of(context).finish(context) },
        { if let maker = $0 { Unmanaged<AnyAggregate>.fromOpaque(maker).release() } }))
  }
}

/// C's functions know no types: this stands between them and the function.
private class AnyAggregate {
  func add(_ context: OpaquePointer?, _ arguments: borrowing FunctionArguments) {}
  func finish(_ context: OpaquePointer?) {}

  static func of(_ context: OpaquePointer?) -> AnyAggregate {
    Unmanaged<AnyAggregate>.fromOpaque(sqlite3_user_data(context)).takeUnretainedValue()
  }
}

private final class Aggregate<Function: AggregateFunction>: AnyAggregate {
  /// How much memory a group takes; SQLite gives it zeroed, aligned to eight bytes only.
  private let size = Int32(MemoryLayout<Function>.size)

  override func add(_ context: OpaquePointer?, _ arguments: borrowing FunctionArguments) {
    guard let memory = sqlite3_aggregate_context(context, size) else {
      return sqlite3_result_error_nomem(context)
    }
    var function = memory.loadUnaligned(as: Function.self)
    function.add(arguments)
    memory.storeBytes(of: function, as: Function.self)
  }

  override func finish(_ context: OpaquePointer?) {
    // There is no memory where there was no row.
    let memory = sqlite3_aggregate_context(context, 0)
    switch (memory?.loadUnaligned(as: Function.self) ?? Function()).answer {
    case .integer(let value): sqlite3_result_int64(context, value)
    case .blob(let bytes):
      bytes.withUnsafeBytes {
        saldo_sqlite_result_blob_copy(context, $0.baseAddress, UInt64($0.count))
      }
    }
  }
}
