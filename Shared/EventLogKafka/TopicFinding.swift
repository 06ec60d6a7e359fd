import EventLog

/// A topic as it is to be and as a cluster has it.
public struct TopicFinding: Sendable, Equatable {
  /// A topic as a cluster has it.
  public struct Found: Sendable, Equatable {
    /// How many partitions.
    public var partitions: Int32
    /// How many copies the partition has that has fewest.
    public var replication: Int32
    /// `cleanup.policy`: `delete`, `compact` or both; nil if the brokers do not tell.
    public var cleanupPolicy: String?
    /// `retention.ms`: for how many milliseconds records are kept, -1 forever; nil if the
    /// brokers do not tell.
    public var retentionMilliseconds: Int64?
    /// `max.message.bytes`: the largest batch of records; nil if the brokers do not tell.
    public var largestMessage: Int64?
    /// `retention.bytes`: how many bytes of a partition are kept, -1 for all; nil if the brokers
    /// do not tell.
    public var retentionBytes: Int64?
    /// `message.timestamp.type`: `CreateTime` or `LogAppendTime`; nil if the brokers do not
    /// tell.
    public var timestampType: String?
    /// `min.insync.replicas`: how many copies must have a record before it is acknowledged; nil
    /// where the brokers do not tell.
    public var leastInSync: Int32?

    /// A topic as a cluster has it.
    public init(
      partitions: Int32, replication: Int32, cleanupPolicy: String?,
      retentionMilliseconds: Int64?, largestMessage: Int64?
    ) {
      self.partitions = partitions
      self.replication = replication
      self.cleanupPolicy = cleanupPolicy
      self.retentionMilliseconds = retentionMilliseconds
      self.largestMessage = largestMessage
    }
  }

  /// What it is to be.
  public var wanted: TopicSpecification
  /// What it is; nil if there is no such topic.
  public var found: Found?

  /// A topic as it is to be, and as it is.
  public init(wanted: TopicSpecification, found: Found?) {
    self.wanted = wanted
    self.found = found
  }

  /// What is not as it is to be, each with what to do; empty if all is well.
  public var problems: [String] {
    guard let found else { return ["is missing: make it"] }
    var problems: [String] = []
    let isMore = wanted.mayGrow && found.partitions > wanted.partitions
    if found.partitions != wanted.partitions, !isMore {
      problems.append(
        "has \(found.partitions) partitions, not \(wanted.partitions): the number is fixed when a "
          + "topic is made; use the same number, or build every topic behind saldo.inbound anew")
    }
    let policy = wanted.compacted ? "compact" : "delete"
    if let actual = found.cleanupPolicy, actual != policy {
      problems.append("has cleanup.policy=\(actual): set it to \(policy)")
    }
    if !wanted.compacted, let retention = found.retentionMilliseconds, retention != -1 {
      problems.append(
        "has retention.ms=\(retention), so records are lost: set it to -1, which keeps them")
    }
    if !wanted.compacted, let bytes = found.retentionBytes, bytes != -1 {
      problems.append(
        "has retention.bytes=\(bytes), so records are lost: set it to -1, which keeps them")
    }
    if wanted.hasLogTime, let type = found.timestampType, type != "LogAppendTime" {
      problems.append(
        "has message.timestamp.type=\(type), so producers say when facts were received: set it to "
          + "LogAppendTime")
    }
    if found.replication > 2, let least = found.leastInSync, least < 2 {
      problems.append(
        "has min.insync.replicas=\(least), so a record that one broker has counts as written: set "
          + "it to 2")
    }
    if let largest = found.largestMessage, largest < Int64(KafkaProperties.largestMessage) {
      problems.append(
        "has max.message.bytes=\(largest), so large records are refused: set it to "
          + "\(KafkaProperties.largestMessage)")
    }
    return problems
  }

  /// What a topic is made with.
  static func settings(
    of topic: TopicSpecification, replication: Int32
  ) -> [(name: String, value: String)] {
    (topic.compacted
      ? [("cleanup.policy", "compact")] : [("retention.ms", "-1"), ("retention.bytes", "-1")]) + [
        ("max.message.bytes", "\(KafkaProperties.largestMessage)"),
        ("message.timestamp.type", topic.hasLogTime ? "LogAppendTime" : "CreateTime"),
      ] + (replication > 2 ? [("min.insync.replicas", "2")] : [])
  }
}
