import Auditor
import Brokers
import Foundation
import SaldoComposition
import Testing

/// A broker is away, and what is written needs it: `min.insync.replicas` is not met.
@Suite(.serialized, .timeLimit(.minutes(15))) struct CopiesOnKafkaTests {
  /// For how long; two minutes, which is longer than any request waits, in `make soak`.
  private static let absence = Duration.seconds(
    ProcessInfo.processInfo.environment["SALDO_SOAK"] == nil ? 15 : 120)

  @Test func whatLacksCopiesIsWaitedForAndSaid() async throws {
    try needsKafka()
    try await Workplace.with { place in
      let kafka = try KafkaCluster(.init(nodes: 3))
      let cluster = try await ServiceCluster(place, on: kafka, partitions: 2)
      try await SaldoProgram.run(
        ["load", Scenario.events("everything")] + cluster.options, expecting: 0)
      // The groups' own topic goes on with two: only what services write is held up.
      // Settings are written before a service serves, and were not yet.
      let topics = SystemTopics.specifications(partitions: 2)
        .filter { $0.name != "saldo.settings" }.map { cluster.name($0.name) }
      try kafka.set(["min.insync.replicas": "3"], of: topics)
      try kafka.terminate(3)

      var processes: [ServiceProcess] = []
      for service in ServiceProcess.all {
        processes.append(try await ServiceProcess(service, "\(service)-1", on: cluster))
      }
      let ingest = processes[0]
      var ready = try await ingest.get("health/ready")
      while ready.status != 503 || !ready.text.contains("in sync") {
        ready = try await ingest.get("health/ready")
      }
      let end = ContinuousClock.now + Self.absence
      while ContinuousClock.now < end {
        for process in processes { #expect(try await process.get("health/live").status == 200) }
      }

      try kafka.start(3)
      try await cluster.export(to: "reports")
      while try await ingest.get("health/ready").status != 200 {}
      for process in processes { await process.end() }
      try Scenario.expect("everything", in: place.path("reports"), "after copies were missing")
    }
  }
}
