import Brokers
import EventLog
import EventLogKafka
import Testing

/// A log on a mock of a cluster, which a test may cut off and have refuse requests.
struct OnMock {
  static let topic = "movements"

  let cluster: MockCluster
  let log: KafkaLog
  /// What the adapter logged.
  let lines: LogLines

  /// Runs a test on a cluster of its own with one topic, and ends both.
  static func with(
    partitions: Int32 = 1, _ properties: [String: String] = [:],
    _ body: (OnMock) async throws -> Void
  ) async throws {
    let cluster = try MockCluster()
    try cluster.make(topic, partitions: partitions)
    let lines = LogLines()
    var settings = KafkaSettings(servers: cluster.servers)
    settings.properties = group.merging(quick) { $1 }.merging(properties) { $1 }
    let log = try KafkaLog(settings: settings, logger: lines.logger)
    do {
      try await body(OnMock(cluster: cluster, log: log, lines: lines))
      await log.close()
    } catch {
      await log.close()
      throw error
    }
  }

  /// The mock measures a group's patience by the session's time limit.
  static let group = ["session.timeout.ms": "6000", "heartbeat.interval.ms": "300"]
  /// A broker that is back is found soon.
  private static let quick = ["reconnect.backoff.ms": "50", "reconnect.backoff.max.ms": "200"]

  /// Appends records that tell themselves from others by numbers.
  func append(_ numbers: Range<Int>, to partition: Int32 = 0) async throws {
    var records = PackedRecords()
    for number in numbers {
      records.append(Record(key: Array("\(number)".utf8), value: [1], timestamp: 1))
    }
    let target = TopicPartition(Self.topic, partition)
    try await log.append([OutgoingBatch(target: target, records: records)], source: nil)
  }

  /// A member that has all partitions.
  func soleReader(partitions: Int32 = 1) async throws -> any GroupMember {
    let reader = try await log.join(group: "readers", topic: Self.topic, member: "sole")
    try await reader.waitFor(Set(0..<partitions))
    return reader
  }

  /// Waits until the readers' group is said to be at these offsets.
  func waitUntilApplied(_ offsets: [Int64?]) async throws {
    while try await log.applied(group: "readers", topic: Self.topic) != offsets {
      try Task.checkCancellation()
    }
  }

  /// Waits until the adapter has logged something that has a text in it.
  func waitForLine(with text: String) async throws {
    try await lines.wait { $0.contains(text) }
  }
}

extension GroupMember {
  /// Waits until the member has these partitions.
  func waitFor(_ partitions: Set<Int32>) async throws {
    _ = try await waitForPartitions { $0 == partitions }
  }

  /// Waits until the member has partitions as wanted, and lets go at once of those that it loses.
  func waitForPartitions(_ isWanted: (Set<Int32>) -> Bool) async throws -> Set<Int32> {
    while let owned = try await nextAssignment() {
      for partition: Int32 in 0..<16 where !owned.contains(partition) { await released(partition) }
      if isWanted(owned) { return owned }
    }
    Issue.record("the membership ended")
    return []
  }

  /// The numbers of so many records from an offset on.
  func numbers(
    _ count: Int, of partition: Int32 = 0, from first: Int64 = 0
  ) async throws -> [Int] {
    let numbers = try await numbersUnlessLost(count, of: partition, from: first)
    return try #require(numbers, "the partition was lost")
  }

  /// The same; nil where the partition is taken away meanwhile.
  func numbersUnlessLost(
    _ count: Int, of partition: Int32, from first: Int64 = 0
  ) async throws -> [Int]? {
    var numbers: [Int] = []
    var offset = first
    while numbers.count < count {
      guard let batch = try await take(partition, from: offset, limit: ReadLimit()) else {
        return nil
      }
      for segment in batch.segments {
        segment.records.forEach(skipping: segment.skipped) { record in
          numbers.append(Int(String(decoding: record.key, as: UTF8.self)) ?? -1)
        }
      }
      offset = batch.nextOffset
    }
    return numbers
  }
}
