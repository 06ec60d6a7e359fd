import DischargeRules
import Ledger
import Messages
import Testing

/// Late facts wait for their book's turn and are served once (Decisions/0038).
@Suite struct SettlingStageTests {
  @Test(arguments: [false, true]) func whatWaitsIsTakenInOneServing(reopens: Bool) throws {
    let stage = try BooksStage(reopens: reopens)
    try stage.take(lot("MV-0", "2026-03-01", "10"))
    #expect(try stage.take(exit("12")).first?.demands.first?.shortage.description == "2")
    #expect(stage.turns.isEmpty)
    // A turn is asked for once, whatever comes meanwhile: of moves, of entries, of documents.
    #expect(try stage.take(lot("MV-1", "2026-03-02", "1")) == [])
    #expect(try stage.take(lot("MV-2", "2026-03-03", "1")) == [])
    #expect(try stage.take(entry("1", "2026-03-04", "3")) == [])
    #expect(try stage.take(exit("2", on: "2026-03-08", as: "262434567890998")) == [])
    #expect(stage.turns.count == 1)
    // What is at the end waits as well, where something does.
    #expect(try stage.take(exit("4", on: "2026-03-11", as: "262434567890997")) == [])
    let served = try stage.comeRound()
    #expect(served.count == 1)
    let entry = try #require(served.first)
    #expect(entry.more == nil && entry.cause.document == "262434567890997")
    #expect(entry.lots.map { $0.moved?.document ?? $0.pedimento } == ["MV-1", "MV-2", "1"])
    #expect(entry.demands.map(\.document) == [998, 999, 997].map { "262434567890\($0)" })
    #expect(entry.demands.map(\.shortage.description) == ["0", "0", "3"])
    #expect(try stage.take(turn) == [] && stage.turns.isEmpty)
  }

  @Test func whatIsNewAndBehindEverythingDoesNotWait() throws {
    let stage = try BooksStage()
    try stage.take(exit("12"))
    #expect(try stage.take(lot("MV-9", "2026-04-01", "1")).first?.lots.count == 1)
    #expect(try stage.take(entry("1", "2026-03-11", "3")).first?.lots.count == 1)
    #expect(try stage.take(exit("1", on: "2026-04-02", as: "262434567890998")).count == 1)
    #expect(stage.turns.isEmpty)
  }

  /// The scrap that a demand leaves must not come before what was disposed of: else it is late.
  @Test(arguments: [false, true]) func scrapBeforeADisposalIsLate(reopens: Bool) throws {
    let stage = try BooksStage(reopens: reopens)
    try stage.take(entry("1", "2026-01-10", "20"))
    var disposal = try demand("3", on: "2026-05-01", as: "ACT-1")
    (disposal.account, disposal.incorporated, disposal.scrap) = (.scrap, .zero, try Quantity("3"))
    #expect(try stage.take(.demand(disposal)).first?.demands.first?.shortage.description == "3")
    var leaves = try demand("4", on: "2026-03-10", as: "262434567890999")
    leaves.scrap = try Quantity("2")
    #expect(try stage.take(.demand(leaves)) == [])
    let told = try stage.comeRound()
    #expect(told.map(\.account) == [nil, .scrap] && told.map(\.more) == [true, nil])
    #expect(told.last?.demands.first?.shortage.description == "1")
    // And so is a disposal that is revised, which changes nothing in the book itself.
    disposal.revision = 2
    disposal.scrap = try Quantity("1")
    #expect(try stage.take(.demand(disposal)) == [])
    let again = try stage.comeRound()
    #expect(again.map(\.account) == [.scrap])
    #expect(again.last?.demands.first?.shortage.description == "0")
  }

  /// The turn goes the way that the fact came, behind what lies there.
  @Test(arguments: [false, true]) func theTurnGoesTheWayOfTheFacts(reopens: Bool) throws {
    let stage = try BooksStage(reopens: reopens)
    try stage.take(exit("12"), from: 1)
    try stage.take(entry("1", "2026-03-04", "3"), from: 2)
    #expect(stage.turns.map(\.partition) == [2])
    _ = try stage.comeRound()
    // What a move brings has no way of its own through the documents.
    try stage.take(lot("MV-1", "2026-03-02", "1"))
    #expect(stage.turns.map(\.partition) == [2])
  }

  private let turn = Movement.settle(SettleMovement(plant: "MTY-1", part: "P-1"))

  private func lot(_ document: String, _ day: String, _ quantity: String) throws -> Movement {
    .lot(
      LotMovement(
        clave: "IN", dueOn: try CalendarDate("2027-07-10"),
        enteredOn: try CalendarDate("2026-01-10"), line: 1,
        moved: MoveReference(
          date: try CalendarDate(day), document: document, line: 1, plant: "QRO-1"),
        part: "P-1", pedimento: "262434567890123", plant: "MTY-1",
        quantity: try Quantity(quantity), revision: 1, value: try Money("10")))
  }

  private func entry(_ pedimento: String, _ day: String, _ quantity: String) throws -> Movement {
    .lot(
      LotMovement(
        clave: "IN", dueOn: nil, enteredOn: try CalendarDate(day), line: 1, part: "P-1",
        pedimento: pedimento, plant: "MTY-1", quantity: try Quantity(quantity), revision: 1,
        value: try Money("10")))
  }

  private func exit(
    _ quantity: String, on day: String = "2026-03-10", as document: String = "262434567890999"
  ) throws -> Movement {
    .demand(try demand(quantity, on: day, as: document))
  }

  private func demand(
    _ quantity: String, on day: String, as document: String
  ) throws -> DemandMovement {
    DemandMovement(
      clave: "RT", component: 0, date: try CalendarDate(day), document: document,
      incorporated: try Quantity(quantity), line: 1, part: "P-1", plant: "MTY-1", revision: 1,
      scrap: .zero, waste: .zero)
  }
}
