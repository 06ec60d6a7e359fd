import Ledger
import Messages
import SQLite
import Store
import Testing

@testable import DischargeService

/// A packed event is found again by its number: in its step, in a later one, after a restart.
@Suite struct PackedStockEventsTests {
  private let db: Connection

  init() throws {
    db = try Connection()
    try db.execute(PackedStockEvents.migration.sql)
  }

  private func movement(_ number: Int, _ kind: StockEvent.Kind) throws -> StockMovement {
    let uom = try #require(UnitOfMeasure(code: 1 + number % 22))
    return StockMovement(
      document: String(repeating: "Ñ", count: number % 40), fingerprint: "0", id: "\(number)",
      location: "", movement: kind, occurredAt: Instant(nanoseconds: 0), order: "", part: "M-1",
      plant: "P1",
      quantity: Quantity(millionths: Int64.max - Int64(number)), source: "mes", uom: uom)
  }

  @Test(arguments: [1, 7, 1000]) func everyEventIsFoundAgain(_ step: Int) throws {
    let kinds = StockEvent.Kind.allCases.filter(PackedStockEvents.keeps)
    var packed = try PackedStockEvents(db)
    var numbers: [Int64] = []
    for number in 0..<100 {
      numbers.append(
        try packed.append(
          movement(number, kinds[number % kinds.count]), Int32(number - 50),
          isWithdrawn: number % 3 == 0))
      if number % step == step - 1 { try packed.save() }
      // A store that is opened anew goes on where the last step ended.
      if number % (2 * step) == 2 * step - 1 { packed = try PackedStockEvents(db) }
    }
    #expect(Set(numbers).count == 100 && numbers == numbers.sorted() && numbers[0] == 1)
    for (number, place) in numbers.enumerated() {
      let event = try packed.event(place)
      let said = try movement(number, kinds[number % kinds.count])
      #expect(event.book == Int32(number - 50) && event.uom == said.uom)
      #expect(event.movement == said.movement && event.quantity == said.quantity)
      #expect(event.document == said.document && event.isWithdrawn == (number % 3 == 0))
    }
  }

  @Test func aWithdrawalIsKeptAndTakenBack() throws {
    var packed = try PackedStockEvents(db)
    let number = try packed.append(movement(5, .issued), 3, isWithdrawn: false)
    try packed.save()
    packed = try PackedStockEvents(db)
    try packed.set(number, withdrawn: true)
    try packed.set(number, withdrawn: true)
    #expect(try packed.event(number).isWithdrawn)
    try packed.set(number, withdrawn: false)
    #expect(try packed.event(number).isWithdrawn == false)
  }

  @Test func aPlaceWithoutAnEventIsAnError() throws {
    var packed = try PackedStockEvents(db)
    #expect(throws: StoreError.self) { try packed.event(1) }
    let last = try packed.append(movement(1, .issued), 3, isWithdrawn: false)
    try packed.save()
    #expect(throws: StoreError.self) { try packed.event(last + 17) }
    #expect(throws: StoreError.self) { try packed.event(0) }
    try db.execute("UPDATE stock_packed SET events = substr(events, 1, 17)")
    #expect(throws: StoreError.self) { try packed.event(last) }
  }
}
