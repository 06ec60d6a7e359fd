import GRDBSQLite

/// A store of the service as a reader sees it at one moment, while its writer goes on.
///
/// SQLite's own handle: a merge steps the rows of many stores at once, which GRDB's cursors, each
/// good only within its queue, do not allow.
final class ReadOnlyStore {
  /// The store's file.
  let path: String
  /// The partition that it is of.
  let partition: Int32
  fileprivate let handle: OpaquePointer

  /// Opens a store and holds on to what it says now.
  ///
  /// - Returns: nil where its writer has yet to make its tables.
  /// - Throws: ``ReportingError``.
  init?(path: String, partition: Int32, layout: Int) throws {
    self.path = path
    self.partition = partition
    var opened: OpaquePointer?
    let result = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY, nil)
    guard let opened else { throw ReportingError.failed("\(path): out of memory") }
    guard result == SQLITE_OK else {
      let message = String(cString: sqlite3_errmsg(opened))
      sqlite3_close_v2(opened)
      throw ReportingError.failed("\(path): \(message)")
    }
    handle = opened
    sqlite3_busy_timeout(handle, 5_000)
    guard ExactSum.register(on: handle) == SQLITE_OK else { throw failure("exact_sum") }
    // Sorts go to disk above this, so that memory stays bounded however long the books are.
    try run("PRAGMA temp_store = 1")
    try run("PRAGMA cache_size = -8000")
    try run("BEGIN")
    let found = Int(try single("PRAGMA user_version"))
    if found == 0 { return nil }
    guard found == layout else {
      throw ReportingError.otherLayout(store: path, found: found, known: layout)
    }
    _ = try single("SELECT next FROM position")
  }

  deinit { sqlite3_close_v2(handle) }

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

  /// The one integer that a query answers.
  func single(_ sql: String) throws -> Int64 {
    let rows = try RowCursor(self, sql, keys: 0)
    return rows.isAtEnd ? 0 : rows.integer(0)
  }

  fileprivate func failure(_ sql: String) -> ReportingError {
    .failed("\(path): \(String(cString: sqlite3_errmsg(handle))) in: \(sql)")
  }

  private func run(_ sql: String) throws {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure(sql) }
  }
}

/// The rows of a query, one at a time; ascending by the first `keys` columns where they are merged.
final class RowCursor {
  /// The store that the rows come from.
  let store: ReadOnlyStore
  /// Whether there is no row any more.
  private(set) var isAtEnd = false
  private let statement: OpaquePointer
  private let sql: String
  private var keys: [UnsafeRawBufferPointer]

  /// Prepares a query, whose parameters are texts, and goes to its first row.
  init(_ store: ReadOnlyStore, _ sql: String, keys: Int, _ parameters: [String] = []) throws {
    self.store = store
    self.sql = sql
    self.keys = Array(repeating: UnsafeRawBufferPointer(start: nil, count: 0), count: keys)
    var prepared: OpaquePointer?
    guard sqlite3_prepare_v2(store.handle, sql, -1, &prepared, nil) == SQLITE_OK, let prepared
    else { throw store.failure(sql) }
    statement = prepared
    for (index, text) in parameters.enumerated() {
      let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      sqlite3_bind_text(statement, Int32(index + 1), text, Int32(text.utf8.count), copied)
    }
    try step()
  }

  deinit { sqlite3_finalize(statement) }

  /// Goes to the next row.
  func step() throws {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: for column in keys.indices { keys[column] = bytes(Int32(column)) }
    case SQLITE_DONE: isAtEnd = true
    default: throw store.failure(sql)
    }
  }

  /// A text column; columns count from 0.
  func text(_ column: Int32) -> String { bytes(column).text }

  /// A text column's UTF-8 bytes, good until the next step; columns count from 0.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(statement, column)
    return UnsafeRawBufferPointer(
      start: start, count: Int(sqlite3_column_bytes(statement, column)))
  }

  /// An integer column.
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

  /// A blob's bytes, good until the next step; nil where the column is something else.
  func blob(_ column: Int32) -> UnsafeRawBufferPointer? {
    sqlite3_column_type(statement, column) == SQLITE_BLOB ? bytes(column) : nil
  }

  /// Whether a column is NULL.
  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

  /// Whether this row comes before another cursor's, by the bytes of the key columns.
  func precedes(_ other: RowCursor) -> Bool {
    for column in keys.indices {
      let order = Self.order(keys[column], other.keys[column])
      if order != 0 { return order < 0 }
    }
    return store.partition < other.store.partition
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
