import Messages
import Testing

/// Which lines dispose of scrap (Methodology, "Disposals of scrap").
@Suite struct ScrapTests {
  @Test(arguments: [
    ("RT", "scrap exit 1/1 M@A 0+0+5 r1"), ("F4", "scrap exit 1/1 M@A 0+0+5 r1"),
    ("V9", "scrap exit 1/1 M@A 0+0+5 r1"), ("IN", "lot 1/1 M@A 5 r1"),
  ])
  func aLineSaysSo(clave: String, sent: String) throws {
    var desk = try DocumentsDesk([plant("A"), part("M")])
    #expect(try desk.take(pedimento(1, clave, [line(1, "M", "5", scrap: true)])) == [sent])
    #expect(desk.pending(number(1)) == [])
  }

  @Test(arguments: ["F5", "A3", "BB", "V5"])
  func otherClavesDisposeOfNone(clave: String) throws {
    var desk = try DocumentsDesk([plant("A"), part("M")])
    let lines = [line(1, "M", "5", scrap: true), line(2, "M", "1")]
    #expect(try desk.take(pedimento(1, clave, lines)) == ["exit 1/2 M@A 1+0+0 r1"])
    #expect(desk.pending(number(1)) == [RejectionCode.scrapClave.rawValue])
    #expect(desk.rejected.map(\.code) == [.scrapClave])
  }

  @Test func whatIsFinishedIsNotScrap() throws {
    var desk = try DocumentsDesk([plant("A"), part("M"), part("P"), bom("P", [("M", "2")])])
    let both = line(1, "P", "5", finished: true, scrap: true)
    #expect(try desk.take(pedimento(1, "RT", [both])) == [])
    #expect(desk.pending(number(1)) == [RejectionCode.scrapFinished.rawValue])
  }

  @Test func anActDisposesOfBoth() throws {
    var desk = try DocumentsDesk([plant("A"), part("M")])
    let sent = try desk.take(act("ACTA", [line(1, "M", "2"), line(1, "M", "3", scrap: true)]))
    #expect(sent == ["exit ACTA/1 M@A 2+0+0 r1", "scrap exit ACTA/1 M@A 0+0+3 r1"])
  }

  /// A corrected line leaves the account: what was asked of it is withdrawn from it.
  @Test func aLineThatIsNotScrapAnyMoreIsWithdrawnThere() throws {
    var desk = try DocumentsDesk([
      plant("A"), part("M"), pedimento(1, "RT", [line(1, "M", "5", scrap: true)]),
    ])
    try desk.reopen()
    let sent = try desk.take(
      pedimento(1, "RT", [line(1, "M", "5")], time: "2024-01-02T00:00:00Z"))
    #expect(sent == ["scrap exit 1/1 M@A gone r2", "exit 1/1 M@A 5+0+0 r1"])
  }

  @Test(arguments: [
    ("F4", 1, "DE", "scrap exit 1/1 M@A 0+0+5 r1"), ("F4", 1, "DN", "exit 1/1 M@A 5+0+0 r1"),
    ("V9", 2, "DN", "scrap exit 1/1 M@A 0+0+5 r1"), ("V9", 2, "DE", "exit 1/1 M@A 5+0+0 r1"),
    ("RT", 2, "DE", "exit 1/1 M@A 5+0+0 r1"), ("IN", 1, "DE", "lot 1/1 M@A 5 r1"),
  ])
  func customsIdentifiersSaySo(
    clave: String, operation: Int, identifier: String, sent: String
  ) throws {
    var desk = try DocumentsDesk([
      plant("A"), part("M"),
      dataStage(
        1, [(1, "5")], clave: clave, operation: operation, identifiers: ["XP", identifier]),
    ])
    #expect(try desk.take(partes(1, 1, "M", "5")) == [sent])
  }

  /// The root's clave decides, as for every other rule.
  @Test func aRectifiedDisposalIsOne() throws {
    var desk = try DocumentsDesk([
      plant("A"), part("M"), dataStage(1, [(1, "5")], clave: "F4", identifiers: ["DE"]),
      partes(1, 1, "M", "5"),
      dataStage(2, [(1, "6")], clave: "R1", rectifies: 1, identifiers: ["DE"]),
    ])
    #expect(
      try desk.take(partes(2, 1, "M", "6"))
        == ["scrap exit 1/1 M@A gone r2", "scrap exit 2/1 M@A 0+0+6 r1"])
  }

  @Test func aNoticeIsListedAndAnActNamesIt() throws {
    var desk = try DocumentsDesk([plant("A"), part("M")])
    #expect(try desk.take(notice("AV", on: "2024-01-15")) == [])
    #expect(desk.records["AV"]?.kind == .notice)
    #expect(desk.records["AV"]?.date?.description == "2024-01-15")
    try desk.take(act("ACTA", [line(1, "M", "2")]))
    #expect(desk.records["ACTA"]?.notice == "AV")
  }
}
