import EventLog
import Synchronization

/// How far the partitions of this process's stages are; written by their tasks, read by everyone.
public final class StageStatus: Sendable {
  /// How far one partition of a stage is.
  public struct Entry: Sendable, Equatable {
    /// Everything before this offset is applied, and what it made is published.
    public var position: Int64
    /// Records applied since it was opened here.
    public var applied: Int64
    /// Records dropped as repetitions since it was opened here.
    public var repeated: Int64
  }

  /// A partition of a stage.
  public struct Key: Hashable, Sendable {
    /// The stage's title, `service/stage`.
    public var stage: String
    /// The input partition.
    public var source: TopicPartition
  }

  private let entries = Mutex<[Key: Entry]>([:])

  /// Nothing runs yet.
  public init() {}

  /// All partitions that run here.
  public var all: [Key: Entry] { entries.withLock { $0 } }

  /// How far a partition is; nil where it does not run here.
  public func entry(stage: String, source: TopicPartition) -> Entry? {
    entries.withLock { $0[Key(stage: stage, source: source)] }
  }

  func set(_ stage: String, _ source: TopicPartition, _ entry: Entry?) {
    entries.withLock { $0[Key(stage: stage, source: source)] = entry }
  }
}
