import EventLog
import Synchronization

/// How far the partitions of this process's stages are, and what they did since it began; written
/// by their tasks, once a step, and read by everyone.
public final class StageStatus: Sendable {
  /// How far one partition of a stage is.
  public struct Entry: Sendable, Equatable {
    /// Everything before this offset is applied, and what it made is published.
    public var position: Int64
    /// Records applied since it was opened here.
    public var applied: Int64
    /// Records dropped as repetitions since it was opened here.
    public var repeated: Int64
    /// The file of its store.
    public var store: String
  }

  /// A partition of a stage.
  public struct Key: Hashable, Sendable {
    /// The stage's title, `service/stage`.
    public var stage: String
    /// The input partition.
    public var source: TopicPartition
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    var counts: [String: StageCounts] = [:]
    var stopped: [Key: String] = [:]
  }

  private let state = Mutex(State())

  /// Nothing runs yet.
  public init() {}

  /// All partitions that run here.
  public var all: [Key: Entry] { state.withLock { $0.entries } }

  /// What each stage did since the process began, by its title.
  public var counts: [String: StageCounts] { state.withLock { $0.counts } }

  /// The partitions of this instance that cannot go on, or wait for brokers, and why.
  public var stopped: [Key: String] { state.withLock { $0.stopped } }

  /// How far a partition is; nil if it does not run here.
  public func entry(stage: String, source: TopicPartition) -> Entry? {
    state.withLock { $0.entries[Key(stage: stage, source: source)] }
  }

  /// Whether every stage has joined its group, and each partition that it was given runs. An
  /// instance that was given none is ready too.
  public func isReady(_ stages: [Stage]) -> Bool {
    state.withLock { state in
      stages.allSatisfy { stage in
        guard let assigned = state.counts[stage.title]?.assigned else { return false }
        return assigned.allSatisfy {
          let source = TopicPartition(stage.input, $0)
          return state.entries[Key(stage: stage.title, source: source)] != nil
        }
      }
    }
  }

  /// Notes what a stage was given in its group; nil once it has left.
  func assigned(_ stage: String, _ partitions: Set<Int32>?) {
    change(stage) {
      $0.assigned = partitions
      if partitions != nil { $0.assignments += 1 }
    }
  }

  /// Notes how far a partition is, and what its last step came to where it made one.
  func report(_ stage: String, _ source: TopicPartition, _ entry: Entry, _ step: StepFigures?) {
    state.withLock { state in
      state.entries[Key(stage: stage, source: source)] = entry
      state.stopped[Key(stage: stage, source: source)] = nil
      if let step { state.counts[stage, default: StageCounts()].add(step, source.partition) }
    }
  }

  /// Notes that a partition does not run here any more.
  func ended(_ stage: String, _ source: TopicPartition) {
    state.withLock { $0.entries[Key(stage: stage, source: source)] = nil }
  }

  /// Notes that a partition does not go on, and why.
  func stopped(_ stage: String, _ source: TopicPartition, _ reason: String) {
    state.withLock { $0.stopped[Key(stage: stage, source: source)] = reason }
  }

  /// Notes that a partition goes on, or is another's.
  func resumed(_ stage: String, _ source: TopicPartition) {
    state.withLock { $0.stopped[Key(stage: stage, source: source)] = nil }
  }

  /// Notes anything else that a stage did.
  func change(_ stage: String, _ body: (inout StageCounts) -> Void) {
    state.withLock { body(&$0.counts[stage, default: StageCounts()]) }
  }
}
