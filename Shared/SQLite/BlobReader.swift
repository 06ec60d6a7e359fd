import CSQLite

/// Reads pieces of large blobs, so that a few bytes do not bring a row of a megabyte along.
///
/// It belongs to its connection as a statement does, and holds what it has open as a running query
/// would: give that back with ``close()`` as soon as nothing more is to be read.
public final class BlobReader {
  private let table: String
  private let column: String
  private weak var connection: Connection?
  /// SQLite's own handle; if it is not nil, the connection is there and open.
  private var handle: OpaquePointer?

  /// Reads blobs of a column of a table with row numbers.
  public init(_ connection: Connection, table: String, column: String) {
    (self.connection, self.table, self.column) = (connection, table, column)
  }

  deinit { close() }

  /// The size of the blob that is open, in bytes.
  public var count: Int { handle.map { Int(sqlite3_blob_bytes($0)) } ?? 0 }

  /// Whether a blob is open.
  public var isOpen: Bool { handle != nil }

  /// Opens the blob of a row, in the place of another.
  ///
  /// - Throws: what SQLite reports, such as of a row that is not there; if the connection was
  ///   closed.
  public func open(row: Int64) throws(SQLiteError) {
    guard let connection else { throw .closed }
    let database = try connection.open()
    if handle == nil {
      let result = sqlite3_blob_open(database, "main", table, column, row, 0, &handle)
      guard result == SQLITE_OK else {
        handle = nil
        throw SQLiteError(of: database, result, sql: place(row))
      }
      connection.dependents[ObjectIdentifier(self)] = Dependence(object: self)
    } else {
      let result = sqlite3_blob_reopen(handle, row)
      guard result == SQLITE_OK else {
        let error = SQLiteError(of: database, result, sql: place(row))
        close()
        throw error
      }
    }
  }

  /// Reads as many bytes as there is room for.
  ///
  /// - Parameter start: the first of them in the blob.
  /// - Throws: what SQLite reports, such as of bytes beyond the end, or of a row that was changed
  ///   since it was opened.
  public func read(
    into bytes: UnsafeMutableRawBufferPointer, at start: Int
  ) throws(SQLiteError) {
    guard let handle else { throw SQLiteError(.misuse, "no blob is open", sql: place(nil)) }
    let result = sqlite3_blob_read(
      handle, bytes.baseAddress, Int32(clamping: bytes.count), Int32(clamping: start))
    guard result == SQLITE_OK else {
      throw SQLiteError(
        .init(rawValue: result), String(cString: sqlite3_errstr(result)), sql: place(nil))
    }
  }

  /// Gives back what is open; a blob can be opened again.
  public func close() {
    guard handle != nil else { return }
    connection?.dependents[ObjectIdentifier(self)] = nil
    end()
  }

  private func place(_ row: Int64?) -> String {
    "blob \(table).\(column)" + (row.map { " of row \($0)" } ?? "")
  }
}

extension BlobReader: Dependent {
  func end() {
    sqlite3_blob_close(handle)
    handle = nil
  }
}
