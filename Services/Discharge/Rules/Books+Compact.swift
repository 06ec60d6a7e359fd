/// The journal being rewritten: chain by chain, behind a mark, until what lies before the mark
/// is garbage.
public struct Compaction: Equatable, Sendable {
  /// The next book whose chain is to be written.
  public var next: Int32
  /// The book to stop at: those from it on were opened since, and lie behind the mark.
  public var end: Int32
  /// Records before it are to be removed.
  public var mark: Int64

  /// A journal being rewritten.
  public init(next: Int32, end: Int32, mark: Int64) {
    self.next = next
    self.end = end
    self.mark = mark
  }
}

extension Books {
  /// How much garbage is left alone, whatever little the chains have.
  public static let garbageLeft: Int64 = 1 << 20

  /// Does a piece of the work that keeps the journal's garbage within bounds.
  ///
  /// Where more of the journal is garbage than is in chains, the chains are rewritten, book by
  /// book, and everything before them is removed. A step that appends writes four times as much
  /// anew, so it is done before the journal has grown by a quarter of its chains; it holds at most
  /// some three times what is in chains (Decisions/0039). A chain is written whole.
  ///
  /// - Parameter bytes: when so many were written the rest is left for the next call.
  /// - Throws: ``BooksError``, or what the storage throws.
  public mutating func compact(atMost bytes: Int64) throws {
    var work: Compaction
    if let compaction {
      work = compaction
    } else {
      guard storage.journal.total > 2 * storage.journal.live + Self.garbageLeft else { return }
      work = Compaction(next: 0, end: Int32(books.count), mark: try storage.mark())
    }
    var written: Int64 = 0
    while work.next < work.end, written < bytes {
      written += try writeChain(of: work.next)
      work.next += 1
    }
    if work.next == work.end { try storage.removeRecords(before: work.mark) }
    compaction = work.next == work.end ? nil : work
  }

  /// Goes on with writing the journal anew, as it was stored.
  public mutating func restore(_ stored: Compaction?) { compaction = stored }

  /// Appends a book's chain again; returns how many bytes that are.
  private mutating func writeChain(of number: Int32) throws -> Int64 {
    let index = Int(number)
    guard books[index].head >= 0 else { return 0 }
    var chain: [JournalRecord.Bytes] = []
    var pointer = books[index].head
    while pointer >= 0 {
      var record: JournalRecord.Bytes?
      try storage.read(pointer) { record = JournalRecord.Bytes($0) }
      guard let record else { throw BooksError.damagedJournal(pointer: pointer) }
      chain.append(record)
      pointer = record.previous
    }
    var (previous, written): (Int64, Int64) = (-1, 0)
    for record in chain.reversed() {
      storage.journal.live -= Int64(record.size)
      let bytes = record.written(after: previous)
      previous = try bytes.withUnsafeBytes { try storage.append($0) }
      written += Int64(bytes.count)
    }
    touch(number)
    books[index].head = previous
    return written
  }
}
