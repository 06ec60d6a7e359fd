import EventLog

/// A log within a log: names of topics and groups get a prefix, so that tests which use the same
/// names can share one cluster.
struct PrefixedLog: EventLog {
  let base: any EventLog
  let prefix: String

  func create(_ topics: [TopicSpecification]) async throws {
    try await renaming {
      try await base.create(
        topics.map { topic in
          var topic = topic
          topic.name = prefix + topic.name
          return topic
        })
    }
  }

  func partitions(of topic: String) async throws -> Int32 {
    try await renaming { try await base.partitions(of: prefix + topic) }
  }

  func append(_ batches: [OutgoingBatch], source: TopicPartition?) async throws {
    let batches = batches.map {
      OutgoingBatch(target: prefixed($0.target), records: $0.records, link: $0.link)
    }
    try await renaming { try await base.append(batches, source: source) }
  }

  func end(of partition: TopicPartition) async throws -> Int64 {
    try await renaming { try await base.end(of: prefixed(partition)) }
  }

  func records(of partition: TopicPartition) async throws -> [Record] {
    try await renaming { try await base.records(of: prefixed(partition)) }
  }

  func applied(group: String, topic: String) async throws -> [Int64?] {
    try await renaming { try await base.applied(group: prefix + group, topic: prefix + topic) }
  }

  func join(group: String, topic: String, member: String) async throws -> any GroupMember {
    try await renaming {
      try await base.join(group: prefix + group, topic: prefix + topic, member: member)
    }
  }

  func close() async { await base.close() }

  private func prefixed(_ partition: TopicPartition) -> TopicPartition {
    TopicPartition(prefix + partition.topic, partition.partition)
  }

  /// Errors name topics as the caller does.
  private func renaming<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
    do {
      return try await body()
    } catch EventLogError.unknownTopic(let topic) {
      throw EventLogError.unknownTopic(bare(topic))
    } catch EventLogError.topicMismatch(let topic, let expected, let found) {
      throw EventLogError.topicMismatch(topic: bare(topic), expected: expected, found: found)
    }
  }

  private func bare(_ topic: String) -> String {
    topic.hasPrefix(prefix) ? String(topic.dropFirst(prefix.count)) : topic
  }
}
