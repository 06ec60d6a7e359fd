import IngestRules
import Messages
import Testing

/// Only what differs from what was sent goes out, as the next revision.
@Suite struct RevisionTests {
  private func desk(_ events: [String] = []) throws -> DocumentsDesk {
    try DocumentsDesk(
      [plant("A"), plant("B"), part("M", kilograms: "2"), part("N"), part("P")] + events)
  }

  @Test func theSameContentUnderANewIdentitySendsNothing() throws {
    let lines = [line(1, "M", "5"), line(2, "N", "1")]
    var desk = try desk([pedimento(1, "IN", lines)])
    #expect(try desk.take(pedimento(1, "IN", lines, time: "2024-01-02T00:00:00Z")) == [])
    #expect(try desk.take(pedimento(1, "IN", lines, time: "2023-01-02T00:00:00Z")) == [])
    #expect(try desk.take(part("M", kilograms: "2", time: "2024-01-02T00:00:00Z")) == [])
  }

  @Test func onlyTheLineThatDiffersIsSentAgain() throws {
    var desk = try desk([pedimento(1, "IN", [line(1, "M", "5"), line(2, "N", "1")])])
    let later = "2024-01-02T00:00:00Z"
    let sent = try desk.take(
      pedimento(1, "IN", [line(1, "M", "5"), line(2, "N", "2"), line(3, "N", "3")], time: later))
    #expect(sent == ["lot 1/2 N@A 2 r2", "lot 1/3 N@A 3 r1"])
    let less = try desk.take(pedimento(1, "IN", [line(3, "N", "3")], time: "2024-01-03T00:00:00Z"))
    #expect(less == ["lot 1/1 M@A gone r2", "lot 1/2 N@A gone r3"])
    let back = try desk.take(pedimento(1, "IN", [line(1, "M", "5")], time: "2024-01-04T00:00:00Z"))
    #expect(back == ["lot 1/3 N@A gone r2", "lot 1/1 M@A 5 r3"])
  }

  @Test func anotherPlantIsAnotherBook() throws {
    var desk = try desk([pedimento(1, "IN", [line(1, "M", "5")])])
    let sent = try desk.take(
      pedimento(1, "IN", [line(1, "M", "5")], at: "B", time: "2024-01-02T00:00:00Z"))
    #expect(sent == ["lot 1/1 M@A gone r2", "lot 1/1 M@B 5 r1"])
  }

  @Test func aDocumentToTwoPlantsIsTwoMoves() throws {
    var desk = try desk([plant("C"), move("MV-1", from: "A", to: "B", "M", "1")])
    let other = try desk.take(move("MV-1", from: "A", to: "C", "M", "2"))
    #expect(other == ["exit MV-1/1 M@A>C 2+0+0 r1", "transit MV-1 M@C"])
    let more = try desk.take(move("MV-1", from: "A", to: "B", "M", "1"))
    #expect(more == ["exit MV-1/1 M@A>B 2+0+0 r2", "transit MV-1 M@B"])
  }

  @Test func theGreatestTimeAndIdCountWhateverTheOrder() throws {
    var desk = try desk([
      pedimento(1, "IN", [line(1, "M", "5")], time: "2024-01-02T00:00:00Z", id: "x-5")
    ])
    let same = "2024-01-02T00:00:00Z"
    #expect(try desk.take(pedimento(1, "IN", [line(1, "M", "6")], time: same, id: "x-4")) == [])
    let sent = try desk.take(pedimento(1, "IN", [line(1, "M", "7")], time: same, id: "x-6"))
    #expect(sent == ["lot 1/1 M@A 7 r2"])
  }

  @Test func aPartThatChangesItsFactorChangesWhatWasConverted() throws {
    var desk = try desk([pedimento(1, "IN", [line(1, "M", "5", uom: 1), line(2, "M", "5")])])
    #expect(desk.records[number(1)]?.lines.map(\.quantity.description) == ["10", "5"])
    let sent = try desk.take(part("M", kilograms: "3", time: "2024-01-02T00:00:00Z"))
    #expect(sent == ["lot 1/1 M@A 15 r2"])
    #expect(try desk.take(part("M", kilograms: "4", time: "2024-01-01T12:00:00Z")) == [])
  }

  @Test func aBOMThatChangesExplodesAgainWhatItExploded() throws {
    var desk = try desk([
      bom("P", [("M", "1")]), pedimento(1, "RT", [line(1, "P", "4", finished: true)]),
      pedimento(2, "RT", [line(1, "P", "4", finished: true)], on: "2024-06-01", at: "B"),
    ])
    #expect(
      try desk.take(bom("P", [("M", "2"), ("N", "1")], version: "2", from: "2024-05-01"))
        == ["exit 2/1 M(P)@B 8+0+0 r2", "exit 2/1 N(P)@B 4+0+0 r1"])
    #expect(
      try desk.take(bom("P", [("M", "3")], plant: "A")) == ["exit 1/1 M(P)@A 12+0+0 r2"])
    let nested = try desk.take(bom("M", [("N", "1")], from: "2024-05-01"))
    // N is the first component now: another place of the sequence.
    #expect(
      nested == [
        "exit 2/1 M(P)@B gone r3", "exit 2/1 N(P)@B gone r2", "exit 2/1 N(P)@B 12+0+0 r1",
      ])
  }

  @Test func aLineDirectedAndNotOfOneProductIsTwoDemands() throws {
    var desk = try desk([bom("P", [("M", "1")]), pedimento(1, "IN", [line(1, "M", "9")])])
    let sent = try desk.take(
      pedimento(
        2, "RT",
        [
          line(1, "P", "4", finished: true), line(1, "P", "3", finished: true, discharges: 1),
          line(1, "M", "2"), line(1, "M", "1", discharges: 1),
        ]))
    #expect(
      sent.sorted() == [
        "exit 2/1 M(P)@A 4+0+0 r1", "exit 2/1 M(P)@A<1/1> 3+0+0 r1", "exit 2/1 M@A 2+0+0 r1",
        "exit 2/1 M@A<1/1> 1+0+0 r1",
      ])
    let gone = try desk.take(
      pedimento(2, "RT", [line(1, "M", "2")], time: "2024-01-02T00:00:00Z"))
    #expect(
      gone.sorted() == [
        "exit 2/1 M(P)@A gone r2", "exit 2/1 M(P)@A<> gone r2", "exit 2/1 M@A<> gone r2",
      ])
  }
}
