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
    #expect(desk.pending("MV") == [WaitingReason.plantUnknown.rawValue])
    #expect(desk.rejected.isEmpty)
    #expect(try desk.take(plant("B")) == ["exit MV/1 M@A>B 5+0+0 r1", "transit MV M@B"])
    #expect(desk.pending("MV") == [])
    let more = try desk.take(move("MV", from: "A", to: "B", "M", "2"))
    #expect(more == ["exit MV/1 M@A>B 7+0+0 r2", "transit MV M@B"])
  }

  @Test func aMoveToAnotherCompanyIsRejectedAndNotWaitedFor() throws {
    var desk = try DocumentsDesk([part("M"), move("MV", from: "A", to: "B", "M", "5")])
    _ = try desk.take(plant("B", rfc: "BRX990101CD2"))
    #expect(desk.pending("MV") == [RejectionCode.moveOtherCompany.rawValue])
    #expect(desk.rejected.map(\.provisional) == [true])
    let ours = plant("B").replacing("2024-01-01T00:00:00Z", with: "2024-01-02T00:00:00Z")
    #expect(
      try desk.take(ours) == [] && desk.pending("MV") == [WaitingReason.plantUnknown.rawValue])
    #expect(try desk.take(plant("A")) == ["exit MV/1 M@A>B 5+0+0 r1", "transit MV M@B"])
  }

  /// Whoever else has a pedimento of that number in this partition: in another one it would not be
  /// known either.
  @Test func onlyTheCompanysOwnPedimentosAreKnown() throws {
    let other = "BRX990101CD2"
    func theirs(_ event: String) -> String { event.replacing(rfc, with: other) }
    var desk = try DocumentsDesk([
      plant("A"), part("M"), dataStage(4, [(1, "5")]),
      pedimento(1, "IN", [line(1, "M", "5")]),
    ])
    _ = try desk.take(theirs(pedimento(2, "RT", [line(1, "M", "1", discharges: 1)])))
    #expect(desk.pending(number(2)) == [WaitingReason.entryUnknown.rawValue])
    _ = try desk.take(theirs(pedimento(3, "R1", [line(1, "M", "6")], rectifies: 1)))
    #expect(desk.pending(number(3)) == [WaitingReason.rectifiedUnknown.rawValue])
    #expect(desk.state(number(1)) == .counts)
    #expect(try desk.take(theirs(partes(4, 1, "M", "5"))) == [])
    #expect(
      desk.pending(number(4)).sorted() == [
        WaitingReason.partesMissing.rawValue, WaitingReason.pedimentoUnknown.rawValue,
      ])
    #expect(try desk.take(partes(4, 1, "M", "5", row: 2)) == ["lot 4/1 M@A 5 r1"])
    // Their own, under a number that this company has too, would be the same pedimento: the later
    // one counts, and whose it is.
    let sent = try desk.take(
      theirs(pedimento(1, "IN", [line(1, "M", "7")], time: "2024-02-01T00:00:00Z")))
    #expect(
      sent.sorted() == ["exit 2/1 M@A<3/1> 1+0+0 r1", "lot 1/1 M@A gone r2", "lot 3/1 M@A 6 r1"])
    #expect(desk.pending(number(2)) == [])
  }

  @Test func aDocumentWithoutEffectNeedsNeitherLinesNorQuantities() throws {
    var desk = try DocumentsDesk([plant("A"), part("M")])
    _ = try desk.take(pedimento(1, "CT", []))
    _ = try desk.take(pedimento(2, "GC", [line(1, "M", "0")]))
    let blank = line(1, "M", "5").replacing(#""quantity":"5","uom":6,"#, with: "")
    _ = try desk.take(pedimento(3, "A1", [blank]))
    _ = try desk.take(dataStage(4, [(1, "0")], clave: "CT"))
    for n in 1...4 {
      #expect(desk.state(number(n)) == .listed && desk.pending(number(n)) == [])
    }
    #expect(desk.records[number(1)]?.lines == [])
    #expect(desk.records[number(3)]?.lines.map(\.uom) == [nil])
    // Customs' partidas stand for themselves until rows name their parts.
    #expect(desk.records[number(4)]?.lines.map(\.part) == [""])
    _ = try desk.take(partes(4, 1, "M", "5"))
    #expect(desk.records[number(4)]?.lines.map(\.part) == ["M"])
    #expect(desk.pending(number(4)) == [])
    // What rectifies one of them needs none either; what rectifies any other does.
    _ = try desk.take(pedimento(5, "R1", [], rectifies: 1))
    #expect(desk.state(number(5)) == .listed && desk.state(number(1)) == .replaced)
    _ = try desk.take(pedimento(6, "IN", [line(1, "M", "5")]))
    #expect(try desk.take(pedimento(7, "R1", [], rectifies: 6)) == [])
    #expect(desk.state(number(7)) == .waiting && desk.state(number(6)) == .counts)
    #expect(try desk.take(dataStage(8, [(1, "0")], clave: "R1", rectifies: 6)) == [])
    #expect(desk.pending(number(8)) == [RejectionCode.quantityNotPositive.rawValue])
    #expect(desk.state(number(6)) == .counts)
  }
}
