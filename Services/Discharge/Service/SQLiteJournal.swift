import DischargeRules
import Limits
import SQLite
import Store

/// The journal in its table: rows of at most a mebibyte that are written once, one step's records
/// in rows of its own.
///
/// A pointer is the row's number in the upper half and the place in it in the lower. A record that
/// is larger than a row begins one and goes on in the next.
final class SQLiteJournal {
  private let db: Connection
  private let reader: JournalReader
  private var pending: [UInt8] = []
  private var row: Int64
  /// How much is stored, garbage and not.
  var size = JournalSize()
  /// How much was stored before the mark.
  private(set) var marked: Int64 = 0
  /// How many bytes were appended since the last flush.
  private(set) var appended: Int64 = 0

  /// The most bytes of a row.
  static let rowLimit = Limits.row

  /// Only used by the task that has the connection.
  init(_ db: Connection) throws {
    self.db = db
    row = try db.scalar("SELECT coalesce(max(id), 0) + 1 FROM journal") ?? 1
    reader = JournalReader(db)
  }

  /// Goes on with what was stored of it.
  func restore(_ size: JournalSize, marked: Int64) {
    self.size = size
    self.marked = marked
  }

  func append(_ record: UnsafeRawBufferPointer) throws -> Int64 {
    if !pending.isEmpty, pending.count + 4 + record.count > Self.rowLimit { try writeRow() }
    let pointer = row << 32 | Int64(pending.count)
    withUnsafeBytes(of: UInt32(record.count).littleEndian) { pending.append(contentsOf: $0) }
    var rest = record[...]
    while pending.count + rest.count > Self.rowLimit {
      let room = Self.rowLimit - pending.count
      pending.append(contentsOf: rest.prefix(room))
      rest = rest.dropFirst(room)
      try writeRow()
    }
    pending.append(contentsOf: rest)
    let count = Int64(record.count)
    (size.total, size.live, appended) = (size.total + count, size.live + count, appended + count)
    return pointer
  }

  func read(_ pointer: Int64, _ body: (UnsafeRawBufferPointer) -> Void) throws {
    let (first, start) = (pointer >> 32, Int(pointer & 0xFFFF_FFFF))
    guard first != row else {
      return pending.withUnsafeBytes { bytes in
        let length = bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)
        let end = start + 4 + Int(UInt32(littleEndian: length))
        body(UnsafeRawBufferPointer(rebasing: bytes[(start + 4)..<end]))
      }
    }
    guard let length = try reader.read(row: first, at: start, body) else { return }
    var bytes: [UInt8] = []
    var count = try reader.read(row: first, from: start + 4, atMost: length, to: &bytes)
    var next = first + 1
    while count < length {
      if next == row {
        bytes.append(contentsOf: pending.prefix(length - count))
        count = length
      } else {
        count += try reader.read(row: next, from: 0, atMost: length - count, to: &bytes)
      }
      next += 1
    }
    bytes.withUnsafeBytes(body)
  }

  /// Where the next record will be, in a row of its own.
  func mark() throws -> Int64 {
    if !pending.isEmpty { try writeRow() }
    marked = size.total
    return row << 32
  }

  /// Removes the rows before a mark.
  func removeRecords(before mark: Int64) throws {
    reader.close()
    try db.run("DELETE FROM journal WHERE id < ?", mark >> 32)
    size.total -= marked
    marked = 0
  }

  /// Writes what is not written yet; the next step begins a row.
  func flush() throws {
    reader.close()
    if !pending.isEmpty { try writeRow() }
    appended = 0
  }

  private func writeRow() throws {
    try db.statement("INSERT INTO journal (id, bytes) VALUES (?, ?)").bind(row, pending).run()
    row += 1
    pending.removeAll(keepingCapacity: true)
  }
}
