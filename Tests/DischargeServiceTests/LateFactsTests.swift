import Ledger
import Messages
import Testing

/// What late facts cost beside the same facts in order (Decisions/0038), by counting what is
/// written: records of the journal and messages of the ledger, and how often the turn goes round.
@Suite struct LateFactsTests {
  /// A hundred entries of as many units as all demands ask for, and the demands.
  private let entries = (0..<100).map { Self.entry($0) }
  private let demands = (0..<5_000).map { Self.exit($0) }

  @Test func entriesBehindTheDemands() throws {
    let inOrder = try costs(of: [entries + demands])
    // Some lie in the log when the turn is asked for, and some come later.
    let late = try costs(of: [demands, Array(entries[..<40]), Array(entries[40...])])
    #expect(late.balance == inOrder.balance && late.balance == "0")
    #expect(late.turns <= 2)
    expect(late, within: 3, of: inOrder)
    // Each demand was posted as a shortage, and then as served: never in between.
    #expect(late.journal <= 2 * inOrder.journal + inOrder.journal / 4)
  }

  @Test(arguments: [1_000, 250]) func demandsInReverse(inARound: Int) throws {
    let inOrder = try costs(of: [entries + demands])
    let reversed = Array(demands.reversed())
    let late = try costs(
      of: [entries]
        + stride(from: 0, to: reversed.count, by: inARound).map {
          Array(reversed[$0..<min($0 + inARound, reversed.count)])
        })
    #expect(late.balance == inOrder.balance)
    #expect(late.turns <= reversed.count / inARound + 1)
    expect(late, within: 3, of: inOrder)
  }

  /// The lots of a book's moves and the demands of it, all late by turns.
  @Test func everythingLateByTurns() throws {
    let inOrder = try costs(of: [entries + demands])
    var mixed: [Movement] = []
    for (place, demand) in demands.reversed().enumerated() {
      mixed.append(demand)
      if place % 50 == 0 { mixed.append(entries[99 - place / 50]) }
    }
    let late = try costs(of: [Array(mixed[..<1_000]), Array(mixed[1_000...])])
    #expect(late.balance == inOrder.balance)
    #expect(late.turns <= 2)
    expect(late, within: 3, of: inOrder)
  }

  private struct Costs {
    var journal = 0
    var ledger = 0
    var messages = 0
    var turns = 0
    /// What is left of all lots.
    var balance = ""
  }

  private func expect(_ late: Costs, within factor: Int, of inOrder: Costs) {
    #expect(late.journal <= factor * inOrder.journal)
    #expect(late.ledger <= factor * inOrder.ledger)
    #expect(late.messages <= factor * inOrder.messages)
  }

  /// What it costs to take batches one after the other, a turn coming round behind the next one.
  private func costs(of batches: [[Movement]]) throws -> Costs {
    let stage = try BooksStage()
    var costs = Costs()
    var balances: [Int64: LotBalance] = [:]
    var lots: [Int64: LotState] = [:]
    func take(_ movements: [Movement]) throws {
      for entry in try stage.take(movements) {
        for lot in entry.lots { lots[lot.lot] = lot }
        for balance in entry.balances { balances[balance.lot] = balance }
      }
    }
    for batch in batches {
      let turns = stage.takeTurns()
      costs.turns += turns.count
      try take(batch + turns.map(\.movement))
    }
    while !stage.turns.isEmpty {
      let turns = stage.takeTurns()
      costs.turns += turns.count
      try take(turns.map(\.movement))
    }
    let left = lots.values.reduce(Int64(0)) { sum, lot in
      sum + lot.quantity.millionths - (balances[lot.lot]?.discharged.millionths ?? 0)
    }
    costs.balance = Quantity(millionths: left).description
    costs.journal = try stage.journalBytes()
    costs.ledger = stage.told.bytes
    costs.messages = stage.told.messages
    return costs
  }

  private static func entry(_ number: Int) -> Movement {
    .lot(
      LotMovement(
        clave: "IN", dueOn: nil, enteredOn: CalendarDate(days: Int32(19_000 + number)), line: 1,
        part: "P-1", pedimento: "2624345678\(90_000 + number)", plant: "MTY-1",
        quantity: Quantity(millionths: 50_000_000), revision: 1, value: Money(centavos: 12_345)))
  }

  private static func exit(_ number: Int) -> Movement {
    .demand(
      DemandMovement(
        clave: "RT", component: 0, date: CalendarDate(days: Int32(19_200 + number / 20)),
        document: "2634345\(10_000_000 + number)",
        incorporated: Quantity(millionths: 1_000_000), line: 1, part: "P-1", plant: "MTY-1",
        product: "P-001", revision: 1, scrap: .zero, waste: .zero))
  }
}
