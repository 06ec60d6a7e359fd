import Auditor
import Brokers
import Foundation
import SaldoComposition
import Testing

/// What administrators do to brokers while facts come in.
@Suite(.serialized, .timeLimit(.minutes(10))) struct MovesOnKafkaTests {
  /// Every partition gets another leader, three times; so do those of the groups.
  @Test func leadersThatMoveDisturbNothing() async throws {
    try needsKafka()
    try await Workplace.with { place in
      let kafka = try KafkaCluster(.init(nodes: 3))
      let cluster = try await ServiceCluster(place, on: kafka, partitions: 2)
      let topics =
        SystemTopics.specifications(partitions: 2).map { cluster.name($0.name) }
        + ["__consumer_offsets"]
      let processes = try await ServiceProcess.ofEach(on: cluster)
      // The groups' own topic is made with the first of them.
      while try await processes[0].get("health/ready").status != 200 {}
      let lines = try String(contentsOfFile: Scenario.events("everything"), encoding: .utf8)
        .split(separator: "\n")
      for part in 0..<3 {
        let range = lines.count * part / 3..<lines.count * (part + 1) / 3
        let file = try place.write(
          lines[range].joined(separator: "\n") + "\n", to: "part-\(part).ndjson")
        async let loaded = SaldoProgram.run(["load", file] + cluster.options, expecting: 0)
        try kafka.moveLeaders(of: topics)
        _ = try await loaded
      }
      try await cluster.export(to: "reports")
      for process in processes { await process.end() }
      try Scenario.expect("everything", in: place.path("reports"), "while leaders moved")
    }
  }

  /// Brokers hold back whoever takes more than its share: everything is slower, and that is all.
  @Test func aQuotaOnlySlowsDown() async throws {
    try needsKafka()
    try await Workplace.with { place in
      let kafka = try KafkaCluster()
      let cluster = try await ServiceCluster(place, on: kafka, partitions: 2)
      let processes = try await ServiceProcess.ofEach(on: cluster)
      while try await processes[0].get("health/ready").status != 200 {}
      try kafka.throttle(to: 20_000)
      try await SaldoProgram.run(
        ["load", Scenario.events("everything")] + cluster.options, expecting: 0)
      try await cluster.export(to: "reports")
      for process in processes { await process.end() }
      try Scenario.expect("everything", in: place.path("reports"), "under a quota")
    }
  }
}
