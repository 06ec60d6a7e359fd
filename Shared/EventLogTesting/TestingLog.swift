import EventLog
import Synchronization

/// A log in memory that misbehaves as the seed says, within what a log may do to its callers.
///
/// The calls that end in `Now` are the same log without waiting, for a simulation that runs in one
/// thread: with one seed and one order of calls, everything is the same on every run.
public final class TestingLog: Sendable {
  private let groups = LocalGroups()
  private let state: Mutex<TestingState>

  /// A log without topics.
  public init(seed: UInt64 = 0, faults: Faults = Faults()) {
    state = Mutex(TestingState(seed: seed, faults: faults))
  }

  // MARK: What it does to its callers

  /// Replaces the faults; what is hidden stays hidden until it is due.
  public func set(_ faults: Faults) { state.withLock { $0.faults = faults } }

  /// How many calls were made that could have been made to fail.
  public var calls: Int { state.withLock { $0.calls } }

  /// Makes a call fail: the `number`-th from now on, counted from 1, and with `forGood` every one
  /// after it too.
  public func fail(call number: Int, forGood: Bool = false) {
    state.withLock { $0.failure = ($0.calls + number, forGood) }
  }

  /// Makes no call fail from now on.
  public func stopFailing() { state.withLock { $0.failure = nil } }

  /// Shows every hidden record, and appends what was to come again.
  public func settle() { mutate { $0.settle() } }

  /// Takes a partition from its owner in a group; returns whether it had one.
  @discardableResult
  public func revoke(_ partition: TopicPartition, group: String) -> Bool {
    let revoked = groups.revoke(partition, group: group)
    changes(of: partition)?.advance()
    return revoked
  }

  // MARK: Without waiting

  /// ``create(_:)`` without waiting.
  public func createNow(_ topics: [TopicSpecification]) throws {
    try mutate { try $0.create(topics) }
  }

  /// ``append(_:source:)`` without waiting.
  public func appendNow(_ batches: [OutgoingBatch], source: TopicPartition?) throws {
    try mutate { try $0.append(batches, source: source) }
  }

  /// What readers see of a partition from an offset on; empty at the end, and of no partition.
  ///
  /// - Parameter isExact: whether what was appended at once is cut where the limit is reached.
  public func readNow(
    _ partition: TopicPartition, from offset: Int64, limit: ReadLimit, isExact: Bool = false
  ) -> ReadBatch {
    let batch = try? mutate {
      try $0.read(partition, from: offset, limit: limit, isExact: isExact)
    }
    return batch ?? ReadBatch(nextOffset: offset)
  }

  /// All that a partition holds, what readers do not see yet included. It is no call of a reader:
  /// nothing comes to light by it, and nothing is drawn.
  public func allNow(_ partition: TopicPartition) -> ReadBatch {
    (try? state.withLock { try $0.all(of: partition) }) ?? ReadBatch(nextOffset: 0)
  }

  /// The offset that the next record of a partition gets, whether readers see the last ones or not.
  public func endNow(_ partition: TopicPartition) -> Int64 {
    (try? state.withLock { try $0.end(of: partition) }) ?? 0
  }

  /// Changes the state, then wakes who waits for what came to light, even where the change throws.
  private func mutate<Result: Sendable>(
    _ body: (inout TestingState) throws -> Result
  ) throws -> Result {
    let (result, signals) = state.withLock { state in
      let result = Swift.Result { try body(&state) }
      return (result, state.takeSignals())
    }
    for signal in signals { signal.advance() }
    return try result.get()
  }

  private func mutate(_ body: (inout TestingState) -> Void) {
    let signals = state.withLock { state in
      body(&state)
      return state.takeSignals()
    }
    for signal in signals { signal.advance() }
  }
}

extension TestingLog: EventLog {
  public func create(_ topics: [TopicSpecification]) async throws { try createNow(topics) }

  public func partitions(of topic: String) async throws -> Int32 {
    try mutate { state in
      try state.call()
      return try state.count(of: topic)
    }
  }

  public func append(_ batches: [OutgoingBatch], source: TopicPartition?) async throws {
    try appendNow(batches, source: source)
  }

  public func end(of partition: TopicPartition) async throws -> Int64 {
    try mutate { state in
      try state.call()
      return try state.end(of: partition)
    }
  }

  public func records(of partition: TopicPartition) async throws -> [Record] {
    try await all(of: partition)
  }

  public func applied(group: String, topic: String) async throws -> [Int64?] {
    let partitions = try mutate { state in
      try state.call()
      return try state.count(of: topic)
    }
    return groups.applied(group: group, topic: topic, partitions: partitions)
  }

  public func join(
    group: String, topic: String, member: String
  ) async throws -> any GroupMember {
    let partitions = try mutate { state in
      try state.call()
      return try state.count(of: topic)
    }
    return try groups.join(
      group: group, topic: topic, member: member, partitions: partitions, source: self)
  }

  public func close() async {
    let signals = state.withLock { $0.close() }
    groups.close()
    for signal in signals { signal.advance() }
  }
}

extension TestingLog: RecordSource {
  package func willTake(_ partition: TopicPartition) throws { try mutate { try $0.call() } }

  package func read(
    _ partition: TopicPartition, from offset: Int64, limit: ReadLimit
  ) async throws -> ReadBatch {
    try mutate { try $0.read(partition, from: offset, limit: limit) }
  }

  package func changes(of partition: TopicPartition) -> ChangeSignal? {
    state.withLock { $0.changes(of: partition) }
  }
}
