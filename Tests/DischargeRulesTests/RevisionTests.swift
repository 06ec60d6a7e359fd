import DischargeRules
import Ledger
import Messages
import Testing

/// Rules.md#R1.2: a correction is a reversal and a new posting; what stands is not touched.
@Suite struct RevisionTests {
  /// Two lots of five, of which R takes three and S four.
  private func book() throws -> PostedBook {
    var book = PostedBook()
    try book.apply(try lot("2", on: "2024-01-12", "5", value: "50"))
    try book.apply(try lot("3", on: "2024-01-13", "5", value: "50"))
    try book.apply(try exit("R", on: "2024-02-01", "3"))
    try book.apply(try exit("S", on: "2024-02-02", "4"))
    return book
  }

  @Test func aLateFactThatChangesNothingPostsNothing() throws {
    var book = try book()
    let last = try book.apply(try lot("4", on: "2024-01-14", "5"))
    #expect(last.lots.count == 1)
    #expect(last.postings.isEmpty && last.demands.isEmpty && last.balances.isEmpty)
    let short = try book.apply(try exit("Q", on: "2024-01-01", "1"))
    #expect(short.demands.count == 1)
    #expect(short.postings.isEmpty && short.balances.isEmpty && short.moves.isEmpty)
  }

  @Test func postingsThatStandKeepTheirNumbers() throws {
    var book = try book()
    let before = book.live
    // After R, before S: only what S drew changes.
    let changes = try book.apply(try exit("RR", on: "2024-02-01", "1"))
    let kept = before.filter { book.live[$0.key] == $0.value }
    #expect(kept.count == 1)
    #expect(changes.postings.filter { $0.reverses != nil }.count == 2)
    #expect(
      book.takes == ["R/1 2/1 3+0+0 =30", "RR/1 2/1 1+0+0 =10"] + [
        "S/1 2/1 1+0+0 =10", "S/1 3/1 3+0+0 =30",
      ])
    #expect(book.faults == [])
  }

  @Test func aLateLotIsDrawnFirstByWhatCameBehindIt() throws {
    var book = try book()
    try book.save()
    let changes = try book.apply(try lot("1", on: "2024-01-11", "4", value: "4"))
    #expect(book.takes == ["R/1 1/1 3+0+0 =3", "S/1 1/1 1+0+0 =1", "S/1 2/1 3+0+0 =30"])
    #expect(book.balances == ["1/1 0", "2/1 2", "3/1 5"])
    for posting in changes.postings where posting.reverses != nil {
      #expect(posting.posting > (posting.reverses ?? .max))
    }
    #expect(book.faults == [])
  }

  /// One line may ask for a part twice: for that of named entries, and for any. Neither is a
  /// revision of the other.
  @Test func whatNamesItsEntriesStandsBesideWhatDoesNot() throws {
    var book = PostedBook()
    try book.apply(try exit("R", on: "2024-02-01", "3"))
    try book.apply(try exit("R", on: "2024-02-01", nil, revision: 2))
    try book.apply(try lot("1", on: "2024-01-10", "2"))
    try book.apply(try exit("R", on: "2024-02-01", "1", directed: ["9"]))
    try book.apply(try exit("R", on: "2024-02-01", "3", revision: 3))
    #expect(book.takes.count == 1)
    #expect(book.shortages == ["R/1 1", "R/1 1"])
    try book.apply(try exit("R", on: "2024-02-01", nil, directed: [], revision: 2))
    #expect(book.shortages == ["R/1 1"])
    try book.apply(try exit("R", on: "2024-02-01", nil, revision: 4))
    #expect(book.takes == [] && book.shortages == [] && book.faults == [])
  }

  @Test func aShortageIsServedAgainWhenALotComesLate() throws {
    var book = PostedBook()
    try book.apply(try exit("R", on: "2024-02-01", "5"))
    #expect(book.shortages == ["R/1 5"])
    try book.apply(try lot("1", on: "2024-01-10", "3"))
    #expect(book.shortages == ["R/1 2"])
    try book.apply(try lot("2", on: "2024-02-02", "9"))
    #expect(book.shortages == ["R/1 2"])
    try book.apply(try lot("3", on: "2024-01-10", "2"))
    #expect(book.shortages == [])
  }

  @Test func aRevisedLotIsDrawnOnAgain() throws {
    var book = try book()
    try book.apply(try lot("2", on: "2024-01-12", "1", value: "7", revision: 2))
    #expect(book.takes == ["R/1 2/1 1+0+0 =7", "R/1 3/1 2+0+0 =20", "S/1 3/1 3+0+0 =30"])
    #expect(book.shortages == ["S/1 1"])
    try book.apply(try lot("2", on: "2024-01-12", "5", value: "50", revision: 3))
    #expect(book.takes == (try self.book()).takes)
    #expect(book.faults == [])
  }

  @Test func aLotIsWithdrawnAndComesBack() throws {
    var book = try book()
    try book.apply(try lot("2", on: "2024-01-12", nil, revision: 2))
    #expect(book.balances == ["3/1 0"])
    #expect(book.shortages == ["S/1 2"])
    try book.save()
    try book.apply(try lot("2", on: "2024-01-12", "5", value: "50", revision: 3))
    #expect(book.takes == (try self.book()).takes)
    #expect(book.faults == [])
  }

  @Test func aDemandIsRevisedWithdrawnAndComesBack() throws {
    var book = try book()
    try book.save()
    try book.apply(try exit("R", on: "2024-02-01", "1", waste: "1", revision: 2))
    #expect(book.takes == ["R/1 2/1 1+1+0 =20", "S/1 2/1 3+0+0 =30", "S/1 3/1 1+0+0 =10"])
    try book.apply(try exit("R", on: "2024-02-01", nil, revision: 3))
    #expect(book.takes == ["S/1 2/1 4+0+0 =40"])
    try book.apply(try exit("R", on: "2024-02-01", "3", revision: 4))
    #expect(book.takes == (try self.book()).takes)
    #expect(book.faults == [])
  }

  @Test func anEarlierRevisionThanTheOneAtHandIsNothing() throws {
    var book = try book()
    try book.apply(try lot("2", on: "2024-01-12", "4", value: "40", revision: 3))
    try book.apply(try exit("R", on: "2024-02-01", "2", revision: 3))
    #expect(try book.apply(try lot("2", on: "2024-01-12", "9", revision: 2)).isEmpty)
    #expect(try book.apply(try exit("R", on: "2024-02-01", "9", revision: 2)).isEmpty)
  }

  @Test func aWithdrawalOfWhatIsNotThereIsAnError() throws {
    var book = try book()
    #expect(throws: BooksError.missingMovement(document: "9", line: 1, revision: 2)) {
      try book.apply(try lot("9", on: "2024-01-12", nil, revision: 2))
    }
    book = try self.book()
    #expect(throws: BooksError.missingMovement(document: "T", line: 1, revision: 2)) {
      try book.apply(try exit("T", on: "2024-02-02", nil, revision: 2))
    }
  }

  /// Numbers of books follow one another: one that is not saved would shift all behind it.
  @Test func aBookThatNothingCameIntoIsSavedToo() throws {
    var books = Books(storage: MemoryBookStorage())
    for part in ["M", "N", "O"] { _ = books.open(plant: "A", part: part) }
    var writer = NamesWriter()
    try books.save(to: &writer)
    #expect(writer.names == ["0 M", "1 N", "2 O"])
    try books.save(to: &writer)
    #expect(writer.names.count == 3)
  }

  @Test func aDamagedJournalIsAnErrorAndNotAnotherBook() throws {
    let storage = BrokenStorage()
    var books = Books(storage: storage)
    let number = books.open(plant: "A", part: "M")
    var changes = LedgerEntry(
      plant: "A", part: "M", cause: Cause(document: "", line: 0, revision: 0), received: 0)
    try books.apply(exit("R", on: "2024-02-01", "1"), to: number, &changes)
    let late = try exit("Q", on: "2024-01-01", "1")
    #expect(throws: BooksError.damagedJournal(pointer: 7)) {
      try books.apply(late, to: number, &changes)
    }
  }
}

/// Gives back other bytes than it was given.
private final class BrokenStorage: BookStorage {
  var journal = JournalSize()
  func mark() -> Int64 { 0 }
  func removeRecords(before mark: Int64) {}
  func append(_ record: UnsafeRawBufferPointer) -> Int64 { 7 }
  func read(_ pointer: Int64, _ body: (UnsafeRawBufferPointer) -> Void) throws {
    [UInt8](repeating: 1, count: 20).withUnsafeBytes { body($0) }
  }
  func storedLot(_ id: Int64, of book: Int32) throws -> Lot? { nil }
  func keep(_ lot: Lot, of book: Int32) {}
}

private struct NamesWriter: BookWriter {
  var names: [String] = []

  mutating func save(_ book: StoredBook, as number: Int32) {
    names.append("\(number) \(book.part)")
  }
  func save(_ lot: Lot, of book: Int32) {}
  func remove(lot: Int64, of book: Int32) {}
}
