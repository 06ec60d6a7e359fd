import Auditor
import Foundation
import Testing

/// The scenarios through a broker and four services in processes of their own.
@Suite(.serialized, .timeLimit(.minutes(40))) struct ClusterScenarioTests {
  @Test(arguments: Scenario.names)
  func agreesFromEvents(_ name: String) async throws {
    try await Workplace.with { place in
      let cluster = try await ServiceCluster(place, partitions: 3)
      let processes = try await start(cluster, instances: 1)
      try await SaldoProgram.run(["load", Scenario.events(name)] + cluster.options, expecting: 0)
      try await cluster.export(to: "reports")
      for process in processes { await process.end() }
      try await expectAsEmbedded(place, [Scenario.events(name)], name)
    }
  }

  @Test(arguments: ["everything", "late-twice-rectified"])
  func agreesFromCustomsFilesWithTwoOfEach(_ name: String) async throws {
    try await Workplace.with { place in
      let files = try Scenario.customsFiles(name)
      let cluster = try await ServiceCluster(place, partitions: 3)
      let processes = try await start(cluster, instances: 2)
      let ingest = try #require(processes.first { $0.service == "ingest" })
      try await SaldoProgram.run(["load"] + files.reversed() + ["--to", ingest.url], expecting: 0)
      try await cluster.export(to: "reports")
      for process in processes { await process.end() }
      try await expectAsEmbedded(place, files, name)
    }
  }

  private func start(
    _ cluster: ServiceCluster, instances: Int
  ) async throws -> [ServiceProcess] {
    var processes: [ServiceProcess] = []
    // In no order that helps.
    for service in ServiceProcess.all.reversed() {
      for instance in 1...instances {
        processes.append(
          try await ServiceProcess(service, "\(service)-\(instance)", on: cluster))
      }
    }
    return processes
  }

  /// The reports are those of the scenario, and of one process on the embedded log to the byte.
  private func expectAsEmbedded(
    _ place: Workplace, _ files: [String], _ name: String
  ) async throws {
    try Scenario.expect(name, in: place.path("reports"), "through the broker")
    try await place.process(files, data: "alone", reports: "alone-reports", ["--partitions", "2"])
    try place.expectSame("reports", as: "alone-reports", "through the broker")
  }
}
