import Ledger
import Messages
import Testing

/// Lots that moves bring wait for the rest of their change, and then for their book's turn
/// (Decisions/0027).
@Suite struct SettlingStageTests {
  @Test(arguments: [false, true]) func whatWaitsIsTakenInOneServing(reopens: Bool) throws {
    let stage = try BooksStage(reopens: reopens)
    try stage.take(lot("MV-0", "2026-03-01", "10"))
    #expect(try stage.take(exit("12")).first?.demands.first?.shortage.description == "2")
    // Two lots of one change, then a change of another plant: a turn is asked for once.
    #expect(try stage.take(lot("MV-1", "2026-03-02", "1", more: true)) == [])
    let asked = try stage.take(lot("MV-2", "2026-03-03", "1"))
    #expect(asked.map(\.lotsWait) == [true] && asked.allSatisfy { $0.lots.isEmpty })
    #expect(try stage.take(lot("MV-3", "2026-03-04", "5", from: "SLP-1")) == [])
    let served = try stage.take(turn)
    #expect(served.count == 1)
    let entry = try #require(served.first)
    #expect(entry.lotsWait == nil && entry.more == nil)
    #expect(entry.lots.map { $0.moved?.document ?? "" } == ["MV-1", "MV-2", "MV-3"])
    #expect(entry.postings.map(\.incorporated.description) == ["1", "1"])
    #expect(entry.demands.map(\.shortage.description) == ["0"])
    #expect(try stage.take(turn) == [])
  }

  @Test(arguments: [false, true]) func aChangeIsWholeWithItsOwnLastLot(reopens: Bool) throws {
    let stage = try BooksStage(reopens: reopens)
    try stage.take(exit("12"))
    #expect(try stage.take(lot("MV-1", "2026-03-02", "1", more: true)) == [])
    let other = try stage.take(lot("MV-3", "2026-03-04", "5", from: "SLP-1"))
    #expect(other.map(\.lotsWait) == [true])
    #expect(try stage.take(turn).flatMap(\.lots).map(\.moved?.document) == ["MV-3"])
    #expect(try stage.take(lot("MV-2", "2026-03-03", "1")).map(\.lotsWait) == [true])
    #expect(try stage.take(turn).flatMap(\.lots).map(\.moved?.document) == ["MV-1", "MV-2"])
  }

  @Test func whatIsNewAndBehindEverythingDoesNotWait() throws {
    let stage = try BooksStage(reopens: false)
    try stage.take(exit("12"))
    let entries = try stage.take(lot("MV-9", "2026-04-01", "1"))
    #expect(entries.map(\.lotsWait) == [nil] && entries.first?.lots.count == 1)
    // Nor does what an entry opens, which is served at once.
    var entry = try lotMovement("", "2026-03-01", "3")
    entry.moved = nil
    #expect(try stage.take(.lot(entry)).first?.demands.first?.shortage.description == "9")
  }

  private let turn = Movement.settle(SettleMovement(plant: "MTY-1", part: "P-1"))

  private func lot(
    _ document: String, _ day: String, _ quantity: String, from plant: String = "QRO-1",
    more: Bool? = nil
  ) throws -> Movement {
    var lot = try lotMovement(document, day, quantity, from: plant)
    lot.more = more
    return .lot(lot)
  }

  private func lotMovement(
    _ document: String, _ day: String, _ quantity: String, from plant: String = "QRO-1"
  ) throws -> LotMovement {
    LotMovement(
      clave: "IN", dueOn: try CalendarDate("2027-07-10"), enteredOn: try CalendarDate("2026-01-10"),
      line: 1,
      moved: MoveReference(date: try CalendarDate(day), document: document, line: 1, plant: plant),
      part: "P-1", pedimento: "262434567890123", plant: "MTY-1", quantity: try Quantity(quantity),
      revision: 1, value: try Money("10"))
  }

  private func exit(_ quantity: String) throws -> Movement {
    .demand(
      DemandMovement(
        clave: "RT", component: 0, date: try CalendarDate("2026-03-10"),
        document: "262434567890999", incorporated: try Quantity(quantity), line: 1, part: "P-1",
        plant: "MTY-1", revision: 1, scrap: .zero, waste: .zero))
  }
}
