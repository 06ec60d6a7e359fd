import Auditor
import Brokers
import Foundation
import SaldoComposition
import Testing

/// A cluster whose disks are put back to an older copy, while the services keep their stores: what
/// they hold is ahead of every log.
@Suite(.serialized, .timeLimit(.minutes(10))) struct OlderDiskOnKafkaTests {
  private static let kept: Set = ["saldo.inbound", "saldo.settings"]

  /// Services that run through it stop what they cannot go on with, and live; started again they
  /// refuse the older log, and touch nothing. The way that they name leads to whole books.
  @Test func anOlderCopyOfTheLogsIsRefusedAndTheWayOutHolds() async throws {
    try needsKafka()
    try await Workplace.with { place in
      let kafka = try KafkaCluster()
      let cluster = try await ServiceCluster(place, on: kafka, partitions: 2)
      let halves = try Self.halves(place)
      var processes = try await ServiceProcess.ofEach(on: cluster)
      try await Self.load(halves[0], cluster)
      try await cluster.export(to: "first")
      for process in processes { await process.end() }
      try kafka.terminate()
      try kafka.keepDisks()
      try kafka.start()

      processes = try await ServiceProcess.ofEach(on: cluster)
      try await Self.load(halves[1], cluster)
      try await cluster.export(to: "whole")
      try Scenario.expect("everything", in: place.path("whole"), "before")
      try kafka.terminate()
      try kafka.putDisksBack()
      try kafka.start()
      try await Self.expectRefusal(by: processes[0], "saldo.inbound")
      for process in processes { await process.end() }

      processes = try await ServiceProcess.ofEach(on: cluster)
      try await Self.expectRefusal(by: processes[0], "an older copy")
      try await Self.expectRefusal(by: processes[0], "every topic but saldo.inbound")
      for process in processes { await process.end() }

      try await Self.rebuild(kafka, cluster)
      processes = try await ServiceProcess.ofEach(on: cluster)
      // Whoever sent what was lost sends it again.
      for half in halves { try await Self.load(half, cluster) }
      try await cluster.export(to: "again")
      for process in processes { await process.end() }
      try Scenario.expect("everything", in: place.path("again"), "built anew")
    }
  }

  /// What the page on Kafka says under "Rebuild everything".
  private static func rebuild(_ kafka: KafkaCluster, _ cluster: ServiceCluster) async throws {
    let topics = SystemTopics.specifications(partitions: 2).map(\.name)
    for topic in topics where !kept.contains(topic) { try kafka.remove(cluster.name(topic)) }
    for service in ServiceProcess.all {
      try FileManager.default.removeItem(atPath: cluster.place.path("\(service)-1"))
    }
    try FileManager.default.removeItem(atPath: cluster.place.path("reader"))
    // A broker may yet have to forget the topics.
    while try await SaldoProgram.run(
      ["topics", "create", "--partitions", "2"] + cluster.options
    ).code != 0 { try Task.checkCancellation() }
  }

  private static func expectRefusal(by process: ServiceProcess, _ words: String) async throws {
    var ready = try await process.get("health/ready")
    while ready.status != 503 || !ready.text.contains(words) {
      try Task.checkCancellation()
      ready = try await process.get("health/ready")
    }
  }

  private static func load(_ file: String, _ cluster: ServiceCluster) async throws {
    try await SaldoProgram.run(["load", file] + cluster.options, expecting: 0)
  }

  private static func halves(_ place: Workplace) throws -> [String] {
    let lines = try String(contentsOfFile: Scenario.events("everything"), encoding: .utf8)
      .split(separator: "\n")
    return try [lines[..<(lines.count / 2)], lines[(lines.count / 2)...]].enumerated().map {
      try place.write($1.joined(separator: "\n") + "\n", to: "half-\($0).ndjson")
    }
  }
}
