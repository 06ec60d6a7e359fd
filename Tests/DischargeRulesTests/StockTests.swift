import DischargeRules
import Ledger
import Messages
import Testing

@Suite struct StockOnHandTests {
  private func movement(
    _ kind: StockEvent.Kind, _ quantity: Int64, at instant: String = "2024-01-10T10:00:00Z",
    id: String = "1"
  ) throws -> StockMovement {
    StockMovement(
      document: "W", fingerprint: "1", id: id, location: nil, movement: kind,
      occurredAt: try Instant(instant), order: nil, part: "M", plant: "A",
      quantity: Quantity(millionths: quantity), source: "/wms", uom: try #require(.init(code: 6)))
  }

  @Test func addsUpWhatCameAndWent() throws {
    var stock = StockOnHand()
    for (kind, quantity) in [
      (StockEvent.Kind.received, Int64(100)), (.issued, 20), (.completed, 7), (.scrapped, 3),
      (.shipped, 50), (.moved, 999), (.counted, 1_000),
    ] { try stock.take(try movement(kind, quantity)) }
    #expect(stock.onHand == 34)
  }

  @Test func theLatestCountStaysWhateverTheOrder() throws {
    let counts = [
      try movement(.counted, 1, at: "2024-01-10T10:00:00Z", id: "a"),
      try movement(.counted, 2, at: "2024-01-11T10:00:00Z", id: "a"),
      try movement(.counted, 3, at: "2024-01-11T10:00:00Z", id: "b"),
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]] {
      var stock = StockOnHand()
      for index in order { try stock.take(counts[index]) }
      #expect(stock.counted?.quantity == 3)
      #expect(stock.onHand == 0)
    }
  }

  @Test func aSumThatDoesNotFitChangesNothing() throws {
    var stock = StockOnHand()
    try stock.take(try movement(.received, .max))
    let before = stock
    let more = try movement(.received, 1)
    #expect(throws: LedgerError.overflow) { try stock.take(more) }
    #expect(stock == before)
  }
}

@Suite struct LedgerEntryPartsTests {
  @Test func partsHoldEverythingOnceLotsAndDemandsFirst() throws {
    var entry = LedgerEntry(
      plant: "A", part: "M", cause: Cause(document: "D", line: 1, revision: 2), received: 5)
    for number in Int64(1)...7 {
      entry.postings.append(
        Posting(
          demand: 1, incorporated: .zero, lot: 1, posting: number, scrap: .zero, value: .zero,
          waste: .zero))
      entry.balances.append(
        LotBalance(discharged: .zero, lot: number, movedOut: .zero, value: .zero))
      entry.demands.append(
        DemandState(
          clave: "RT", date: try CalendarDate("2024-01-10"), demand: number, document: "D",
          gone: false, line: 1, product: nil, shortage: .zero, toPlant: nil))
    }
    #expect(entry.parts(atMost: 21) == [entry])
    let parts = entry.parts(atMost: 3)
    #expect(parts.count == 9)
    for part in parts {
      #expect(part.postings.count + part.balances.count + part.demands.count <= 3)
      #expect(part.cause == entry.cause && part.received == 5 && part.plant == "A")
    }
    #expect(parts.flatMap(\.postings) == entry.postings)
    #expect(parts.flatMap(\.balances) == entry.balances)
    #expect(parts.flatMap(\.demands) == entry.demands)
    let firstPosting = parts.firstIndex { !$0.postings.isEmpty } ?? 0
    #expect((parts.lastIndex { !$0.demands.isEmpty } ?? 99) < firstPosting)
    #expect((parts.firstIndex { !$0.balances.isEmpty } ?? 0) > firstPosting)
  }
}
