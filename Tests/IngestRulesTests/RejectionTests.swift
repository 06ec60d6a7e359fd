import IngestRules
import Messages
import Testing

/// What the facts known now reject, and what is rejected for good.
@Suite struct RejectionTests {
  private func desk(_ events: [String] = []) throws -> DocumentsDesk {
    try DocumentsDesk([plant("A"), part("M"), part("P")] + events)
  }

  @Test func aUnitWithoutAFactorIsTakenUpWithTheFactor() throws {
    var desk = try desk()
    #expect(try desk.take(pedimento(1, "IN", [line(1, "M", "5", uom: 1)])) == [])
    #expect(desk.pending(number(1)) == [RejectionCode.uomNoConversion.rawValue])
    #expect(desk.rejected.map(\.code) == [.uomNoConversion])
    #expect(desk.rejected.allSatisfy { $0.provisional })
    // It is told once, however often it is derived again.
    _ = try desk.take(part("M", category: "108-II", time: "2024-01-02T00:00:00Z"))
    #expect(desk.rejected.count == 1)
    let sent = try desk.take(part("M", kilograms: "2", time: "2024-01-03T00:00:00Z"))
    #expect(sent == ["lot 1/1 M@A 10 r1"])
    #expect(desk.pending(number(1)) == [])
    #expect(try desk.take(part("M", time: "2024-01-04T00:00:00Z")) == ["lot 1/1 M@A gone r2"])
    #expect(desk.rejected.count == 2)
  }

  @Test func aProductWithinItselfIsTakenUpOnceItIsNot() throws {
    var desk = try desk([bom("P", [("M", "1")]), bom("M", [("P", "1")])])
    #expect(try desk.take(pedimento(1, "RT", [line(1, "P", "2", finished: true)])) == [])
    #expect(desk.pending(number(1)) == [RejectionCode.bomCycle.rawValue])
    let sent = try desk.take(
      bom("M", [("N", "3")], time: "2024-01-02T00:00:00Z"))
    #expect(sent == [] && desk.pending(number(1)) == [WaitingReason.partUnknown.rawValue])
    #expect(try desk.take(part("N")) == ["exit 1/1 N(P)@A 6+0+0 r1"])
  }

  /// Each of the three is a quantity; a book could not add them up.
  @Test func whatAProductTakesInAllIsAQuantityToo() throws {
    let bill = event(
      "immex.bom.v1",
      #"{"product":"P","version":"1","validFrom":"2024-01-01","#
        + #""components":[{"part":"M","perUnit":"1","waste":"0.5","scrap":"0.5"}]}"#)
    var desk = try desk([bill])
    let most = try desk.take(pedimento(1, "RT", [line(1, "P", "4600000000000", finished: true)]))
    #expect(most == ["exit 1/1 M(P)@A 4600000000000+2300000000000+2300000000000 r1"])
    #expect(
      try desk.take(pedimento(2, "RT", [line(1, "P", "4700000000000", finished: true)])) == [])
    #expect(desk.pending(number(2)) == [RejectionCode.quantityOverflow.rawValue])
  }

  @Test func partesThatExceedTheirPartidaAreRejectedInTheOrderOfTheirRows() throws {
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
      let rows = [
        partes(1, 1, "M", "3", row: 1), partes(1, 1, "M", "3", row: 2),
        partes(1, 1, "M", "2", row: 3),
      ]
      var desk = try desk([dataStage(1, [(1, "5")])])
      for index in order { try desk.take(rows[index]) }
      #expect(desk.pending(number(1)) == [RejectionCode.partesExceed.rawValue])
      #expect(desk.records[number(1)]?.lines.map(\.quantity.description) == ["5"])
      let last = desk.rejected.last
      #expect(last?.event == rows[1] && last?.value == "secuencia 1: 3 de 5")
    }
  }

  @Test func partesInAnotherUnitAreRejected() throws {
    var desk = try desk([dataStage(1, [(1, "5")])])
    #expect(try desk.take(partes(1, 1, "M", "5", uom: 1)) == [])
    #expect(
      desk.pending(number(1)).sorted() == [
        RejectionCode.partesUnit.rawValue, WaitingReason.partesMissing.rawValue,
      ])
  }

  @Test func theSameIdentityWithOtherContentIsRejectedForGood() throws {
    let first = pedimento(1, "IN", [line(1, "M", "5")], id: "same")
    var desk = try desk([first])
    #expect(try desk.take(first) == [])
    #expect(desk.rejected.isEmpty)
    let other = pedimento(
      1, "IN", [line(1, "M", "6")], time: "2024-01-09T00:00:00Z", id: "same")
    #expect(try desk.take(other) == [])
    #expect(desk.rejected.map(\.code) == [.identityConflict])
    #expect(desk.rejected.first?.event == other && desk.rejected.first?.provisional == false)
    try desk.reopen()
    #expect(try desk.take(other) == [] && desk.rejected.count == 2)
  }

  @Test func ofTheCatalogueOnePartitionSpeaksForAll() throws {
    let (first, other) = (part("Z", id: "z"), part("Z", kilograms: "2", id: "z"))
    var (facts, conflicts) = (0, 0)
    for partition in 0..<Int32(4) {
      var desk = try DocumentsDesk(partition: partition, of: 4, [first, other, first])
      facts += desk.catalog.count
      conflicts += desk.rejected.count
      #expect(try desk.take(pedimento(1, "IN", [line(1, "Z", "1")])) == [])
    }
    #expect(facts == 1 && conflicts == 1)
  }

  @Test func anEventThatIntakeCannotHaveLetThroughIsAnError() throws {
    var desk = try desk()
    #expect(throws: DocumentsError.self) { try desk.take("{") }
  }
}
