import Auditor
import Foundation
import Testing

/// The reports of `saldo up` on HTTP.
@Suite(.timeLimit(.minutes(20))) struct ReportsOnHTTPTests {
  @Test func theyAreWhatAnExportWrites() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "2"])
      try await system.waitUntilReady()
      let events = try Scenario(named: "plain").events
      let body = Data(events.joined(separator: Data("\n".utf8)))
      #expect(try await system.post("v1/events", body, "application/x-ndjson").status == 202)
      try await system.waitForReports(of: "plain")
      for name in ["saldos", "descargos", "conservacion"] {
        let (answer, text) = try await system.request(
          "api/v1/reports/\(name).csv?today=2026-01-31", nil)
        let file = place.path("live/\(name).csv")
        #expect(answer.status == 200)
        #expect(try text == String(contentsOfFile: file, encoding: .utf8), "\(name)")
      }
      let (wrong, problem) = try await system.request("api/v1/reports/saldos.csv?plant=x", nil)
      #expect(wrong.status == 400 && problem.contains("parameter.unknown"))
      #expect(try await system.get("api/v1/openapi.json").status == 200)
      let ended = await system.stop(SIGTERM)
      #expect(ended.code == 0 && !ended.isKilled, "\(ended.errors)")
    }
  }

  @Test func whoMaySendFactsOfACompanySeesItsReportsAlone() async throws {
    try await Workplace.with { place in
      let tokens = ["one", "two", "all"].map { String(repeating: $0 + "-token-", count: 6) }
      let file = try place.write(
        """
        one \(tokens[0]) rfc=MNO010101AB1 plants=* source=*
        two \(tokens[1]) rfc=BRX990101CD2 plants=* source=*
        all \(tokens[2]) rfc=* plants=* source=*

        """, to: "producers")
      chmod(file, 0o600)
      let system = try await RunningSystem(
        place, ["--partitions", "1", "--token-file", file])
      try await system.waitUntilReady()
      let event =
        #"{"specversion":"1.0","id":"1","source":"/x","type":"immex.nothing.v1","data":{}}"#
      _ = try await system.post(
        "v1/events", event, "application/cloudevents+json",
        ["Authorization": "Bearer \(tokens[2])"])
      let path = "api/v1/reports/pendientes.csv"
      #expect(try await system.get(path).status == 401)
      func rows(_ token: String) async throws -> Int {
        let (answer, text) = try await system.request(
          path, nil, "text/plain", ["Authorization": "Bearer \(token)"])
        return answer.status == 200 ? CSV.rows(text).count - 1 : -1
      }
      // Whose event it is cannot be read, so only who sees all sees it.
      while try await rows(tokens[2]) != 1 {}
      #expect(try await rows(tokens[0]) == 0)
      #expect(try await rows(tokens[1]) == 0)
      _ = await system.stop(SIGTERM)
    }
  }
}
