import Ledger
import Messages
import Testing

/// Rules.md#R7.1, the sending side: what a move takes of each entry, told each time that it
/// changes.
@Suite struct MoveTakingTests {
  private func book() throws -> PostedBook {
    var book = PostedBook()
    try book.apply(try lot("1", on: "2024-01-10", "3", value: "10"))
    try book.apply(try lot("2", on: "2024-01-11", "5", value: "50"))
    try book.apply(try exit("MV", on: "2024-02-01", "4", toPlant: "B"))
    return book
  }

  @Test func aMoveSaysWhatItTakesOfEachEntry() throws {
    let book = try book()
    #expect(book.takings == ["MV>B 1/1 3 =10", "MV>B 2/1 1 =10"])
    #expect(book.faults == [])
  }

  @Test func onlyWhatChangesIsToldAgain() throws {
    var book = try book()
    let changes = try book.apply(try exit("R", on: "2024-01-31", "1"))
    #expect(book.takings == ["MV>B 1/1 2 =6.67", "MV>B 2/1 2 =20"])
    #expect(changes.moves.count == 2)
    let nothing = try book.apply(try exit("S", on: "2024-02-02", "1"))
    #expect(nothing.moves.isEmpty)
    let late = try book.apply(try lot("3", on: "2024-01-12", "5"))
    #expect(late.moves.isEmpty)
  }

  @Test func whatAMoveTakesNoMoreIsToldAsNothing() throws {
    var book = try book()
    let changes = try book.apply(try lot("0", on: "2024-01-09", "4", value: "8"))
    #expect(book.takings == ["MV>B 0/1 4 =8"])
    #expect(changes.moves.filter { $0.quantity == .zero }.map(\.pedimento).sorted() == ["1", "2"])
    try book.apply(try exit("MV", on: "2024-02-01", nil, toPlant: "B", revision: 2))
    #expect(book.takings == [])
    #expect(book.faults == [])
  }

  @Test func aRevisedEntryIsToldWithItsNewDates() throws {
    var book = try book()
    let changes = try book.apply(
      try lot("1", on: "2024-01-10", "3", value: "10", due: "2025-07-10", revision: 2))
    #expect(changes.moves.map(\.dueOn) == [try CalendarDate("2025-07-10")])
    #expect(changes.postings.isEmpty)
  }

  @Test func lotsOfOneEntryThatCameByTwoMovesLeaveAsOne() throws {
    var book = PostedBook()
    try book.apply(
      try lot("1", on: "2024-01-10", "2", value: "5", moved: try move("M1", on: "2024-01-20")))
    try book.apply(
      try lot("1", on: "2024-01-10", "2", value: "7", moved: try move("M2", on: "2024-01-21")))
    try book.apply(try exit("MV", on: "2024-02-01", "3", toPlant: "C"))
    #expect(book.takings == ["MV>C 1/1 3 =8.5"])
    #expect(book.balances == ["1/1(M1) 0", "1/1(M2) 1"])
  }
}
