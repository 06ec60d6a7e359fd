import Messages

/// Where the books keep what they do not need at hand: the journal of served demands, and lots
/// with nothing left or far from their turn.
///
/// The journal is only ever appended to. A record names the one before it in its book, so the
/// records of a book form a chain that leads back in time, from the last demand of the sequence.
public protocol BookStorage: AnyObject {
  /// Appends a record and answers where it is.
  func append(_ record: UnsafeRawBufferPointer) -> Int64

  /// The bytes of a record; others may follow them.
  func read(_ pointer: Int64, _ body: (UnsafeRawBufferPointer) -> Void) throws

  /// A lot of a book as it was last kept; nil where there is none.
  func storedLot(_ id: Int64, of book: Int32) throws -> Lot?

  /// Keeps a lot of a book that is not at hand.
  func keep(_ lot: Lot, of book: Int32) throws
}

/// What the books find wrong with what was stored.
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
  private var bytes: [UInt8] = []
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
    bytes.append(contentsOf: record)
    return Int64(bytes.count - record.count)
  }

  public func read(_ pointer: Int64, _ body: (UnsafeRawBufferPointer) -> Void) {
    bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[Int(pointer)...])) }
  }

  public func storedLot(_ id: Int64, of book: Int32) -> Lot? { closed[id]?.lot }
}
