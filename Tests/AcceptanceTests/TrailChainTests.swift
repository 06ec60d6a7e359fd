import Auditor
import EventLogTesting
import Foundation
import Harness
import ReportingRules
import ReportingService
import Testing

/// Trails down chains of plants, companies and scrap, computed by hand.
@Suite struct TrailChainTests {
  @Test func movesAreStepsOnTheWay() throws {
    let events = [
      part("M"), plant("D"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10")]),
      move("MV-1", at: "2024-02-01T12:00:00Z", from: "A", to: "B", "M", "6"),
      move("MV-2", at: "2024-02-02T12:00:00Z", from: "B", to: "D", "M", "5"),
      pedimento(number(3), "RT", on: "2024-02-03", at: "D", [line(1, "M", "4.5")]),
    ]
    try Self.with(events) { reports in
      let back = try reports.trail(TrailQuestion(.exit, of: number(3)))
      #expect(
        Self.cells(back, .postings, ["paso", "planta", "documento_salida", "incorporado"]) == [
          "0 D \(number(3)) 4.5", "1 B MV-2 5", "2 A MV-1 6",
        ])
      #expect(
        Self.cells(back, .lots, ["paso", "planta", "origen", "saldo"]) == [
          "0 D traslado 0.5", "1 B traslado 1", "2 A entrada 4",
        ])
      #expect(
        Self.cells(back, .documents, ["papel", "documento"]) == [
          "salida \(number(3))", "traslado MV-1", "traslado MV-2", "entrada \(number(1))",
        ])
      let forth = try reports.trail(TrailQuestion(.entry, of: number(1), line: 1))
      #expect(
        Self.cells(forth, .postings, ["paso", "planta", "documento_salida"]) == [
          "0 A MV-1", "1 B MV-2", "2 D \(number(3))",
        ])
      #expect(
        Self.cells(forth, .lots, ["paso", "planta"]) == ["0 A", "1 B", "2 D"])
      // As of the day of the first move the rest is not there yet.
      let then = try reports.trail(TrailQuestion(.entry, of: number(1)), asOf: "2024-02-01")
      #expect(
        Self.cells(then, .postings, ["planta", "documento_salida", "incorporado"])
          == ["A MV-1 6"])
      #expect(try reports.trail(TrailQuestion(.entry, of: number(1), line: 2)).isEmpty)
      #expect(try reports.trail(TrailQuestion(.entry, of: number(1), part: "N")).isEmpty)
    }
  }

  /// The receiver's goods lead to the sender's entry, and the other way round.
  @Test func transfersLeadToTheOtherCompany() throws {
    let other = "BRX990101CD2"
    func document(
      _ number: String, _ clave: String, _ operation: String, _ rfc: String, _ plant: String,
      on day: String, _ counterparty: String, _ quantity: String
    ) -> EventText {
      EventText(
        type: "pedimento",
        data: """
          {"pedimento":"\(number)","clave":"\(clave)","operation":"\(operation)","rfc":"\(rfc)",\
          "plant":"\(plant)","paidOn":"\(day)",\(counterparty)\
          "lines":[\(line(1, "M", quantity, value: "100"))]}
          """)
    }
    let events = [
      part("M"), plant("Z", rfc: other),
      document(number(1), "IN", "import", "AME010203AB1", "A", on: "2024-01-10", "", "10"),
      document(
        number(2), "V1", "export", "AME010203AB1", "A", on: "2024-02-01",
        #""counterparty":{"rfc":"\#(other)","pedimento":"\#(number(3))"},"#, "6"),
      document(
        number(3), "V1", "import", other, "Z", on: "2024-02-01",
        #""counterparty":{"rfc":"AME010203AB1","pedimento":"\#(number(2))"},"#, "6"),
      document(number(4), "RT", "export", other, "Z", on: "2024-03-01", "", "2"),
    ]
    try Self.with(events) { reports in
      let back = try reports.trail(TrailQuestion(.exit, of: number(4)))
      let columns = ["paso", "planta", "documento_salida", "pedimento_entrada", "incorporado"]
      #expect(
        Self.cells(back, .postings, columns) == [
          "0 Z \(number(4)) \(number(3)) 2", "1 A \(number(2)) \(number(1)) 6",
        ])
      #expect(
        Self.cells(back, .lots, ["paso", "pedimento", "liga"]) == [
          "0 \(number(3)) ", "1 \(number(1)) parte",
        ])
      let pair = ["rfc_transfiere", "pedimento_transfiere", "rfc_recibe", "pedimento_recibe"]
      let transfer = ["AME010203AB1 \(number(2)) \(other) \(number(3))"]
      #expect(Self.cells(back, .transfers, pair) == transfer)
      let forth = try reports.trail(TrailQuestion(.entry, of: number(1)))
      #expect(
        Self.cells(forth, .postings, columns) == [
          "0 A \(number(2)) \(number(1)) 6", "1 Z \(number(4)) \(number(3)) 2",
        ])
      #expect(Self.cells(forth, .transfers, pair) == transfer)
      // Before the transfer nobody knows of it.
      let then = try reports.trail(TrailQuestion(.entry, of: number(1)), asOf: "2024-01-31")
      #expect(then[.transfers].isEmpty && then[.postings].isEmpty && then[.lots].count == 1)
      // Who sees one company sees no row of the other, and is told.
      let own = try reports.trail(TrailQuestion(.exit, of: number(4))) { $0 == other }
      #expect(Self.cells(own, .postings, ["planta"]) == ["Z"])
      #expect(!own.isCut && own.table(.cuts).contains { $0["motivo"].contains("otra empresa") })
    }
  }

  /// What an exit left as scrap is followed to its disposal.
  @Test func scrapLeadsToItsDisposal() throws {
    let events = [
      part("M"), part("P", kind: "product"), bom("P", [("M", "1", "0", "0.5")]),
      pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10")]),
      pedimento(number(2), "RT", on: "2024-02-01", [line(1, "P", "2", finished: true)]),
      act("AC-1", on: "2024-03-01", scrap: true, [(1, "M", "1")]),
    ]
    try Self.with(events) { reports in
      let columns = ["paso", "documento_salida", "cuenta", "incorporado", "desperdicio"]
      let forth = try reports.trail(TrailQuestion(.entry, of: number(1)))
      #expect(
        Self.cells(forth, .postings, columns) == [
          "0 \(number(2)) existencia 2 1", "1 AC-1 desperdicio 0 1",
        ])
      let back = try reports.trail(TrailQuestion(.exit, of: "AC-1", line: 1))
      #expect(
        Self.cells(back, .postings, columns) == [
          "0 AC-1 desperdicio 0 1", "1 \(number(2)) existencia 2 1",
        ])
      #expect(Self.cells(back, .bills, ["producto", "version"]) == ["P A"])
    }
  }

  private static func cells(_ trail: Trail, _ table: TrailTable, _ columns: [String]) -> [String] {
    trail.table(table).map { row in columns.map { row[$0] }.joined(separator: " ") }
  }

  /// Whatever came first, the trail is the same.
  private static func with(
    _ events: [EventText], _ body: (SavedReports) throws -> Void
  ) throws {
    let scenario = Scenario("trail", events)
    for (partitions, seed) in [(1, 0), (3, 5)] as [(Int32, UInt64)] {
      let cluster = try Cluster(partitions: partitions)
      let events = seed == 0 ? scenario.events : scenario.shuffled(seed: seed)
      try cluster.produce(events.map { [UInt8]($0) })
      try cluster.settle()
      try cluster.withReports(body)
    }
  }
}
