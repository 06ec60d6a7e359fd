import SQLite
import Store

/// Reads pieces of the journal's large rows by SQLite's incremental blob reading, so that a record
/// of a hundred bytes does not bring a row of a megabyte along.
///
/// Where a book's records lie close together, as after many demands of one book, the reader takes
/// some hundred of them at once: a late fact reads a chain back from its end.
final class JournalReader {
  private let blob: BlobReader
  private var buffer: [UInt8] = []
  /// The row and the place in it of what the buffer begins with, and how much of it is filled.
  private var held: (row: Int64, start: Int, count: Int) = (-1, 0, 0)
  /// The row whose blob is open.
  private var opened: Int64 = -1

  /// Enough for nearly every record, and not more than a page.
  private static let few = 256
  private static let many = 1 << 16
  /// How close records must lie for many to be read at once.
  private static let near = 2_048

  /// Only used by the task that has the connection.
  init(_ db: Connection) { blob = BlobReader(db, table: "journal", column: "bytes") }

  /// Hands over a record that lies in one row, and answers nil; else how long the record is of
  /// which the row holds the beginning.
  func read(
    row: Int64, at start: Int, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws -> Int? {
    if !holds(row, start, 4) { try fetch(row, at: start, atLeast: 4) }
    let count = Int(length(at: start))
    if !holds(row, start, 4 + count) {
      try open(row)
      guard start + 4 + count <= blob.count else { return count }
      try fetch(row, at: start, atLeast: 4 + count)
    }
    let first = start - held.start + 4
    buffer.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[first..<first + count])) }
    return nil
  }

  /// Appends what a row holds from a place on, at most so much; returns how much that was.
  func read(row: Int64, from start: Int, atMost limit: Int, to bytes: inout [UInt8]) throws -> Int {
    held = (-1, 0, 0)
    try open(row)
    let count = min(blob.count - start, limit)
    guard count > 0 else { throw StoreError.failed("journal: a row is missing of a record") }
    let end = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    try bytes.withUnsafeMutableBytes {
      try blob.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[end...]), at: start)
    }
    return count
  }

  /// Gives the blob back; an open one would keep the row's pages.
  func close() {
    blob.close()
    held = (-1, 0, 0)
  }

  private func holds(_ row: Int64, _ start: Int, _ count: Int) -> Bool {
    row == held.row && start >= held.start && start + count <= held.start + held.count
  }

  private func length(at start: Int) -> UInt32 {
    buffer.withUnsafeBytes {
      UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: start - held.start, as: UInt32.self))
    }
  }

  private func open(_ row: Int64) throws {
    if row != opened || !blob.isOpen { try blob.open(row: row) }
    opened = row
  }

  private func fetch(_ row: Int64, at start: Int, atLeast count: Int) throws {
    try open(row)
    let size = blob.count
    guard start + count <= size else {
      throw StoreError.failed("journal: a record ends behind its row")
    }
    // The last one lay near: so will those before it.
    let isNear = row == held.row && abs(start - held.start) < Self.near
    let first = isNear ? max(0, start - Self.many) : start
    let end = min(size, start + max(count, Self.few))
    if buffer.count < end - first { buffer = Array(repeating: 0, count: end - first) }
    held = (row, first, end - first)
    do {
      try buffer.withUnsafeMutableBytes { bytes in
        try blob.read(
          into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<(end - first)]), at: first)
      }
    } catch {
      held = (-1, 0, 0)
      throw error
    }
  }
}
