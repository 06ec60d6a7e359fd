import Auditor
import Brokers
import Foundation
import SaldoComposition
import Testing

/// What is written needs brokers that are away: `min.insync.replicas` is not met, while facts come
/// in by every way.
@Suite(.serialized, .timeLimit(.minutes(20))) struct CopiesOnKafkaTests {
  /// For how long; two minutes, which is longer than any request waits, in `make soak`.
  private static let absence = Duration.seconds(Soak.isOn ? 120 : 15)

  /// Why records have too few copies.
  enum Lack: CaseIterable {
    /// One of three nodes is away where three copies are asked for: what is written is refused.
    /// The groups' own topic goes on with two.
    case refused
    /// Two of three are frozen, so nothing can be agreed on: what is written is not answered, nor
    /// is much else.
    case unanswered
  }

  @Test(arguments: Lack.allCases)
  func whatLacksCopiesIsWaitedForAndSaid(_ lack: Lack) async throws {
    try needsKafka()
    try await Workplace.with { place in
      let kafka = try KafkaCluster(.init(nodes: 3))
      let cluster = try await ServiceCluster(place, on: kafka, partitions: 2)
      let processes = try await ServiceProcess.ofEach(on: cluster)
      let ingest = processes[0]
      let parts = try Self.parts(place)
      try await SaldoProgram.run(["load", parts[0]] + cluster.options, expecting: 0)

      try Self.begin(lack, on: kafka, cluster)
      let end = ContinuousClock.now + Self.absence
      async let produced: Void = Self.load(parts[1], cluster.options)
      async let posted: Void = Self.load(parts[2], ["--to", ingest.url])
      var reasons: Set<String> = []
      while ContinuousClock.now < end || !reasons.contains(where: Self.says) {
        for process in processes { #expect(try await process.get("health/live").status == 200) }
        let ready = try await ingest.get("health/ready")
        if ready.status == 503 { reasons.insert(ready.text) }
      }

      // What was sent before is a repetition, should it be taken.
      let known = try String(contentsOfFile: parts[0], encoding: .utf8)
      #expect(try await ingest.post("v1/events", known) == 503)

      try Self.end(lack, on: kafka)
      try await produced
      try await posted
      try await cluster.export(to: "reports")
      for process in processes {
        while try await process.get("health/ready").status != 200 { try Task.checkCancellation() }
      }
      // None has ended by itself.
      for process in processes { await process.end() }
      try Scenario.expect("everything", in: place.path("reports"), "after copies were missing")
    }
  }

  private static func begin(_ lack: Lack, on kafka: KafkaCluster, _ cluster: ServiceCluster) throws
  {
    switch lack {
    case .refused:
      let topics = SystemTopics.specifications(partitions: 2).map { cluster.name($0.name) }
      try kafka.set(["min.insync.replicas": "3"], of: topics)
      try kafka.terminate(3)
    case .unanswered: for node in 2...3 { kafka.pause(node) }
    }
  }

  private static func end(_ lack: Lack, on kafka: KafkaCluster) throws {
    switch lack {
    case .refused: try kafka.start(3)
    case .unanswered: for node in 2...3 { kafka.resume(node) }
    }
  }

  /// Whether `ready` tells what is wrong with the brokers.
  private static func says(_ text: String) -> Bool {
    text.contains("\"log\":\"") && (text.contains("in sync") || text.contains("cannot ask"))
  }

  /// A scenario's events in three files.
  private static func parts(_ place: Workplace) throws -> [String] {
    let lines = try String(contentsOfFile: Scenario.events("everything"), encoding: .utf8)
      .split(separator: "\n")
    return try (0..<3).map { part in
      let range = lines.count * part / 3..<lines.count * (part + 1) / 3
      return try place.write(
        lines[range].joined(separator: "\n") + "\n", to: "part-\(part).ndjson")
    }
  }

  /// Sends a file, again where that fails, as a sender does that is not told that all was taken.
  private static func load(_ file: String, _ options: [String]) async throws {
    while try await SaldoProgram.run(["load", file] + options).code == 2 {
      try Task.checkCancellation()
    }
  }
}
