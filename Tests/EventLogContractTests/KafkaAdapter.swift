import Brokers
import EventLog
import EventLogKafka
import Logging

/// Kafka logs for tests, on Apache Kafka and on the brokers that stand in for it.
enum KafkaAdapter {
  /// A log on a cluster that tests share, with names that are its own.
  static func on(_ cluster: TestCluster) throws -> any EventLog {
    return PrefixedLog(
      base: try log(cluster.servers, cluster.properties), prefix: TestCluster.unique("t") + ".")
  }

  /// A log on a mock cluster of its own.
  static func onMock() throws -> any EventLog {
    let cluster = try MockCluster()
    return MockedLog(base: try log(cluster.servers, mockProperties), cluster: cluster)
  }

  /// What the mock needs: it measures a group's patience by the session's time limit.
  static let mockProperties = ["session.timeout.ms": "6000", "heartbeat.interval.ms": "500"]

  static func log(
    _ servers: String, _ properties: [String: String], instance: String? = nil
  ) throws -> KafkaLog {
    var settings = KafkaSettings(servers: servers)
    settings.properties = properties
    settings.instance = instance
    var logger = Logger(label: "kafka")
    logger.logLevel = .critical
    return try KafkaLog(settings: settings, logger: logger)
  }
}

/// A log on a mock cluster, which cannot make topics by Kafka's protocol: its process is told to.
struct MockedLog: EventLog {
  let base: KafkaLog
  let cluster: MockCluster

  func create(_ topics: [TopicSpecification]) async throws {
    for topic in topics { try cluster.make(topic.name, partitions: topic.partitions) }
    try await base.create(topics)
  }

  func partitions(of topic: String) async throws -> Int32 { try await base.partitions(of: topic) }

  func append(_ batches: [OutgoingBatch], source: TopicPartition?) async throws {
    try await base.append(batches, source: source)
  }

  func end(of partition: TopicPartition) async throws -> Int64 { try await base.end(of: partition) }

  func records(of partition: TopicPartition) async throws -> [Record] {
    try await base.records(of: partition)
  }

  func applied(group: String, topic: String) async throws -> [Int64?] {
    try await base.applied(group: group, topic: topic)
  }

  func join(group: String, topic: String, member: String) async throws -> any GroupMember {
    try await base.join(group: group, topic: topic, member: member)
  }

  func close() async { await base.close() }
}
