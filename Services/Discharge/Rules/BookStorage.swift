import Messages

/// Where the books keep what they do not need in memory: the journal of served demands, and lots
/// with nothing left or far from their turn.
///
/// The journal is only ever appended to. A record names the one before it in its book, so the
/// records of a book form a chain that leads back in time, from the last demand of the sequence.
/// Records that are in no chain any more are garbage, which the books have removed from time to
/// time (``Books/compact(atMost:)``).
public protocol BookStorage: AnyObject {
  /// How much the journal holds.
  var journal: JournalSize { get set }

  /// Appends a record and returns where it is; ``journal`` counts it.
  func append(_ record: UnsafeRawBufferPointer) throws -> Int64

  /// The bytes of a record.
  func read(_ pointer: Int64, _ body: (UnsafeRawBufferPointer) -> Void) throws

  /// Where the next record will be; what is there before it can be removed apart from it.
  func mark() throws -> Int64

  /// Removes all records before a mark; ``journal`` counts it.
  func removeRecords(before mark: Int64) throws

  /// A lot of a book as it was last kept; nil if there is none.
  func storedLot(_ id: Int64, of book: Int32) throws -> Lot?

  /// Keeps a lot of a book that is not in memory.
  func keep(_ lot: Lot, of book: Int32) throws
}

/// How many bytes of records a journal holds.
public struct JournalSize: Equatable, Sendable {
  /// Of all records.
  public var total: Int64
  /// Of those that are in their books' chains.
  public var live: Int64

  /// So many bytes in all, and so many in chains.
  public init(total: Int64 = 0, live: Int64 = 0) {
    self.total = total
    self.live = live
  }
}

/// What the books find wrong in the storage.
public enum BooksError: Error, Equatable, Sendable {
  /// A record is not what was written.
  case damagedJournal(pointer: Int64)
  /// A posting names a lot that is not there.
  case missingLot(Int64)
  /// A later revision came of a movement that is not in the book.
  case missingMovement(document: String, line: Int32, revision: Int64)
  /// A movement without quantities that is not a withdrawal, or the like.
  case malformedMovement(document: String, line: Int32)
}

/// Books in memory alone: for tests and for measuring the matching by itself.
public final class MemoryBookStorage {
  private var records: [Int64: [UInt8]] = [:]
  private var next: Int64 = 0
  /// How much the journal holds.
  public var journal = JournalSize()
  private var closed: [Int64: (book: Int32, lot: Lot)] = [:]

  /// Nothing stored.
  public init() {}

  /// Keeps a lot that the books let go of.
  public func keep(_ lot: Lot, of book: Int32) { closed[lot.id] = (book, lot) }

  /// Forgets a lot that was withdrawn.
  public func forget(_ id: Int64) { closed[id] = nil }
}

extension MemoryBookStorage: BookStorage {
  public func append(_ record: UnsafeRawBufferPointer) -> Int64 {
    defer { next += 1 }
    records[next] = Array(record)
    journal.total += Int64(record.count)
    journal.live += Int64(record.count)
    return next
  }

  public func read(_ pointer: Int64, _ body: (UnsafeRawBufferPointer) -> Void) {
    (records[pointer] ?? []).withUnsafeBytes(body)
  }

  public func mark() -> Int64 { next }

  public func removeRecords(before mark: Int64) {
    for (pointer, record) in records where pointer < mark {
      records[pointer] = nil
      journal.total -= Int64(record.count)
    }
  }

  public func storedLot(_ id: Int64, of book: Int32) -> Lot? { closed[id]?.lot }
}
