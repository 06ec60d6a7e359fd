import EventLog
import EventLogTesting
import Synchronization

/// The log as one instance has it, which may die in the middle of what it publishes: behind the
/// commit of a step, and before all that the step made is in the log, or before it is known to be.
///
/// Once dead it reaches the log no more, whatever of it still runs.
final class MortalLog: EventLog {
  /// Where in publishing the instance dies.
  enum Death: CaseIterable {
    case beforeAppending, halfway, afterAppending
  }

  struct Dead: Error {}

  private struct Fate {
    /// Which append from now on is the last, from 1, and how it ends.
    var death: (append: Int, Death)?
    var isDead = false
  }

  private let log: TestingLog
  private let fate = Mutex(Fate())

  init(_ log: TestingLog) { self.log = log }

  var isDead: Bool { fate.withLock { $0.isDead } }

  /// Has it die in one of its next appends.
  func die(in append: Int, _ death: Death) { fate.withLock { $0.death = (max(1, append), death) } }

  /// Says that the instance has ended, however it did.
  func end() { fate.withLock { $0.isDead = true } }

  /// Lets it live, if it has not died yet.
  func live() { fate.withLock { $0.death = nil } }

  private func checkAlive() throws { if isDead { throw Dead() } }

  func append(_ batches: [OutgoingBatch], source: TopicPartition?) async throws {
    let death = fate.withLock { fate -> Death? in
      guard let (append, death) = fate.death, !fate.isDead else { return nil }
      guard append > 1 else {
        fate.isDead = true
        return death
      }
      fate.death = (append - 1, death)
      return nil
    }
    guard let death else {
      try checkAlive()
      return try await log.append(batches, source: source)
    }
    switch death {
    case .beforeAppending: break
    case .halfway: try await log.append(Array(batches.prefix(batches.count / 2)), source: source)
    case .afterAppending: try await log.append(batches, source: source)
    }
    throw Dead()
  }

  func create(_ topics: [TopicSpecification]) async throws {
    try checkAlive()
    try await log.create(topics)
  }

  func partitions(of topic: String) async throws -> Int32 {
    try checkAlive()
    return try await log.partitions(of: topic)
  }

  func end(of partition: TopicPartition) async throws -> Int64 {
    try checkAlive()
    return try await log.end(of: partition)
  }

  func records(of partition: TopicPartition) async throws -> [Record] {
    try checkAlive()
    return try await log.records(of: partition)
  }

  func applied(group: String, topic: String) async throws -> [Int64?] {
    try checkAlive()
    return try await log.applied(group: group, topic: topic)
  }

  func join(group: String, topic: String, member: String) async throws -> any GroupMember {
    try checkAlive()
    return try await log.join(group: group, topic: topic, member: member)
  }

  /// The log is everybody's.
  func close() async {}
}
