import CSQLite

/// A function of SQL over many rows, such as `sum`: a value of it is the state of one group.
public protocol AggregateFunction: BitwiseCopyable {
  /// The state before the first row.
  init()

  /// Takes the arguments of one row.
  ///
  /// - Throws: what fails the statement.
  mutating func add(_ arguments: borrowing FunctionArguments) throws(SQLiteError)

  /// What the function returns for its group.
  var result: FunctionResult { get }
}

/// What a function returns.
public enum FunctionResult {
  /// An integer.
  case integer(Int64)
  /// Bytes, which SQLite copies.
  case blob([UInt8])
}

/// The arguments of one call of a function; they count from 0. They can be neither copied nor kept.
public struct FunctionArguments: ~Copyable {
  private let values: UnsafeMutablePointer<OpaquePointer?>?
  /// How many there are.
  public let count: Int

  fileprivate init(_ values: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int32) {
    self.values = values
    self.count = Int(count)
  }

  /// An integer; nil if the argument is NULL.
  ///
  /// - Throws: ``SQLiteError/Code/mismatch`` if it is something else, ``SQLiteError/Code/range`` if
  ///   there is no such argument.
  public func integer(_ index: Int) throws(SQLiteError) -> Int64? {
    guard let values, index >= 0, index < count, let value = values[index] else {
      throw SQLiteError(.range, "there is no argument \(index): there are \(count)")
    }
    guard let read = Int64?.read(value) else {
      throw SQLiteError(.mismatch, "argument \(index) is not an integer")
    }
    return read
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
  private let size = MemoryLayout<Function>.size

  /// The memory of a group: SQLite gives it zeroed, and aligned to eight bytes only. The byte after
  /// the state tells whether there is one yet.
  private func memory(_ context: OpaquePointer?) -> UnsafeMutableRawPointer? {
    sqlite3_aggregate_context(context, Int32(size + 1))
  }

  override func add(_ context: OpaquePointer?, _ arguments: borrowing FunctionArguments) {
    guard let memory = memory(context) else { return sqlite3_result_error_nomem(context) }
    let hasBegun = memory.load(fromByteOffset: size, as: Bool.self)
    var function = hasBegun ? memory.loadUnaligned(as: Function.self) : Function()
    do {
      try function.add(arguments)
    } catch {
      sqlite3_result_error(context, error.message, -1)
      return sqlite3_result_error_code(context, error.code.rawValue)
    }
    memory.storeBytes(of: function, as: Function.self)
    memory.storeBytes(of: true, toByteOffset: size, as: Bool.self)
  }

  override func finish(_ context: OpaquePointer?) {
    // There is no memory if there was no row, and none of a state if the first row failed.
    let memory = sqlite3_aggregate_context(context, 0)
    let hasBegun = memory?.load(fromByteOffset: size, as: Bool.self) ?? false
    let function = memory.flatMap { hasBegun ? $0.loadUnaligned(as: Function.self) : nil }
    switch (function ?? Function()).result {
    case .integer(let value): sqlite3_result_int64(context, value)
    case .blob(let bytes):
      bytes.withUnsafeBytes {
        guard let start = $0.baseAddress else { return sqlite3_result_zeroblob(context, 0) }
        saldo_sqlite_result_blob_copy(context, start, UInt64($0.count))
      }
    }
  }
}
