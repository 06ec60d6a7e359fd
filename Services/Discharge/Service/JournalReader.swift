import GRDB
import GRDBSQLite
import Store

/// Reads pieces of the journal's large rows by SQLite's incremental blob reading, so that a record
/// of a hundred bytes does not bring a row of a megabyte along.
final class JournalReader {
  private let db: Database
  private var handle: OpaquePointer?
  private var buffer: [UInt8] = []

  /// Only used by the task that has the connection.
  init(_ db: Database) { self.db = db }

  deinit { close() }

  func read(row: Int64, at start: Int, _ body: (UnsafeRawBufferPointer) -> Void) throws {
    try open(row)
    var length: UInt32 = 0
    try withUnsafeMutableBytes(of: &length) { try read($0, at: start) }
    let count = Int(UInt32(littleEndian: length))
    if buffer.count < count { buffer = Array(repeating: 0, count: max(count, 4_096)) }
    try buffer.withUnsafeMutableBytes { bytes in
      let record = UnsafeMutableRawBufferPointer(rebasing: bytes[..<count])
      try read(record, at: start + 4)
      body(UnsafeRawBufferPointer(record))
    }
  }

  /// Gives the handle back; an open one would keep the row's pages.
  func close() {
    sqlite3_blob_close(handle)
    handle = nil
  }

  private func open(_ row: Int64) throws {
    let result =
      handle == nil
      ? sqlite3_blob_open(db.sqliteConnection, "main", "journal", "bytes", row, 0, &handle)
      : sqlite3_blob_reopen(handle, row)
    guard result == SQLITE_OK else {
      close()
      throw StoreError.failed("journal row \(row): \(String(cString: sqlite3_errstr(result)))")
    }
  }

  private func read(_ bytes: UnsafeMutableRawBufferPointer, at start: Int) throws {
    let size = Int(sqlite3_blob_bytes(handle))
    guard start + bytes.count <= size else {
      throw StoreError.failed("journal: a record ends behind its row")
    }
    let result = sqlite3_blob_read(handle, bytes.baseAddress, Int32(bytes.count), Int32(start))
    guard result == SQLITE_OK else {
      throw StoreError.failed("journal: \(String(cString: sqlite3_errstr(result)))")
    }
  }
}
