import Auditor
import Brokers
import Foundation
import Testing

/// Services and the broker come up in any order.
@Suite(.serialized, .timeLimit(.minutes(10))) struct LateBrokerTests {
  @Test func aServiceThatStartsBeforeTheBrokerGoesOnWhenItComes() async throws {
    try await Workplace.with { place in
      let cluster = try await ServiceCluster(place, on: TestCluster.ownBroker(), partitions: 2)
      try await SaldoProgram.run(
        ["load", Scenario.events("plain")] + cluster.options, expecting: 0)
      try cluster.broker?.terminate()

      let early = try RunningProgram(
        [
          "discharge", "--data", place.path("discharge-1"), "--port", "0", "--wait", "300",
          "--log-level", "warning", "--instance", "discharge-1",
        ] + cluster.options)
      let trouble = await early.errorLine(with: "Connection refused")
      #expect(trouble != nil)
      try cluster.broker?.start()
      let address = await early.line(after: "listening on ")
      #expect(address != nil)

      var others: [ServiceProcess] = []
      for service in ["ingest", "transfer", "reporting"] {
        others.append(try await ServiceProcess(service, "\(service)-1", on: cluster))
      }
      try await cluster.export(to: "reports")
      early.send(SIGTERM)
      let ended = await early.ended()
      #expect(ended.code == 0 && !ended.isKilled, "\(ended.errors)")
      for process in others { await process.end() }
      try Scenario.expect("plain", in: place.path("reports"), "after a late broker")
    }
  }
}
