import Auditor
import Brokers
import EventLog
import Foundation
import SaldoComposition
import Testing

/// Services as processes on the mock of a cluster, which finds out when one of them dies.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ProcessesOnMockTests {
  private static let scenario = "everything"

  /// Discharge's stage, as metrics name it.
  private static let books = "service=\"discharge\",stage=\"books\""

  @Test func aRunningProcessTakesADeadOnesPartitionsOver() async throws {
    try await Workplace.with { place in
      let cluster = try ServiceCluster(place, on: MockCluster(), partitions: 4)
      let files = try Self.parts(place, 3)
      func discharge(_ name: String) async throws -> ServiceProcess {
        try await ServiceProcess("discharge", name, isStatic: false, on: cluster)
      }
      let dying = try await discharge("discharge-1")
      let staying = try await discharge("discharge-2")
      try await dying.waitFor("saldo_stage_partitions", Self.books) { $0 == 2 }
      try await staying.waitFor("saldo_stage_partitions", Self.books) { $0 == 2 }
      let others = try await Self.start(["ingest", "transfer", "reporting"], on: cluster)

      async let loaded = SaldoProgram.run(["load", files[0]] + cluster.options, expecting: 0)
      // In the midst of its work.
      try await dying.waitFor("saldo_stage_records_applied_total", Self.books) { $0 > 0 }
      let ended = await dying.stop(SIGKILL)
      #expect(ended.isKilled, "\(ended.errors)")
      _ = try await loaded
      try await SaldoProgram.run(["load", files[1]] + cluster.options, expecting: 0)
      try await staying.waitFor("saldo_stage_partitions", Self.books) { $0 == 4 }
      #expect(try await staying.get("health/ready").status == 200)

      // It comes back to the stores that it left, which are behind by then.
      let back = try await discharge("discharge-1")
      try await back.waitFor("saldo_stage_partitions", Self.books) { $0 == 2 }
      try await SaldoProgram.run(["load", files[2]] + cluster.options, expecting: 0)
      try await cluster.export(to: "reports")
      for process in others + [staying, back] { await process.end() }
      try await Self.expectUndisturbed(place)
    }
  }

  /// Reporting is for readers: what it has not taken yet lies in the topics, and nobody waits.
  @Test func theBooksGoOnWithoutReporting() async throws {
    try await Workplace.with { place in
      let cluster = try ServiceCluster(place, on: MockCluster(), partitions: 2)
      let services = try await Self.start(["transfer", "discharge", "ingest"], on: cluster)
      for file in try Self.parts(place, 2) {
        try await SaldoProgram.run(["load", file] + cluster.options, expecting: 0)
        try await cluster.waitUntilApplied(by: [
          ("ingest.intake", "saldo.inbound"), ("ingest.documents", "saldo.documents"),
          ("discharge.books", "saldo.movements"), ("transfer.postings", "saldo.ledger"),
          ("transfer.pairs", "saldo.sides"),
        ])
      }
      let log = try cluster.log()
      var postings: Int64 = 0
      for partition: Int32 in 0..<2 {
        postings += try await log.end(of: TopicPartition("saldo.ledger", partition))
      }
      #expect(postings > 0)
      for stage in ["ledger", "records"] {
        let applied = try await log.applied(
          group: ServiceName.group("saldo.reporting.\(stage)"), topic: "saldo.\(stage)")
        #expect(applied == [nil, nil])
      }
      await log.close()

      let reporting = try await Self.start(["reporting"], on: cluster)
      try await cluster.export(to: "reports")
      for process in services + reporting { await process.end() }
      try await Self.expectUndisturbed(place)
    }
  }

  // MARK: -

  private static func start(
    _ services: [String], on cluster: ServiceCluster
  ) async throws -> [ServiceProcess] {
    var processes: [ServiceProcess] = []
    for service in services {
      processes.append(
        try await ServiceProcess(service, "\(service)-1", isStatic: false, on: cluster))
    }
    return processes
  }

  /// A scenario's events in so many files.
  private static func parts(_ place: Workplace, _ count: Int) throws -> [String] {
    let lines = try String(contentsOfFile: Scenario.events(scenario), encoding: .utf8)
      .split(separator: "\n")
    return try (0..<count).map { part in
      let range = lines.count * part / count..<lines.count * (part + 1) / count
      return try place.write(
        lines[range].joined(separator: "\n") + "\n", to: "part-\(part).ndjson")
    }
  }

  /// The reports are those of the scenario, and of one process that nothing befell to the byte.
  private static func expectUndisturbed(_ place: Workplace) async throws {
    try Scenario.expect(scenario, in: place.path("reports"), "on the mock")
    try await place.process(
      [Scenario.events(scenario)], data: "calm", reports: "calm-reports", ["--partitions", "2"])
    try place.expectSame("reports", as: "calm-reports", "on the mock")
  }
}
