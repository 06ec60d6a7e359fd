import Auditor
import Brokers
import Foundation
import Testing

/// Nothing comes for a long while: brokers close connections, and forget producers and what these
/// sent last.
@Suite(.serialized, .timeLimit(.minutes(10))) struct IdleOnKafkaTests {
  @Test func whoWasForgottenGoesOn() async throws {
    try needsKafka()
    try await Workplace.with { place in
      var setup = KafkaCluster.Setup()
      setup.settings = [
        "connections.max.idle.ms": "1000", "producer.id.expiration.ms": "1000",
        "producer.id.expiration.check.interval.ms": "500",
      ]
      let cluster = try await ServiceCluster(place, on: KafkaCluster(setup), partitions: 2)
      let processes = try await ServiceProcess.ofEach(on: cluster)
      let lines = try String(contentsOfFile: Scenario.events("everything"), encoding: .utf8)
        .split(separator: "\n")
      for part in 0..<4 {
        let range = lines.count * part / 4..<lines.count * (part + 1) / 4
        let file = try place.write(
          lines[range].joined(separator: "\n") + "\n", to: "part-\(part).ndjson")
        // By the producer of a process that runs on.
        try await SaldoProgram.run(["load", file, "--to", processes[0].url], expecting: 0)
        try await cluster.export(to: "reports")
        let end = ContinuousClock.now + .seconds(4)
        while ContinuousClock.now < end {
          for process in processes { #expect(try await process.get("health/live").status == 200) }
        }
      }
      for process in processes { await process.end() }
      try Scenario.expect("everything", in: place.path("reports"), "after idle times")
    }
  }
}
