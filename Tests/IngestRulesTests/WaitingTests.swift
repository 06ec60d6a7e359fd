import IngestRules
import Messages
import Testing

/// What is not known yet is waited for, visibly, and taken up by itself when it comes.
@Suite struct WaitingTests {
  struct Wait: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var before: [String]
    var document: String
    var code: WaitingReason
    var missing: String
    var sent: [String]
  }

  static let catalog = [plant("A"), part("M"), part("P")]
  static let waits = [
    Wait(
      testDescription: "a plant", before: [part("M"), pedimento(1, "IN", [line(1, "M", "5")])],
      document: number(1), code: .plantUnknown, missing: plant("A"), sent: ["lot 1/1 M@A 5 r1"]),
    Wait(
      testDescription: "a part", before: [plant("A"), pedimento(1, "IN", [line(1, "M", "5")])],
      document: number(1), code: .partUnknown, missing: part("M"), sent: ["lot 1/1 M@A 5 r1"]),
    Wait(
      testDescription: "a BOM",
      before: catalog + [pedimento(1, "RT", [line(1, "P", "5", finished: true)])],
      document: number(1), code: .bomUnknown, missing: bom("P", [("M", "2")]),
      sent: ["exit 1/1 M(P)@A 10+0+0 r1"]),
    Wait(
      testDescription: "a component that a BOM names",
      before: [
        plant("A"), part("P"), bom("P", [("M", "2")]),
        pedimento(1, "RT", [line(1, "P", "5", finished: true)]),
      ],
      document: number(1), code: .partUnknown, missing: part("M"),
      sent: ["exit 1/1 M(P)@A 10+0+0 r1"]),
    Wait(
      testDescription: "what it rectifies",
      before: catalog + [pedimento(2, "R1", [line(1, "M", "6")], rectifies: 1)],
      document: number(2), code: .rectifiedUnknown,
      missing: pedimento(1, "IN", [line(1, "M", "5")]),
      sent: ["lot 2/1 M@A 6 r1"]),
    Wait(
      testDescription: "the root behind what it rectifies",
      before: catalog + [
        pedimento(3, "R1", [line(1, "M", "7")], on: "2024-02-03", rectifies: 2),
        pedimento(2, "R1", [line(1, "M", "6")], on: "2024-02-02", rectifies: 1),
      ],
      document: number(3), code: .rectifiedUnknown,
      missing: pedimento(1, "IN", [line(1, "M", "5")]),
      sent: ["lot 3/1 M@A 7 r1"]),
    Wait(
      testDescription: "an entry that it names",
      before: catalog + [pedimento(2, "RT", [line(1, "M", "1", discharges: 1)])],
      document: number(2), code: .entryUnknown, missing: pedimento(1, "CT", [line(1, "M", "5")]),
      sent: ["exit 2/1 M@A<1/1> 1+0+0 r1"]),
    Wait(
      testDescription: "partes", before: catalog + [dataStage(1, [(1, "5")])],
      document: number(1), code: .partesMissing, missing: partes(1, 1, "M", "5"),
      sent: ["lot 1/1 M@A 5 r1"]),
    Wait(
      testDescription: "the pedimento of a row of partes",
      before: catalog + [partes(1, 1, "M", "5")], document: number(1), code: .pedimentoUnknown,
      missing: dataStage(1, [(1, "5")]), sent: ["lot 1/1 M@A 5 r1"]),
  ]

  @Test(arguments: waits) func isTakenUpByItself(_ wait: Wait) throws {
    var desk = try DocumentsDesk(wait.before)
    #expect(desk.pending(wait.document) == [wait.code.rawValue])
    // It waits through a restart.
    try desk.reopen()
    #expect(try desk.take(wait.missing) == wait.sent)
    #expect(desk.pending(wait.document) == [])
    #expect(desk.rejected.isEmpty)
  }

  @Test func oneLineWaitsAndTheOthersGoOn() throws {
    var desk = try DocumentsDesk([plant("A"), part("M")])
    let sent = try desk.take(pedimento(1, "IN", [line(1, "M", "5"), line(2, "N", "6")]))
    #expect(sent == ["lot 1/1 M@A 5 r1"])
    #expect(desk.records[number(1)]?.pending.map(\.detail) == ["N"])
    #expect(try desk.take(part("N")) == ["lot 1/2 N@A 6 r1"])
  }

  @Test func partesAreWaitedForToTheLastPiece() throws {
    var desk = try DocumentsDesk([plant("A"), part("M"), dataStage(1, [(1, "5"), (2, "1")])])
    #expect(try desk.take(partes(1, 1, "M", "4.5", row: 1)) == [])
    #expect(
      desk.records[number(1)]?.pending.map(\.detail) == [
        "secuencia 1: faltan 0.5, secuencia 2: faltan 1"
      ])
    #expect(try desk.take(partes(1, 2, "M", "1", row: 2)) == [])
    let sent = try desk.take(partes(1, 1, "M", "0.5", row: 3))
    #expect(sent == ["lot 1/1 M@A 5 r1", "lot 1/2 M@A 1 r1"])
    #expect(try desk.take(partes(1, 3, "M", "1", row: 4)) == [])
    #expect(desk.pending(number(1)) == [WaitingReason.partidaUnknown.rawValue])
  }

  @Test func aMoveIsTakenUpWithItsPlants() throws {
    var desk = try DocumentsDesk([plant("A"), part("M"), move("MV", from: "A", to: "B", "M", "5")])
    #expect(desk.pending("MV") == [RejectionCode.movePlantUnregistered.rawValue])
    #expect(desk.rejected.map(\.provisional) == [true])
    #expect(try desk.take(plant("B")) == ["exit MV/1 M@A>B 5+0+0 r1", "transit MV M@B"])
    #expect(desk.pending("MV") == [])
    let more = try desk.take(move("MV", from: "A", to: "B", "M", "2"))
    #expect(more == ["exit MV/1 M@A>B 7+0+0 r2", "transit MV M@B"])
  }
}
