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

  /// What every topic is to be, with so many partitions each.
  ///
  /// - Parameter reports: whether the report topics are among them.
  public static func specifications(
    partitions: Int32, reports: Bool = true
  ) -> [TopicSpecification] {
    topics(reports: reports).map {
      // When a fact was received and when it was posted are the log's own times: a producer could
      // say anything.
      TopicSpecification(
        name: $0.rawValue, partitions: partitions, compacted: $0.isCompacted,
        hasLogTime: $0 == .inbound || $0 == .ledger)
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
  /// - Returns: how many partitions every topic has.
  /// - Throws: ``LocalSystemError/otherPartitions(_:found:asked:)``, or what the log throws:
  ///   ``EventLogError/unknownTopic(_:)`` where one is missing that is not to be made, and
  ///   ``EventLogError/topicMismatch(topic:expected:found:)`` where one has another number of
  ///   partitions than the rest.
  public func prepare(
    partitions asked: Int32?, creating: Bool, reports: Bool = true
  ) async throws -> Int32 {
    let partitions = try await count(partitions: asked, creating: creating)
    try await prepare(partitions, creating: creating, reports: reports)
    return partitions
  }

  /// How many partitions every topic has, or is to have.
  ///
  /// - Throws: as ``prepare(partitions:creating:reports:)``.
  func count(partitions asked: Int32?, creating: Bool) async throws -> Int32 {
    let found: Int32?
    do {
      found = try await log.partitions(of: Topic.inbound.rawValue)
    } catch let EventLogError.unknownTopic(topic) {
      guard creating else { throw EventLogError.unknownTopic(topic) }
      found = nil
    }
    if let asked, let found, asked != found {
      throw LocalSystemError.otherPartitions(place, found: found, asked: asked)
    }
    return found ?? asked ?? LocalSystem.defaultPartitions
  }

  private func prepare(_ partitions: Int32, creating: Bool, reports: Bool) async throws {
    if creating {
      try await log.create(Self.specifications(partitions: partitions, reports: reports))
    } else {
      for topic in Self.topics(reports: reports) {
        let count = try await log.partitions(of: topic.rawValue)
        guard count == partitions else {
          throw EventLogError.topicMismatch(
            topic: topic.rawValue, expected: partitions, found: count)
        }
      }
    }
  }
}
