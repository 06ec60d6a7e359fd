import Ledger
import Messages
import SQLite
import ServiceRuntime
import Store

/// A store of the service as a reader sees it at one moment, while its writer goes on.
final class ReadOnlyStore {
  /// The store's file.
  let path: String
  /// The partition that it is of.
  let partition: Int32
  fileprivate let connection: Connection
  private var wal: WALWatch

  /// Opens a store and holds on to what it says now.
  ///
  /// - Parameters:
  ///   - model: what the store is of.
  ///   - asOf: the day after which nothing is read; nil for all that there is.
  ///   - rules: the version that must have made it; nil for any. One that was made under none is of
  ///     no system.
  ///   - wal: how much may be written beside it while it is read.
  /// - Returns: nil where its writer has yet to make its tables.
  /// - Throws: ``ReportingError``.
  init?(
    path: String, partition: Int32, model: ReadModel, asOf day: CalendarDate? = nil,
    rules: UInt32? = RulesVersion.current, wal: WALWatch = WALWatch()
  ) throws(ReportingError) {
    self.path = path
    self.wal = wal
    self.partition = partition
    connection = try Self.translating(path) {
      let connection = try Connection(path: path, .read)
      try connection.add(ExactSum.self, named: "exact_sum")
      // Sorts go to disk above this, so that memory stays bounded however long the books are.
      try connection.execute("PRAGMA temp_store = 1; PRAGMA cache_size = -8000; BEGIN")
      return connection
    }
    let found = Int(try single("PRAGMA user_version"))
    guard connection.isSealed else { throw ReportingError.unsealed(path) }
    if found == 0 {
      // One that is begun, or of which nothing is left.
      guard StoreFile.isInUse(path) else { throw ReportingError.missing(path) }
      return nil
    }
    guard found == model.layout else {
      throw ReportingError.otherLayout(store: path, found: found, known: model.layout)
    }
    _ = try single("SELECT next FROM position")
    let made = try translating { try StoreRules.read(connection) } ?? 0
    if let rules, made != 0, made != rules {
      throw ReportingError.otherRules(store: path, found: made, known: rules)
    }
    if let day { try leaveOut(after: day, model) }
  }

  /// Leaves out what is of later days from here on.
  func leaveOut(after day: CalendarDate, _ model: ReadModel) throws(ReportingError) {
    try translating { try connection.execute(BooksAsOf.statements(for: model, day)) }
  }

  /// Hands each row of a query, whose parameters are texts, to `body`; good only within the call.
  func forEachRow(
    _ sql: String, _ parameters: [String] = [], _ body: (RowCursor) throws -> Void
  ) throws {
    let rows = try RowCursor(self, sql, keys: 0, parameters)
    while !rows.isAtEnd {
      try body(rows)
      try rows.step()
    }
  }

  /// Looks now and then whether too much was written while this is read: what it sees of the past
  /// is kept in the WAL for it, which cannot be shorter before it has read.
  fileprivate func lookAtWAL() throws(ReportingError) {
    if wal.isOvertaken(path) { throw ReportingError.overtaken(path) }
  }

  /// How far the store has applied its input, and what of each source.
  func progress() throws(ReportingError) -> StoreProgress {
    try translating { try StoreProgress(connection) }
  }

  /// The one integer that a query answers.
  func single(_ sql: String) throws(ReportingError) -> Int64 {
    try translating { try connection.scalar(sql) ?? 0 }
  }

  /// Runs `body` and says what SQLite threw in reports' terms.
  fileprivate func translating<Answer: ~Copyable>(
    _ body: () throws -> Answer
  ) throws(ReportingError) -> Answer {
    try Self.translating(path, body)
  }

  private static func translating<Answer: ~Copyable>(
    _ path: String, _ body: () throws -> Answer
  ) throws(ReportingError) -> Answer {
    do {
      return try body()
    } catch let error as ReportingError {
      throw error
    } catch {
      let text = (error as? SQLiteError)?.file == nil ? "\(path): \(error)" : "\(error)"
      throw DamageMark.set(on: path, if: error) ? .damaged(text) : .failed(text)
    }
  }
}

/// The rows of a query, one at a time; ascending by the first `keys` columns where they are merged.
final class RowCursor {
  /// The store that the rows come from.
  let store: ReadOnlyStore
  /// Whether there is no row any more.
  private(set) var isAtEnd = false
  private var rows: BoundStatement
  private var keys: [UnsafeRawBufferPointer]
  /// A column that did not hold what it was read as: the next step fails.
  private var fault: (any Error)?

  /// Prepares a query, whose parameters are texts, and goes to its first row.
  init(_ store: ReadOnlyStore, _ sql: String, keys: Int, _ parameters: [String] = []) throws {
    self.store = store
    self.keys = Array(repeating: UnsafeRawBufferPointer(start: nil, count: 0), count: keys)
    rows = try store.translating {
      var rows = try store.connection.statement(sql).bind()
      for text in parameters { try rows.append(text) }
      return rows
    }
    try step()
  }

  /// Goes to the next row.
  func step() throws {
    isAtEnd = try store.translating {
      if let fault { throw fault }
      try store.lookAtWAL()
      return try !rows.next()
    }
    if !isAtEnd { for column in keys.indices { keys[column] = bytes(Int32(column)) } }
  }

  /// A text column; columns count from 0.
  func text(_ column: Int32) -> String { bytes(column).text }

  /// A text column's UTF-8 bytes, good until the next step; columns count from 0.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    read { row in try row.unsafeBytes(Int(column)) } ?? UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// An integer column.
  func integer(_ column: Int32) -> Int64 {
    read { row in try row[Int(column)] } ?? 0
  }

  /// A day, as a number of them since the epoch.
  func day(_ column: Int32) -> CalendarDate {
    CalendarDate(days: Int32(truncatingIfNeeded: integer(column)))
  }

  /// A blob's bytes, good until the next step; nil where the column is something else.
  func blob(_ column: Int32) -> UnsafeRawBufferPointer? {
    read { row in try row.kind(Int(column)) == .blob ? row.unsafeBytes(Int(column)) : nil } ?? nil
  }

  /// Whether a column is NULL.
  func isNull(_ column: Int32) -> Bool { read { row in try row.isNull(Int(column)) } ?? true }

  /// Whether this row comes before another cursor's, by the bytes of the key columns.
  func precedes(_ other: RowCursor) -> Bool {
    for column in keys.indices {
      let order = Self.order(keys[column], other.keys[column])
      if order != 0 { return order < 0 }
    }
    return store.partition < other.store.partition
  }

  @inline(__always)
  private func read<Value>(_ body: (borrowing Row) throws -> Value) -> Value? {
    do {
      return try rows.withRow(body)
    } catch {
      fault = fault ?? error
      return nil
    }
  }

  private static func order(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
    let shared = min(a.count, b.count)
    for index in 0..<shared where a[index] != b[index] { return a[index] < b[index] ? -1 : 1 }
    return a.count - b.count
  }
}

extension UnsafeRawBufferPointer {
  /// The text that the bytes are in UTF-8.
  var text: String { String(decoding: self, as: UTF8.self) }
}
