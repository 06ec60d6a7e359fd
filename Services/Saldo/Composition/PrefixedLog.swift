import EventLog

/// A log whose topics and groups go by longer names on a cluster, so that several systems (a trial
/// beside the real one) share it without seeing each other.
///
/// What a record says of its source stays as the system knows it: a topic copied to another prefix
/// reads the same.
public struct PrefixedLog: EventLog {
  private let log: any EventLog
  private let prefix: String

  /// - Parameter prefix: what every name begins with on the cluster.
  public init(_ log: any EventLog, prefix: String) {
    self.log = log
    self.prefix = prefix
  }

  /// Makes the topics under the cluster's names.
  public func create(_ topics: [TopicSpecification]) async throws {
    try await log.create(topics.map(prefixed))
  }

  /// How many partitions the topic has; errors name it as the cluster does.
  public func partitions(of topic: String) async throws -> Int32 {
    try await log.partitions(of: prefix + topic)
  }

  /// Appends batches; the source is told as the system names it.
  public func append(_ batches: [OutgoingBatch], source: TopicPartition?) async throws {
    let prefixed = batches.map {
      OutgoingBatch(target: self.prefixed($0.target), records: $0.records, link: $0.link)
    }
    try await log.append(prefixed, source: source)
  }

  /// The offset that the next record gets.
  public func end(of partition: TopicPartition) async throws -> Int64 {
    try await log.end(of: prefixed(partition))
  }

  /// Everything that the partition holds.
  public func records(of partition: TopicPartition) async throws -> [Record] {
    try await log.records(of: prefixed(partition))
  }

  /// How far the group has applied each partition, as the log says.
  public func applied(group: String, topic: String) async throws -> [Int64?] {
    try await log.applied(group: prefix + group, topic: prefix + topic)
  }

  /// Joins the group under the cluster's names.
  public func join(group: String, topic: String, member: String) async throws -> any GroupMember {
    try await log.join(group: prefix + group, topic: prefix + topic, member: member)
  }

  /// What is not as it must be with the topics, under the cluster's names.
  public func objections(to topics: [TopicSpecification]) async throws -> [String] {
    try await log.objections(to: topics.map(prefixed))
  }

  /// Why nothing can be read or written at the moment.
  public var outage: String? { log.outage }

  /// Closes the log.
  public func close() async { await log.close() }

  private func prefixed(_ topic: TopicSpecification) -> TopicSpecification {
    var topic = topic
    topic.name = prefix + topic.name
    return topic
  }

  private func prefixed(_ partition: TopicPartition) -> TopicPartition {
    TopicPartition(prefix + partition.topic, partition.partition)
  }
}
