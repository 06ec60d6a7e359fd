import IngestRules
import Ledger
import Messages
import Testing

/// What is touched waits for the partition's turn, and is derived once then.
@Suite struct TurnTests {
  @Test func aDocumentIsDerivedOnceHoweverOftenItIsTouched() throws {
    let parts = (0..<20).map { "M\($0)" }
    let lines = parts.enumerated().map { line($0 + 1, $1, "5") }
    var desk = try DocumentsDesk((1...9).map { pedimento($0, "IN", lines) })
    desk.holdsTurns = true
    let before = desk.pages.count
    for event in parts.map({ part($0) }) + [plant("A")] { #expect(try desk.take(event) == []) }
    #expect(desk.pages.count == before)
    #expect(try desk.takeTurns() == 1)
    #expect(desk.pages.count == before + 9)
    for n in 1...9 { #expect(desk.records[number(n)]?.lines.count == 20) }
    #expect(try desk.takeTurns() == 0)
  }

  /// A company sends its catalogue every night: what says what was known touches nothing.
  @Test func aCatalogueThatIsSentAgainAsksForNoTurn() throws {
    func catalogue(_ day: Int) -> [String] {
      let time = "2024-01-0\(day)T00:00:00Z"
      return [
        plant("A").replacing("2024-01-01T00:00:00Z", with: time), part("M", time: time),
        part("P", time: time), bom("P", [("M", "2")], time: time),
        event(
          "immex.company.v1", #"{"rfc":"\#(rfc)","name":"-","immexProgram":"1-2010"}"#, time: time),
      ]
    }
    let export = pedimento(1, "RT", [line(1, "P", "2", finished: true)])
    var desk = try DocumentsDesk(catalogue(1) + [export])
    desk.holdsTurns = true
    for event in catalogue(2) { try desk.take(event) }
    #expect(try desk.takeTurns() == 0)
    try desk.take(bom("P", [("M", "3")], time: "2024-01-03T00:00:00Z"))
    #expect(try desk.takeTurns() == 1)
    #expect(desk.pages.last?.document == number(1) || desk.records[number(1)] != nil)
  }

  /// What comes between a change and its turn may depend on what changes further until then.
  @Test func whatComesWhileADocumentWaitsIsTouchedWithIt() throws {
    var desk = try DocumentsDesk([plant("A"), part("M"), pedimento(1, "IN", [line(1, "M", "9")])])
    desk.holdsTurns = true
    try desk.take(partes(2, 1, "M", "4"))
    try desk.take(
      act(
        "ACTA",
        [
          #"{"line":1,"part":"M","quantity":"1","uom":6,"#
            + #""discharges":[{"pedimento":"\#(number(2))","line":1}]}"#
        ]))
    #expect(desk.pending("ACTA") == [WaitingReason.entryUnknown.rawValue])
    try desk.take(dataStage(2, [(1, "7")], clave: "R1", rectifies: 1))
    try desk.take(pedimento(3, "RT", [line(1, "M", "1", discharges: 1)]))
    try desk.take(partes(2, 1, "M", "3", row: 2))
    try desk.takeTurns()
    #expect(desk.pending("ACTA") == [] && desk.state(number(2)) == .counts)
    #expect(desk.directed(of: number(3)) == [number(2)])
  }

  /// A turn is bounded; what is left has another.
  @Test func aTurnIsBounded() throws {
    let count = 600
    var desk = try DocumentsDesk((1...count).map { pedimento($0, "IN", [line(1, "M", "5")]) })
    desk.holdsTurns = true
    try desk.take(plant("A"))
    try desk.take(part("M"))
    let turns = try desk.takeTurns()
    #expect(turns == (count + 255) / 256)
    #expect(desk.records.values.allSatisfy { $0.lines.count == 1 })
  }

  @Test func whatWaitsForATurnIsKept() throws {
    var desk = try DocumentsDesk([pedimento(1, "IN", [line(1, "M", "5")])])
    desk.holdsTurns = true
    try desk.take(plant("A"))
    try desk.take(part("M"))
    try desk.reopen()
    // The turn that was asked for is still on its way: no other is.
    #expect(try desk.takeTurns() == 1)
    #expect(desk.records[number(1)]?.lines.count == 1)
  }

  /// Rows before their Data Stage: what each of them adds to the record is its own page.
  @Test func rowsCostWhatTheyAre() throws {
    let count = 2_000
    var desk = try DocumentsDesk([plant("A"), part("M")])
    desk.holdsTurns = true
    for row in 1...count {
      try desk.take(partes(1, 1, "M", "1", row: row))
      if row % 50 == 0 { try desk.takeTurns() }
    }
    // Forty turns, each of which sends the page that grows, and the first for the number of pages.
    #expect(desk.pages.count <= 2 * count / 50)
    #expect(desk.pages.allSatisfy { $0.pending.count <= DocumentRecord.factsOnPage })
    let sent = desk.pages.reduce(0) { $0 + $1.pending.count }
    #expect(sent <= 5 * count)
    #expect(desk.records[number(1)]?.pages == Int32(count / DocumentRecord.factsOnPage))
    try desk.take(dataStage(1, [(1, "\(count)")]))
    try desk.takeTurns()
    #expect(desk.state(number(1)) == .counts && desk.records[number(1)]?.pages == nil)
    #expect(desk.pending(number(1)) == [])
  }

  /// A document of many lines has a record of several pages; only those that differ are sent again.
  @Test func aRecordIsOfPages() throws {
    let count = 1_234
    let lines = (1...count).map { line($0, "M", "1") }
    var desk = try DocumentsDesk([plant("A"), part("M"), pedimento(1, "IN", lines)])
    #expect(desk.pages.map(\.lines.count) == [500, 500, 234])
    #expect(desk.pages.map(\.page) == [nil, 1, 2] && desk.pages.map(\.pages) == [3, nil, nil])
    #expect(desk.pages.map(\.firstLine) == [0, 500, 1_000])
    #expect(desk.pages.map(\.revision) == [1, 2, 3])
    var other = lines
    other[700] = line(701, "M", "2")
    let before = desk.pages.count
    try desk.take(pedimento(1, "IN", other, time: "2024-02-01T00:00:00Z"))
    // When it was received stands on every page.
    #expect(desk.pages.count == before + 3)
    try desk.take(pedimento(1, "IN", Array(lines[..<3]), time: "2024-03-01T00:00:00Z"))
    #expect(desk.pages.last?.lines.count == 3 && desk.pages.last?.pages == nil)
  }

  @Test func aChainOfBillsIsFollowedOnce() throws {
    let length = 3_000
    var desk = try DocumentsDesk(
      [plant("A"), pedimento(1, "RT", [line(1, "P0", "5", finished: true)])]
        + (0...length).map { part("P\($0)") })
    desk.holdsTurns = true
    for level in 0..<length { try desk.take(bom("P\(level)", [("P\(level + 1)", "1")])) }
    #expect(try desk.takeTurns() == 1)
    #expect(desk.records[number(1)]?.pending == [])
  }
}

/// Of several versions of a document the greatest that is complete counts.
@Suite struct VersionTests {
  private func desk(_ events: [String] = []) throws -> DocumentsDesk {
    try DocumentsDesk([plant("A"), part("M")] + events)
  }

  private func extract(
    _ n: Int, _ partidas: [(Int, String)], _ time: String, kind: String = "1", clave: String = "IN",
    rectifies: Int? = nil
  ) -> String {
    dataStage(n, partidas, clave: clave, kind: kind, rectifies: rectifies)
      .replacing("2024-01-01T00:00:00Z", with: time)
  }

  @Test func anExtractWaitsBesideTheEventThatCounts() throws {
    var desk = try desk([pedimento(1, "IN", [line(1, "M", "5")])])
    #expect(try desk.take(extract(1, [(1, "7")], "2024-03-01T00:00:00Z")) == [])
    #expect(desk.state(number(1)) == .counts)
    #expect(desk.pending(number(1)) == [WaitingReason.partesMissing.rawValue])
    #expect(desk.records[number(1)]?.pending.first?.type == "saldo.datastage.v1")
    #expect(try desk.take(partes(1, 1, "M", "4")) == [])
    #expect(desk.state(number(1)) == .counts)
    #expect(try desk.take(partes(1, 1, "M", "3", row: 2)) == ["lot 1/1 M@A 7 r2"])
    #expect(desk.pending(number(1)) == [])
    // A row too many is judged by the extract.
    #expect(try desk.take(partes(1, 1, "M", "1", row: 3)) == [])
    #expect(desk.pending(number(1)) == [RejectionCode.partesExceed.rawValue])
  }

  @Test func inEveryOrder() throws {
    let facts = [
      pedimento(1, "IN", [line(1, "M", "5")]), extract(1, [(1, "7")], "2024-03-01T00:00:00Z"),
      extract(1, [(1, "7"), (2, "1")], "2024-04-01T00:00:00Z"), partes(1, 1, "M", "7"),
    ]
    for order in permutations(facts.indices.map { $0 }) {
      var desk = try desk()
      for index in order { try desk.take(facts[index]) }
      #expect(desk.state(number(1)) == .counts, "\(order)")
      #expect(desk.records[number(1)]?.lines.map(\.quantity.description) == ["7"], "\(order)")
      #expect(desk.pending(number(1)) == [WaitingReason.partesMissing.rawValue], "\(order)")
      let detail = desk.records[number(1)]?.pending.first?.detail
      #expect(detail == "secuencia 2: faltan 1", "\(order)")
    }
  }

  @Test func aDesistedExtractNeedsNoPartes() throws {
    var desk = try desk([pedimento(1, "IN", [line(1, "M", "5")])])
    #expect(
      try desk.take(extract(1, [(1, "5")], "2024-03-01T00:00:00Z", kind: "7")) == [
        "lot 1/1 M@A gone r2"
      ])
    #expect(desk.state(number(1)) == .desisted)
    // What comes after it does not count before its partes are there.
    #expect(try desk.take(extract(1, [(1, "5")], "2024-04-01T00:00:00Z")) == [])
    #expect(desk.state(number(1)) == .desisted)
    #expect(try desk.take(partes(1, 1, "M", "5")) == ["lot 1/1 M@A 5 r3"])
  }

  @Test func anIncompleteRectificationLeavesTheOneThatCounts() throws {
    var desk = try desk([
      pedimento(1, "IN", [line(1, "M", "5")]),
      pedimento(2, "R1", [line(1, "M", "6")], rectifies: 1),
    ])
    let later = extract(2, [(1, "8")], "2024-03-01T00:00:00Z", clave: "R1", rectifies: 1)
    #expect(try desk.take(later) == [])
    #expect(desk.state(number(2)) == .counts && desk.state(number(1)) == .replaced)
    #expect(try desk.take(partes(2, 1, "M", "8")) == ["lot 2/1 M@A 8 r2"])
  }

  /// The version that counts decides what is rectified.
  @Test func theChainFollowsTheVersionThatCounts() throws {
    var desk = try desk([
      pedimento(1, "IN", [line(1, "M", "5")]), pedimento(3, "IN", [line(1, "M", "9")]),
      pedimento(2, "R1", [line(1, "M", "6")], rectifies: 1),
    ])
    let later = extract(2, [(1, "8")], "2024-03-01T00:00:00Z", clave: "R1", rectifies: 3)
    #expect(try desk.take(later) == [])
    let sent = try desk.take(partes(2, 1, "M", "8"))
    #expect(sent.sorted() == ["lot 1/1 M@A 5 r3", "lot 2/1 M@A 8 r2", "lot 3/1 M@A gone r2"])
  }

  @Test func anotherCompanysRecordIsWithdrawn() throws {
    var desk = try desk([pedimento(1, "IN", [line(1, "M", "5")])])
    let other = "BRX990101CD2"
    let before = desk.pages.count
    try desk.take(
      pedimento(1, "IN", [line(1, "M", "5")], time: "2024-02-01T00:00:00Z")
        .replacing(rfc, with: other))
    #expect(desk.pages[before...].map(\.rfc) == [rfc, other])
    #expect(desk.pages[before].state == .unknown && desk.pages[before].lines == [])
    #expect(desk.pages[before + 1].state == .counts)
    #expect(desk.pages[before].revision < desk.pages[before + 1].revision)
  }

  private func permutations(_ items: [Int]) -> [[Int]] {
    guard let first = items.first else { return [[]] }
    return permutations(Array(items.dropFirst())).flatMap { rest in
      (0...rest.count).map { place in
        var order = rest
        order.insert(first, at: place)
        return order
      }
    }
  }
}
