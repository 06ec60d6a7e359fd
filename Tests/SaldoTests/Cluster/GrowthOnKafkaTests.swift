import Auditor
import Brokers
import EventLog
import Foundation
import Testing

/// Somebody gives the inbound topic more partitions, and producers use them at once. Members have
/// names, with which a group leaves its partitions to those that it knows.
@Suite(.serialized, .timeLimit(.minutes(10))) struct GrowthOnKafkaTests {
  private static let intake = "service=\"ingest\",stage=\"intake\""
  /// Topics are looked at more often than once a minute here.
  private static let often = ["--kafka", "topic.metadata.refresh.interval.ms=2000"]

  /// While two instances run: nobody starts anything again, and nothing is wrong meanwhile.
  @Test func addedPartitionsAreReadByThoseThatRun() async throws {
    try needsKafka()
    try await Workplace.with { place in
      let kafka = try KafkaCluster()
      let cluster = try await ServiceCluster(place, on: kafka, partitions: 2)
      var processes: [ServiceProcess] = []
      for service in ServiceProcess.all {
        for number in 1...2 {
          processes.append(
            try await ServiceProcess(service, "\(service)-\(number)", on: cluster, Self.often))
        }
      }
      let ingest = processes.prefix(2)
      for process in ingest { try await Self.wait(for: 1, process) }
      try await Self.load(part: 0, partitions: 2, cluster)
      try kafka.extend(cluster.name("saldo.inbound"), to: 5)
      try await Self.load(part: 1, partitions: 5, cluster)
      var counts: [Int] = []
      while counts.reduce(0, +) != 5 {
        counts = []
        for process in ingest { counts.append(try await Self.partitions(of: process)) }
      }
      #expect(counts.sorted() == [2, 3])
      try await cluster.export(to: "reports")
      for process in processes {
        let ready = try await process.get("health/ready")
        #expect(ready.status == 200, "\(ready.text)")
        await process.end()
      }
      try Scenario.expect("plain", in: place.path("reports"), "with more partitions")
    }
  }

  /// While the only instance starts again, and is back within its session: the group gives it what
  /// it had, and tells nobody of the rest.
  @Test func partitionsThatCameWithinASessionAreReadToo() async throws {
    try needsKafka()
    try await Workplace.with { place in
      let kafka = try KafkaCluster()
      let cluster = try await ServiceCluster(place, on: kafka, partitions: 2)
      var processes = try await ServiceProcess.ofEach(on: cluster)
      try await Self.wait(for: 2, processes[0])
      try await Self.load(part: 0, partitions: 2, cluster)
      try kafka.extend(cluster.name("saldo.inbound"), to: 4)
      try await Self.load(part: 1, partitions: 4, cluster)
      // It asks once a minute, and is away before that.
      await processes[0].end()
      processes[0] = try await ServiceProcess("ingest", "ingest-1", on: cluster, Self.often)
      try await Self.wait(for: 4, processes[0])
      try await cluster.export(to: "reports")
      for process in processes { await process.end() }
      try Scenario.expect("plain", in: place.path("reports"), "with more partitions")
    }
  }

  /// Sends half of a scenario's events, one by one to all partitions.
  private static func load(part: Int, partitions: Int, _ cluster: ServiceCluster) async throws {
    let log = try cluster.log()
    let lines = try String(contentsOfFile: Scenario.events("plain"), encoding: .utf8)
      .split(separator: "\n")
    for (index, line) in lines.enumerated() where index % 2 == part {
      var records = PackedRecords()
      records.append(Record(key: [], value: Array(line.utf8), timestamp: 1))
      let target = TopicPartition("saldo.inbound", Int32(index / 2 % partitions))
      try await log.append([OutgoingBatch(target: target, records: records)], source: nil)
    }
    await log.close()
  }

  private static func wait(for count: Int, _ process: ServiceProcess) async throws {
    while try await partitions(of: process) != count { try Task.checkCancellation() }
  }

  private static func partitions(of process: ServiceProcess) async throws -> Int {
    try await process.sum("saldo_stage_partitions", intake)
  }
}
