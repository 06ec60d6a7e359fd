/// The log that the services talk over: topics of partitions of records, kept in order forever.
///
/// A port without a technology: Kafka, the embedded log and the testing log stand behind it and
/// pass one contract suite. Records are delivered at least once and in order within a partition;
/// what makes every effect happen once is the reader, which remembers for each source the last
/// (input offset, ordinal) that it applied.
public protocol EventLog: Sendable {
  /// Makes the topics that do not exist.
  ///
  /// - Throws: ``EventLogError/topicMismatch(topic:expected:found:)`` where one exists with another
  ///   number of partitions.
  func create(_ topics: [TopicSpecification]) async throws

  /// How many partitions a topic has.
  ///
  /// - Throws: ``EventLogError/unknownTopic(_:)``.
  func partitions(of topic: String) async throws -> Int32

  /// Appends batches, each to its partition; they are durable when this returns.
  ///
  /// Nothing is appended where a target is unknown. After any other failure some may have been
  /// appended, and more may yet be: of what goes to one partition, always the first of it, without
  /// a hole. Whoever tries again may append them twice, and must send the same from the beginning
  /// before anything else of that source.
  ///
  /// - Parameter source: the partition whose inputs made the records; nil for a producer's own.
  func append(_ batches: [OutgoingBatch], source: TopicPartition?) async throws

  /// The offset that the next record of a partition will get.
  func end(of partition: TopicPartition) async throws -> Int64

  /// Everything that a partition holds now, from its first record on, without joining a group: for
  /// topics of a few records.
  func records(of partition: TopicPartition) async throws -> [Record]

  /// How far a group's members last said that they had applied each partition of a topic, by
  /// partition; nil if none has said so.
  ///
  /// A hint, as ``GroupMember/applied(_:upTo:)`` is: it may lag behind, and it is no member's
  /// position. Reading it joins nothing.
  ///
  /// - Throws: ``EventLogError/unknownTopic(_:)``.
  func applied(group: String, topic: String) async throws -> [Int64?]

  /// Joins a group of readers that share a topic's partitions.
  ///
  /// - Parameter member: this reader's name, stable over restarts; one member's at a time.
  func join(group: String, topic: String, member: String) async throws -> any GroupMember

  /// What is not as it must be with topics: each a sentence that names the topic and says what to
  /// do.
  ///
  /// - Throws: ``EventLogError`` if the log does not tell.
  func objections(to topics: [TopicSpecification]) async throws -> [String]

  /// Why nothing can be read or written at the moment, as far as is known; nil if nothing is wrong.
  var outage: String? { get }

  /// Ends every wait and gives everything back. Nothing may be called after it.
  func close() async
}

extension EventLog {
  /// Topics are as this program made them.
  public func objections(to topics: [TopicSpecification]) async throws -> [String] { [] }

  /// It is in this process, and always there.
  public var outage: String? { nil }
}

/// Records for one partition.
public struct OutgoingBatch: Sendable, Equatable {
  /// Where they go.
  public var target: TopicPartition
  /// What goes there.
  public var records: PackedRecords
  /// How they follow what their source sent there before; nil for a producer's own.
  public var link: SourceLink?

  /// Records for a partition.
  public init(target: TopicPartition, records: PackedRecords, link: SourceLink? = nil) {
    self.target = target
    self.records = records
    self.link = link
  }
}

/// A reader of a topic within a group.
public protocol GroupMember: Sendable {
  /// The partitions that this member owns, each time they change; nil once it has left.
  ///
  /// The first call answers as soon as there is an assignment, which may be of no partition where
  /// others have yet to release theirs.
  func nextAssignment() async throws -> Set<Int32>?

  /// The records of an owned partition from an offset on; waits until there is at least one.
  ///
  /// Where offsets at the end hold no record (a broker's own marks), the answer may be an empty
  /// batch with a later next offset. One call at a time for each partition: another one waits.
  ///
  /// Answers nil once the partition is no longer this member's, or the log closes; also where it
  /// was lost and regained meanwhile.
  ///
  /// - Throws: `CancellationError` once the task is cancelled; an ``EventLogError`` where the
  ///   offset lies beyond the end, because the reader then knows another log than this one.
  func take(_ partition: Int32, from offset: Int64, limit: ReadLimit) async throws -> ReadBatch?

  /// Tells the broker how far a partition was applied: a hint for lag monitors, and no more. What
  /// is said of a partition that is not this member's is not passed on.
  func applied(_ partition: Int32, upTo offset: Int64) async

  /// Says that a revoked partition's store is closed, so another member may open it. Does nothing
  /// for any other partition.
  func released(_ partition: Int32) async

  /// Leaves the group: every owned partition goes to others at once, so close the stores first.
  func leave() async
}

/// What a topic is to be.
public struct TopicSpecification: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// How many partitions; fixed forever.
  public var partitions: Int32
  /// Whether only the last record of each key is kept; else all are, forever.
  public var compacted: Bool
  /// Whether a record's time is the log's own, of when it was appended, and not its producer's.
  public var hasLogTime: Bool
  /// Whether nothing depends on how many partitions it has, so that it may get more.
  public var mayGrow: Bool

  /// A topic to be made.
  public init(
    name: String, partitions: Int32, compacted: Bool = false, hasLogTime: Bool = false,
    mayGrow: Bool = false
  ) {
    self.mayGrow = mayGrow
    self.hasLogTime = hasLogTime
    self.name = name
    self.partitions = partitions
    self.compacted = compacted
  }
}

/// What a log can fail with.
public enum EventLogError: Error, Equatable, Sendable {
  /// No such topic.
  case unknownTopic(String)
  /// The topic exists with another number of partitions.
  case topicMismatch(topic: String, expected: Int32, found: Int32)
  /// Another process has the log open.
  case alreadyOpen(String)
  /// The log was closed.
  case closed
  /// What was read is not what was written.
  case damaged(String)
  /// The storage or the broker failed; it may be over by itself.
  case failed(String)
  /// The brokers do not let this program in, or do not let it do that: what, and what to do.
  case refused(String)
  /// A record is refused for what it is, such as its size, however often it is sent.
  case rejected(String)
}

extension EventLogError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownTopic(let topic): "there is no topic \(topic)"
    case .topicMismatch(let topic, let expected, let found):
      "topic \(topic) has \(found) partitions where \(expected) were asked for; "
        + "the number of partitions is fixed: use the same, or another log"
    case .alreadyOpen(let path): "\(path) is open in another process"
    case .closed: "the log is closed"
    case .damaged(let what): "the log is damaged: \(what)"
    case .failed(let what), .refused(let what), .rejected(let what): what
    }
  }
}
