import EventLog
import Logging
import Synchronization

/// A Kafka cluster as the log, by way of librdkafka.
///
/// Brokers keep no position that anything depends on, and no transaction is used: a reader says
/// from which offset it takes, as its store has it. A group of the port is the Kafka group
/// `<group>.<topic>`. Records keep their key, value, headers and time as any Kafka client sees
/// them; which input made a record stands in a header of its own.
public final class KafkaLog: Sendable {
  private struct State {
    var isClosed = false
    /// How many partitions the known topics have, as far as was asked: some may get more.
    var partitions: [String: Int32] = [:]
    /// The memberships, by group and then by member, once they have begun.
    var members: [String: [String: KafkaMember?]] = [:]
  }

  /// How long brokers are asked for settings of topics that are only to be looked at.
  private static let settingsPatience = Duration.seconds(5)

  private let settings: KafkaSettings
  private let logger: Logger
  private let inquiries: Inquiries
  private let producer: KafkaProducer
  private let trouble = BrokerTrouble()
  private let state = Mutex(State())

  /// Connects in the background: a cluster that cannot be reached shows with the first question.
  ///
  /// - Throws: ``EventLogError/failed(_:)`` where the settings cannot be right, without the values
  ///   of properties that may be secret.
  public init(settings: KafkaSettings, logger: Logger) throws(EventLogError) {
    self.settings = settings
    self.logger = logger
    let name = settings.instance ?? "saldo"
    inquiries = Inquiries(
      client: try KafkaHandle(
        settings, role: .inquiries, client: name, logger: logger, trouble: trouble),
      servers: settings.servers, patience: Patience(first: settings.firstAnswer), trouble: trouble)
    producer = try KafkaProducer(settings, client: name, trouble: trouble, logger: logger)
  }

  deinit { producer.stop() }

  /// What there is of topics, beside what is to be.
  ///
  /// - Throws: ``EventLogError/failed(_:)`` where no broker answers.
  public func describe(_ topics: [TopicSpecification]) async throws -> [TopicFinding] {
    try await describe(topics) { try $0.settings(of: $1) }
  }

  private func describe(
    _ topics: [TopicSpecification],
    _ ask: @escaping @Sendable (Inquiries, [String]) throws -> [String: [String: String]]
  ) async throws -> [TopicFinding] {
    try checkOpen()
    return try await BlockingCall.run { [inquiries] in
      let found = try topics.map { try inquiries.topic($0.name) }
      let names = zip(topics, found).filter { $1 != nil }.map(\.0.name)
      let settings = names.isEmpty ? [:] : try ask(inquiries, names)
      return zip(topics, found).map { wanted, found in
        TopicFinding(
          wanted: wanted,
          found: found.map { topic in
            let settings = settings[wanted.name] ?? [:]
            var found = TopicFinding.Found(
              partitions: topic.partitions, replication: topic.replication,
              cleanupPolicy: settings["cleanup.policy"],
              retentionMilliseconds: settings["retention.ms"].flatMap { Int64($0) },
              largestMessage: settings["max.message.bytes"].flatMap { Int64($0) })
            found.retentionBytes = settings["retention.bytes"].flatMap { Int64($0) }
            found.timestampType = settings["message.timestamp.type"]
            found.leastInSync = settings["min.insync.replicas"].flatMap { Int32($0) }
            return found
          })
      }
    }
  }

  private func checkOpen() throws(EventLogError) {
    if state.withLock({ $0.isClosed }) { throw .closed }
  }

  /// How many partitions a topic has; asks the cluster once, or where more than so many are needed.
  private func count(of topic: String, above least: Int32 = 0) async throws -> Int32 {
    try checkOpen()
    if let known = state.withLock({ $0.partitions[topic] }), known > least { return known }
    let found = try await BlockingCall.run { [inquiries] in try inquiries.topic(topic) }
    guard let found else { throw EventLogError.unknownTopic(topic) }
    state.withLock { $0.partitions[topic] = found.partitions }
    return found.partitions
  }

  private func check(_ partition: TopicPartition) async throws {
    let count = try await count(of: partition.topic, above: partition.partition)
    guard (0..<count).contains(partition.partition) else {
      throw EventLogError.failed("\(partition): the topic has \(count) partitions")
    }
  }

  /// The Kafka group of a group of the port, which reads one topic.
  private static func kafkaGroup(_ group: String, _ topic: String) -> String { "\(group).\(topic)" }
}

extension KafkaLog: EventLog {
  public func create(_ topics: [TopicSpecification]) async throws {
    try checkOpen()
    let replication = settings.replication
    let made = try await BlockingCall.run { [inquiries] in
      try TopicMaker(inquiries: inquiries).make(topics, replication: replication)
    }
    state.withLock { $0.partitions.merge(made) { $1 } }
  }

  public func partitions(of topic: String) async throws -> Int32 { try await count(of: topic) }

  public func append(_ batches: [OutgoingBatch], source: TopicPartition?) async throws {
    // Every target is looked up before anything is written.
    for batch in batches { try await check(batch.target) }
    try await producer.append(batches, source: source)
  }

  public func end(of partition: TopicPartition) async throws -> Int64 {
    try await check(partition)
    return try await BlockingCall.run { [inquiries] in
      try inquiries.bounds(of: partition).upperBound
    }
  }

  public func records(of partition: TopicPartition) async throws -> [Record] {
    try await check(partition)
    return try await BlockingCall.run { [inquiries, settings, trouble, logger] in
      let bounds = try inquiries.bounds(of: partition)
      guard bounds.lowerBound == 0 else {
        throw EventLogError.damaged(
          "\(partition) begins at offset \(bounds.lowerBound): what it was to keep is gone")
      }
      return try PartitionReading(
        settings: settings, partition: partition, trouble: trouble, logger: logger
      ).records(upTo: bounds.upperBound)
    }
  }

  public func applied(group: String, topic: String) async throws -> [Int64?] {
    let count = try await count(of: topic)
    return try await BlockingCall.run { [inquiries] in
      try inquiries.committed(
        group: Self.kafkaGroup(group, topic), topic: topic, partitions: count)
    }
  }

  public func join(
    group: String, topic: String, member: String
  ) async throws -> any GroupMember {
    let count = try await count(of: topic)
    let kafkaGroup = Self.kafkaGroup(group, topic)
    // A static member's name is the instance's, so there can be one of it.
    let name = settings.instance ?? member
    try state.withLock { state in
      guard !state.isClosed else { throw EventLogError.closed }
      guard state.members[kafkaGroup]?[name] == nil else {
        throw EventLogError.failed("\(name) is in group \(group) of \(topic) already")
      }
      state.members[kafkaGroup, default: [:]][name] = .some(nil)
    }
    do {
      let consumer = try await BlockingCall.run { [settings, trouble, logger] in
        try GroupConsumer(
          settings, group: kafkaGroup, topic: topic, partitions: count, member: member,
          trouble: trouble, logger: logger)
      }
      let joined = KafkaMember(consumer, inquiries: inquiries) { [weak self] in
        self?.forget(name, of: kafkaGroup)
      }
      consumer.start()
      let isClosed = state.withLock { state in
        state.members[kafkaGroup]?[name] = joined
        return state.isClosed
      }
      if isClosed { await joined.leave() }
      return joined
    } catch {
      forget(name, of: kafkaGroup)
      throw error
    }
  }

  public func objections(to topics: [TopicSpecification]) async throws -> [String] {
    // Brokers that do not tell settings, or not to this user, hold nothing up.
    let findings = try await describe(topics) { inquiries, names in
      let hasty = Inquiries(
        client: inquiries.client, servers: inquiries.servers,
        patience: Patience(first: Self.settingsPatience))
      return (try? hasty.settings(of: names)) ?? [:]
    }
    // A broker may have yet to hear of a topic; one that is missing shows when it is read.
    return findings.filter { $0.found != nil }.flatMap { finding in
      finding.problems.map { "topic \(finding.wanted.name) \($0)" }
    }
  }

  public var outage: String? { trouble.outage() }

  public func close() async {
    let members = state.withLock { state in
      state.isClosed = true
      return state.members.values.flatMap { $0.values.compactMap { $0 } }
    }
    await withTaskGroup { group in
      for member in members { group.addTask { await member.leave() } }
    }
    await producer.close()
  }

  private func forget(_ member: String, of group: String) {
    state.withLock { _ = $0.members[group]?.removeValue(forKey: member) }
  }
}
