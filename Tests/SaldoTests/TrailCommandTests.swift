import Auditor
import Foundation
import Testing

/// `saldo trail`, and the same on HTTP.
@Suite(.timeLimit(.minutes(20))) struct TrailCommandTests {
  @Test func itLeadsFromAnExitToTheEventsAndBack() async throws {
    try await Workplace.with { place in
      try await place.process([Scenario.events("moves")])
      let text = try String(contentsOfFile: place.path("reports/descargos.csv"), encoding: .utf8)
      let rows = CSV.rows(text)
      let row = Dictionary(
        uniqueKeysWithValues: zip(try #require(rows.first), try #require(rows.last)))
      let (exit, line) = (try #require(row["documento_salida"]), try #require(row["linea_salida"]))
      let trail = try await Self.trail(place, ["--exit", exit, "--line", line])
      let postings = try #require(trail["asientos"] as? [[String: Any]])
      #expect(!postings.isEmpty)
      for posting in postings {
        for time in ["recibido", "registrado"] {
          #expect((posting[time] as? String)?.hasSuffix("Z") == true, "\(posting)")
        }
        #expect(posting["offset"] is Int && posting["particion"] is Int)
      }
      // The exit's event and those of its entries, where they lie.
      let events = try #require(trail["hechos"] as? [[String: Any]])
      let lots = try #require(trail["lotes"] as? [[String: Any]])
      let told = Set(events.compactMap { $0["documento"] as? String })
      #expect(told.isSuperset(of: [exit] + lots.compactMap { $0["pedimento"] as? String }))
      for event in events {
        #expect(event["topic"] as? String == "saldo.inbound")
        #expect(event["offset"] is Int && event["source"] is String && event["id"] is String)
        #expect(event["cuenta"] as? String == "si")
      }
      let entry = try #require(lots.first?["pedimento"] as? String)
      let back = try await Self.trail(place, ["--entry", entry])
      let names = Set((back["asientos"] as? [[String: Any]] ?? []).map { $0["asiento"] as? String })
      #expect(names.contains { name in postings.contains { $0["asiento"] as? String == name } })
    }
  }

  @Test func peopleReadItAndWhatIsWrongIsSaid() async throws {
    try await Workplace.with { place in
      try await place.process([Scenario.events("plain")])
      let text = try String(contentsOfFile: place.path("reports/descargos.csv"), encoding: .utf8)
      let exit = try #require(CSV.rows(text).last)[3]
      let data = ["--data", place.path("data")]
      let shown = try await SaldoProgram.run(["trail", "--exit", exit] + data, expecting: 0)
      for word in ["documentos (", "asientos (", "lotes (", "hechos (", "pedimento_entrada"] {
        #expect(shown.output.contains(word), "\(word)")
      }
      #expect(!shown.output.contains("recortes"))
      let cut = try await SaldoProgram.run(
        ["trail", "--exit", exit, "--limit", "1"] + data, expecting: 1)
      #expect(cut.output.contains("recortes"))
      let none = try await SaldoProgram.run(["trail", "--exit", "none"] + data, expecting: 2)
      #expect(none.errors.contains("none: the books have no such exit"))
      for wrong in [[], ["--exit", "a", "--entry", "b"], ["--exit", "a", "--limit", "0"]] {
        _ = try await SaldoProgram.run(["trail"] + wrong + data, expecting: 2)
      }
    }
  }

  @Test func itIsServedToo() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "2"])
      try await system.waitUntilReady()
      let events = try Scenario(named: "plain").events
      let body = Data(events.joined(separator: Data("\n".utf8)))
      #expect(try await system.post("v1/events", body, "application/x-ndjson").status == 202)
      try await system.waitForReports(of: "plain")
      let text = try String(contentsOfFile: place.path("live/descargos.csv"), encoding: .utf8)
      let row = try #require(CSV.rows(text).last)
      let (answer, json) = try await system.request(
        "api/v1/trail?salida=\(row[3])&linea=\(row[4])", nil)
      #expect(answer.status == 200)
      let value = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
      let told = try #require(value?["hechos"] as? [[String: Any]])
      #expect(told.contains { $0["documento"] as? String == row[3] && $0["offset"] is Int })
      #expect(try await system.get("api/v1/trail?salida=none").status == 404)
      #expect(try await system.get("api/v1/trail?linea=1").status == 400)
      _ = await system.stop(SIGTERM)
    }
  }

  private static func trail(
    _ place: Workplace, _ arguments: [String]
  ) async throws -> [String: Any] {
    let ended = try await SaldoProgram.run(
      ["trail", "--data", place.path("data"), "--json"] + arguments, expecting: 0)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any])
  }
}
