import IngestRules
import Messages
import Testing

/// Rules.md#R3.2: of the documents of one root only one counts.
@Suite struct RectificationTests {
  private func desk(_ events: [String] = []) throws -> DocumentsDesk {
    try DocumentsDesk([plant("A"), part("M")] + events)
  }

  @Test func theRectificationReplacesItsRootWithTheRootsClaveAndDate() throws {
    var desk = try desk([pedimento(1, "IN", [line(1, "M", "5")], on: "2024-02-01")])
    let sent = try desk.take(
      pedimento(2, "R1", [line(1, "M", "6")], on: "2024-03-01", rectifies: 1))
    #expect(sent == ["lot 1/1 M@A gone r2", "lot 2/1 M@A 6 r1"])
    #expect(desk.state(number(1)) == .replaced && desk.state(number(2)) == .counts)
    let record = desk.records[number(2)]
    #expect(record?.clave == "IN")
    #expect(record?.date.map { "\($0)" } == "2024-02-01")
    #expect(record?.lines.first?.dueOn.map { "\($0)" } == "2025-08-01")
  }

  @Test func ofTwoTheLaterPaidCountsAndThenTheGreaterNumber() throws {
    var desk = try desk([
      pedimento(1, "IN", [line(1, "M", "5")]),
      pedimento(4, "R1", [line(1, "M", "6")], on: "2024-03-01", rectifies: 1),
    ])
    #expect(
      try desk.take(pedimento(3, "R1", [line(1, "M", "7")], on: "2024-03-01", rectifies: 4)) == [])
    #expect(desk.state(number(3)) == .replaced)
    #expect(
      try desk.take(pedimento(2, "R1", [line(1, "M", "8")], on: "2024-03-02", rectifies: 1))
        == ["lot 2/1 M@A 8 r1", "lot 4/1 M@A gone r2"])
    #expect(desk.state(number(4)) == .replaced)
  }

  @Test func whatNamedTheReplacedDocumentFollows() throws {
    var desk = try desk([
      pedimento(1, "IN", [line(1, "M", "5")]),
      pedimento(5, "RT", [line(1, "M", "2", discharges: 1)], on: "2024-04-01"),
    ])
    let sent = try desk.take(
      pedimento(2, "R1", [line(1, "M", "6")], on: "2024-03-01", rectifies: 1))
    #expect(sent.contains("exit 5/1 M@A<2/1> 2+0+0 r2"))
  }

  @Test func documentsThatRectifyOneAnotherWait() throws {
    var desk = try desk([
      pedimento(1, "R1", [line(1, "M", "5")], rectifies: 2),
      pedimento(2, "R1", [line(1, "M", "6")], rectifies: 1),
    ])
    #expect(desk.state(number(1)) == .waiting && desk.state(number(2)) == .waiting)
    let sent = try desk.take(
      pedimento(1, "IN", [line(1, "M", "5")], time: "2024-01-02T00:00:00Z"))
    #expect(sent == ["lot 2/1 M@A 6 r1"])
    #expect(desk.state(number(1)) == .replaced && desk.state(number(2)) == .counts)
  }

  @Test func desistedAndReservedNeverCount() throws {
    var desk = try desk([dataStage(1, [(1, "5")], kind: "7"), partes(1, 1, "M", "5")])
    #expect(desk.state(number(1)) == .desisted)
    _ = try desk.take(pedimento(2, "IN", [line(1, "M", "5")]))
    #expect(try desk.take(dataStage(3, [(1, "5")], clave: "R1", kind: "8", rectifies: 2)) == [])
    #expect(try desk.take(partes(3, 1, "M", "5")) == [])
    #expect(desk.state(number(2)) == .counts && desk.state(number(3)) == .desisted)
  }

  @Test func aRectificationCountsOnceItsPartesAreThere() throws {
    var desk = try desk([pedimento(1, "IN", [line(1, "M", "5")])])
    #expect(try desk.take(dataStage(2, [(1, "6")], clave: "R1", rectifies: 1)) == [])
    #expect(desk.state(number(2)) == .waiting && desk.state(number(1)) == .counts)
    #expect(
      try desk.take(partes(2, 1, "M", "6")) == ["lot 1/1 M@A gone r2", "lot 2/1 M@A 6 r1"])
    #expect(desk.state(number(2)) == .counts && desk.state(number(1)) == .replaced)
  }

  @Test func whatHasNoQuantityEffectIsListed() throws {
    var desk = try desk()
    #expect(try desk.take(pedimento(1, "CT", [line(1, "M", "5"), line(2, "Z", "1")])) == [])
    #expect(desk.state(number(1)) == .listed)
    #expect(desk.records[number(1)]?.lines.count == 2)
    #expect(desk.pending(number(1)) == [])
  }

  @Test func actsCountByThemselves() throws {
    var desk = try desk()
    let lines = [#"{"line":1,"part":"M","quantity":"2","uom":6}"#]
    #expect(try desk.take(act("ACTA", lines)) == ["exit ACTA/1 M@A 2+0+0 r1"])
    #expect(desk.state("ACTA") == .counts)
    #expect(desk.records["ACTA"]?.kind == .act)
  }
}
