import EventLog
import Messages

/// The topics of the system on a log: what each is to be, and whether they are there.
public struct SystemTopics: Sendable {
  let log: any EventLog
  let place: String

  /// - Parameter place: what the log is called when something is wrong with it.
  public init(log: any EventLog, place: String) {
    self.log = log
    self.place = place
  }

  /// What every topic is to be, with so many partitions each but for settings, which
  /// have one.
  ///
  /// - Parameters:
  ///   - inbound: how many the inbound topic has; nil for as many as the others.
  ///   - reports: whether the report topics are among them.
  public static func specifications(
    partitions: Int32, inbound: Int32? = nil, reports: Bool = true
  ) -> [TopicSpecification] {
    let counts = TopicCounts(inner: partitions, inbound: inbound ?? partitions)
    return topics(reports: reports).map {
      // When a fact was received and when it was posted are the log's own times: a producer could
      // say anything.
      TopicSpecification(
        name: $0.rawValue, partitions: counts[$0.rawValue], compacted: $0.isCompacted,
        hasLogTime: $0 == .inbound || $0 == .ledger, mayGrow: $0 == .inbound)
    }
  }

  private static func topics(reports: Bool) -> [Topic] {
    Topic.allCases.filter { reports || !$0.isReport }
  }

  /// Whether the report topics are there.
  func haveReports() async throws -> Bool {
    do {
      _ = try await log.partitions(of: Topic.report.rawValue)
      return true
    } catch EventLogError.unknownTopic {
      return false
    }
  }

  /// Looks at the topics, and makes those that are missing where that is asked for.
  ///
  /// - Parameters:
  ///   - partitions: how many there are to be; nil for as many as there are, or the default where
  ///     there are none.
  ///   - reports: whether the report topics are among them.
  /// - Returns: how many partitions the topics have.
  /// - Throws: ``LocalSystemError/otherPartitions(_:found:asked:)``, or what the log throws:
  ///   ``EventLogError/unknownTopic(_:)`` where one is missing that is not to be made, and
  ///   ``EventLogError/topicMismatch(topic:expected:found:)`` where one has another number of
  ///   partitions than the rest.
  public func prepare(
    partitions asked: Int32?, creating: Bool, reports: Bool = true
  ) async throws -> TopicCounts {
    let counts = try await count(partitions: asked, creating: creating)
    try await prepare(counts, creating: creating, reports: reports)
    return counts
  }

  /// How many partitions the topics have, or are to have.
  ///
  /// - Throws: as ``prepare(partitions:creating:reports:)``.
  func count(partitions asked: Int32?, creating: Bool) async throws -> TopicCounts {
    let inbound = try await count(of: .inbound, creating: creating)
    let inner = try await count(of: .documents, creating: creating)
    if let asked, let inner, asked != inner {
      throw LocalSystemError.otherPartitions(place, found: inner, asked: asked)
    }
    let wanted = inner ?? asked ?? inbound ?? LocalSystem.defaultPartitions
    return TopicCounts(inner: wanted, inbound: inbound ?? wanted)
  }

  private func count(of topic: Topic, creating: Bool) async throws -> Int32? {
    do {
      return try await log.partitions(of: topic.rawValue)
    } catch let EventLogError.unknownTopic(name) {
      guard creating else { throw EventLogError.unknownTopic(name) }
      return nil
    }
  }

  private func prepare(_ counts: TopicCounts, creating: Bool, reports: Bool) async throws {
    if creating {
      try await log.create(
        Self.specifications(
          partitions: counts.inner, inbound: counts.inbound, reports: reports))
    } else {
      for topic in Self.topics(reports: reports) {
        let count = try await log.partitions(of: topic.rawValue)
        let expected = counts[topic.rawValue]
        guard count == expected else {
          throw EventLogError.topicMismatch(
            topic: topic.rawValue, expected: expected, found: count)
        }
      }
    }
  }
}
