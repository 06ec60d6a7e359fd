import Auditor
import Brokers
import EventLog
import Foundation
import Testing

/// The drill of `Documentation/Backups.md`: a cluster is made again of its facts and its settings.
@Suite(.serialized, .timeLimit(.minutes(10))) struct RestoreOnMockTests {
  private static let partitions = 3
  private static let kept = ["saldo.inbound", "saldo.settings"]
  /// Another number than the default, by which these events come to other pairs.
  private static let days = ["--pairing-days", "0"]

  @Test func whatIsLeftOfAClusterIsItsFactsAndSettings() async throws {
    try await Workplace.with { place in
      let mock = try MockCluster()
      let lost = try ServiceCluster(place, on: mock, partitions: Self.partitions)
      let files = try Self.halves(place)
      let backup = try await Self.backup(of: lost, after: files[0])

      // Every topic, every data folder and every group is gone.
      let cluster = try ServiceCluster(place, on: mock, partitions: Self.partitions)
      let log = try cluster.log()
      for (partition, records) in backup where !records.isEmpty {
        var packed = PackedRecords()
        for record in records { packed.append(record) }
        try await log.append([OutgoingBatch(target: partition, records: packed)], source: nil)
      }
      await log.close()
      let services = try await Self.start(cluster, "new")
      try await SaldoProgram.run(["load", files[1]] + cluster.options, expecting: 0)
      try await cluster.export(to: "reports")
      for service in services { await service.end() }

      let all = try place.write(
        try files.map { try String(contentsOfFile: $0, encoding: .utf8) }.joined(), to: "all.ndjson"
      )
      try await place.process([all], data: "calm", reports: "calm-reports", Self.days)
      try place.expectSame("reports", as: "calm-reports", "after the drill")
    }
  }

  /// A second instance goes by what the first recorded, and one that is told otherwise ends.
  private static func backup(
    of cluster: ServiceCluster, after file: String
  ) async throws -> [(TopicPartition, [Record])] {
    let first = try await start(cluster, "old", days)
    let refused = try await SaldoProgram.run(
      ["transfer", "--data", cluster.place.path("other"), "--port", "0", "--pairing-days", "9"]
        + cluster.options, expecting: 2)
    #expect(refused.errors.contains("has --pairing-days 0, not 9"), "\(refused.errors)")
    let second = try await ServiceProcess("transfer", "second", isStatic: false, on: cluster)
    try await SaldoProgram.run(["load", file] + cluster.options, expecting: 0)
    for service in first + [second] { await service.end() }
    let log = try cluster.log()
    var backup: [(TopicPartition, [Record])] = []
    for topic in kept {
      for partition in 0..<(try await log.partitions(of: topic)) {
        let target = TopicPartition(topic, partition)
        backup.append((target, try await log.records(of: target)))
      }
    }
    await log.close()
    #expect(backup.last?.1.count == 1, "one setting")
    #expect(backup.reduce(0) { $0 + $1.1.count } == 5, "four facts and it")
    return backup
  }

  private static func start(
    _ cluster: ServiceCluster, _ name: String, _ ofTransfer: [String] = []
  ) async throws -> [ServiceProcess] {
    var processes: [ServiceProcess] = []
    for service in ServiceProcess.all {
      processes.append(
        try await ServiceProcess(
          service, "\(service)-\(name)", isStatic: false, on: cluster,
          service == "transfer" ? ofTransfer : []))
    }
    return processes
  }

  private static func halves(_ place: Workplace) throws -> [String] {
    let lines = String(decoding: TransfersTests.events, as: UTF8.self).split(separator: "\n")
    return try [lines[..<(lines.count / 2)], lines[(lines.count / 2)...]].enumerated().map {
      try place.write($1.joined(separator: "\n") + "\n", to: "half-\($0).ndjson")
    }
  }
}
