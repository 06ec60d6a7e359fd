import Ledger
import Messages

/// The books of one partition: lots, demands and what each demand drew (Rules.md#R2.1,
/// Rules.md#R5.2).
///
/// A fact at the end of a book's sequence is matched at once. Late ones take back what was matched
/// after the first of them and have it served again, once for all of them, and only the difference
/// is posted. What the books say depends on the facts alone; only the numbers of lots, demands and
/// postings follow their arrival.
public struct Books {
  /// The journal, and the lots that are not kept in memory.
  public let storage: any BookStorage
  /// The numbers to be given next.
  public var numbers: Numbers
  var books: [Book] = []
  var dirty: [Int32] = []
  /// Room for what the next demand draws, so that it is not allocated for each.
  var spareTakes: [Take] = []
  private var recordBytes: [UInt8] = []
  /// Lots that are gone from the books and not yet from the storage.
  var withdrawnLots: [(book: Int32, lot: Int64)] = []
  /// What the last movement changed in the account of scrap beside its book.
  var scrapChanges: LedgerEntry?
  /// How far the journal is rewritten; nil if it is not being.
  public internal(set) var compaction: Compaction?
  /// How many demands were served, one that was served again each time.
  public internal(set) var served: Int64 = 0
  let atHand: LotsAtHand
  /// How many lots were in memory in all books when each was last saved.
  var lotsAtHand = 0

  /// The next number of each kind; numbers start at 1 and are never used again.
  public struct Numbers: Equatable, Sendable {
    /// Of the next lot.
    public var lot: Int64 = 1
    /// Of the next demand.
    public var demand: Int64 = 1
    /// Of the next posting.
    public var posting: Int64 = 1

    /// The first numbers.
    public init() {}

    mutating func nextLot() -> Int64 {
      lot += 1
      return lot - 1
    }

    mutating func nextDemand() -> Int64 {
      demand += 1
      return demand - 1
    }

    mutating func nextPosting() -> Int64 {
      posting += 1
      return posting - 1
    }
  }

  /// No books yet.
  ///
  /// - Parameter atHand: how many lots are kept in memory; what the books say does not depend on
  ///   it.
  public init(
    storage: any BookStorage, numbers: Numbers = Numbers(), atHand: LotsAtHand = LotsAtHand()
  ) {
    self.storage = storage
    self.atHand = atHand
    self.numbers = numbers
  }

  /// How many books there are.
  public var count: Int { books.count }

  /// Opens a book and returns its number; numbers follow one another from 0.
  ///
  /// It is saved though nothing comes into it: the numbers of those after it count on it.
  public mutating func open(plant: String, part: String) -> Int32 {
    books.append(Book(plant: plant, part: part))
    let number = Int32(books.count - 1)
    touch(number)
    return number
  }

  /// The number of the account of scrap beside a book: opened if there is none yet.
  public mutating func scrapBook(of number: Int32) -> Int32 {
    if let known = books[Int(number)].scrapBook { return known }
    let scrap = open(plant: books[Int(number)].plant, part: books[Int(number)].part)
    books[Int(scrap)].scrapOf = number
    books[Int(number)].scrapBook = scrap
    return scrap
  }

  /// Whether a book is an account of scrap.
  public func isScrap(_ number: Int32) -> Bool { books[Int(number)].scrapOf != nil }

  /// The plant and part of a book.
  public func name(of book: Int32) -> (plant: String, part: String) {
    (books[Int(book)].plant, books[Int(book)].part)
  }

  mutating func touch(_ number: Int32) {
    guard !books[Int(number)].isDirty else { return }
    books[Int(number)].isDirty = true
    dirty.append(number)
  }

  /// Posts what a new demand drew.
  mutating func post(_ demand: inout Demand, _ changes: inout LedgerEntry) {
    for index in demand.takes.indices {
      let number = numbers.nextPosting()
      demand.takes[index].posting = number
      changes.postings.append(demand.takes[index].posted(by: demand.id, as: number))
    }
    changes.demands.append(demand.state())
  }

  mutating func append(_ demand: Demand, to index: Int) throws {
    books[index].head = try journal(demand, after: books[index].head)
    books[index].lastKey = demand.key
    books[index].knowsLastKey = true
  }

  /// Appends a demand to the journal and returns where it is.
  mutating func journal(_ demand: Demand, after previous: Int64) throws -> Int64 {
    let size = JournalRecord.write(demand, previous: previous, over: &recordBytes)
    return try recordBytes.withUnsafeBytes { bytes in
      try storage.append(UnsafeRawBufferPointer(rebasing: bytes[..<size]))
    }
  }

  /// Serves a demand at the end of its book's sequence; returns which was the first of the lots at
  /// hand that it could draw on.
  mutating func serve(
    _ demand: inout Demand, in number: Int32, _ balances: inout [LotBalance]
  ) throws -> Int {
    let index = Int(number)
    if books[index].rests, demand.mayTakeExpired, !demand.isDirected { try gather(number) }
    let first = books[index].first
    try books[index].serve(&demand, &balances, storage, number)
    return first
  }

  /// Tells what a new demand at the end of a book takes, where it is a move.
  ///
  /// - Parameter first: the first of the lots in memory that it could draw on.
  func reportMove(
    _ demand: Demand, of index: Int, from first: Int, _ changes: inout LedgerEntry
  ) throws {
    changes.moves.append(
      contentsOf: try moveTakings(demand, from: books[index].plant) {
        try drawn($0, in: index, from: first)
      })
  }

  /// A lot that the last demand drew on.
  ///
  /// - Parameter first: the first of the lots in memory that it could draw on.
  func drawn(_ id: Int64, in index: Int, from first: Int) throws -> Lot {
    let lots = books[index].lots.dropFirst(first)
    if let lot = lots.first(where: { $0.id == id }) { return lot }
    if let lot = books[index].expired.first(where: { $0.id == id }) { return lot }
    return try storage.lot(id, of: Int32(index))
  }

  /// The key of the last demand of a book; read from the journal where it is not in memory.
  mutating func lastKey(of index: Int) throws -> SequenceKey? {
    if !books[index].knowsLastKey {
      let head = books[index].head
      books[index].lastKey = head >= 0 ? try record(at: head).demand.key : nil
      books[index].knowsLastKey = true
    }
    return books[index].lastKey
  }

  mutating func record(at pointer: Int64) throws -> JournalRecord {
    try recordAndSize(at: pointer).record
  }

  /// A record of the journal, and how many bytes it has.
  func recordAndSize(at pointer: Int64) throws -> (record: JournalRecord, size: Int) {
    var found: (record: JournalRecord, size: Int)?
    try storage.read(pointer) { bytes in
      found = JournalRecord(bytes).map { ($0, bytes.count) }
    }
    guard let found else { throw BooksError.damagedJournal(pointer: pointer) }
    return found
  }
}
