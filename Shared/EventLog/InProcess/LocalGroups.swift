import Synchronization

/// The groups of readers of a log that lives in this process.
package final class LocalGroups: Sendable {
  private struct Key: Hashable {
    var group: String
    var topic: String
  }

  private final class Group: Sendable {
    let assignment: Mutex<GroupAssignment>
    let applied: Mutex<[Int64?]>
    let changes = ChangeSignal()

    init(partitions: Int32) {
      assignment = Mutex(GroupAssignment(partitions: partitions))
      applied = Mutex(Array(repeating: nil, count: Int(partitions)))
    }
  }

  private struct State {
    var groups: [Key: Group] = [:]
    var isClosed = false
  }

  private let state = Mutex(State())

  /// No groups yet.
  package init() {}

  /// Joins a group that reads a topic of so many partitions.
  package func join(
    group: String, topic: String, member: String, partitions: Int32, source: any RecordSource
  ) throws(EventLogError) -> any GroupMember {
    let joined = state.withLock { state -> Group? in
      guard !state.isClosed else { return nil }
      let key = Key(group: group, topic: topic)
      if let known = state.groups[key] { return known }
      let new = Group(partitions: partitions)
      state.groups[key] = new
      return new
    }
    guard let joined else { throw .closed }
    guard let (id, lost) = joined.assignment.withLock({ $0.join(member) }) else {
      throw .failed("\(member) is in group \(group) of \(topic) already")
    }
    let handle = Member(
      groups: self, group: joined, topic: topic, id: id, source: source)
    handle.wake(lost)
    return handle
  }

  /// How far a group's members last said that they had applied a topic of so many partitions;
  /// forgotten with this process.
  package func applied(group: String, topic: String, partitions: Int32) -> [Int64?] {
    let known = state.withLock { $0.groups[Key(group: group, topic: topic)] }
    return known?.applied.withLock { $0 } ?? Array(repeating: nil, count: Int(partitions))
  }

  /// Takes a partition from whoever owns it in a group; returns whether anyone did.
  package func revoke(_ target: TopicPartition, group: String) -> Bool {
    let key = Key(group: group, topic: target.topic)
    guard let group = state.withLock({ $0.groups[key] }) else { return false }
    let revoked = group.assignment.withLock { $0.revoke(target.partition) }
    group.changes.advance()
    return revoked
  }

  /// Ends every membership.
  package func close() {
    let groups = state.withLock { state in
      state.isClosed = true
      return Array(state.groups.values)
    }
    for group in groups { group.changes.advance() }
  }

  private var isClosed: Bool { state.withLock { $0.isClosed } }

  private final class Member: GroupMember {
    private let groups: LocalGroups
    private let group: Group
    private let topic: String
    private let id: UInt64
    private let source: any RecordSource
    private let reported = Mutex<UInt64?>(nil)

    init(
      groups: LocalGroups, group: Group, topic: String, id: UInt64, source: any RecordSource
    ) {
      self.groups = groups
      self.group = group
      self.topic = topic
      self.id = id
      self.source = source
    }

    func nextAssignment() async throws -> Set<Int32>? {
      while true {
        let seen = group.changes.changes
        guard !groups.isClosed,
          let current = group.assignment.withLock({ $0.assignment(of: id) })
        else { return nil }
        let isNews = reported.withLock { reported in
          defer { reported = current.version }
          return reported != current.version
        }
        if isNews { return current.owned }
        try await group.changes.wait(after: seen)
      }
    }

    func take(
      _ partition: Int32, from offset: Int64, limit: ReadLimit
    ) async throws -> ReadBatch? {
      guard let tenure = tenure(of: partition) else { return nil }
      let target = TopicPartition(topic, partition)
      guard let changes = source.changes(of: target) else {
        throw EventLogError.unknownTopic(topic)
      }
      do {
        try source.willTake(target)
        while true {
          try Task.checkCancellation()
          let seen = changes.changes
          guard self.tenure(of: partition) == tenure else { return nil }
          let batch = try await source.read(target, from: offset, limit: limit)
          if !batch.isEmpty { return self.tenure(of: partition) == tenure ? batch : nil }
          try await changes.wait(after: seen)
        }
      } catch EventLogError.closed {
        return nil
      }
    }

    func applied(_ partition: Int32, upTo offset: Int64) async {
      guard tenure(of: partition) != nil else { return }
      group.applied.withLock { $0[Int(partition)] = offset }
    }

    func released(_ partition: Int32) async {
      wake(group.assignment.withLock { $0.released(partition, by: id) })
    }

    func leave() async { wake(group.assignment.withLock { $0.leave(id) }) }

    /// Ends the waits for partitions that changed hands, and for assignments.
    func wake(_ lost: [Int32]) {
      for partition in lost {
        source.changes(of: TopicPartition(topic, partition))?.advance()
      }
      group.changes.advance()
    }

    private func tenure(of partition: Int32) -> UInt64? {
      groups.isClosed ? nil : group.assignment.withLock { $0.tenure(of: partition, by: id) }
    }
  }
}

/// What a group's members read from.
package protocol RecordSource: Sendable {
  /// Is called once before each take, for a source that counts calls or makes them fail.
  func willTake(_ partition: TopicPartition) throws

  /// What there is from an offset on, without waiting; empty at the end.
  func read(_ partition: TopicPartition, from offset: Int64, limit: ReadLimit) async throws
    -> ReadBatch

  /// Advances when records arrive; whoever waits for a partition waits for it. Nil if there is
  /// no such partition.
  func changes(of partition: TopicPartition) -> ChangeSignal?
}

extension RecordSource {
  /// Everything that a partition holds now.
  package func all(of partition: TopicPartition) async throws -> [Record] {
    var (records, next): ([Record], Int64) = ([], 0)
    while true {
      let batch = try await read(partition, from: next, limit: ReadLimit())
      guard batch.nextOffset > next else { return records }
      for segment in batch.segments {
        segment.records.forEach(skipping: segment.skipped) { records.append($0.record) }
      }
      next = batch.nextOffset
    }
  }
}
