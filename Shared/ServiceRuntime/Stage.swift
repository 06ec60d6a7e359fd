import EventLog
import SQLite
import Store

/// A stage of a service: a pure core over one topic, with a store for each of its partitions.
public struct Stage: Sendable {
  /// The service that it belongs to.
  public var service: String
  /// Its name within the service.
  public var name: String
  /// The topic that it reads.
  public var input: String
  /// The topics that it writes, in the order in which its handler numbers them.
  public var outputs: [String]
  /// The tables of its stores.
  public var migrations: [StoreMigration]
  /// What one of its records comes to in memory and output, where a plain one is 1: a batch has so
  /// many times fewer.
  public var weight: Int
  /// Who writes the topic that it reads.
  public var writers = Writers.anybody
  /// The version of the rules by which it makes of its inputs what it keeps and sends. What stages
  /// sent under an earlier one is passed over; 0 where nobody asks for one.
  public var rules: UInt32 = 0
  /// Whether records of that topic may be missing, as in a compacted one.
  public var hasHoles = false
  /// The group in which instances of the service share the stage's partitions.
  public var group: String
  /// Makes the handler of a partition out of what its store holds.
  public var makeHandler: @Sendable (Connection, StageContext) throws -> any StageHandler

  /// A stage of a service.
  public init(
    service: String, name: String, input: String, outputs: [String],
    migrations: [StoreMigration], weight: Int = 1,
    makeHandler: @escaping @Sendable (Connection, StageContext) throws -> any StageHandler
  ) {
    self.service = service
    self.name = name
    self.input = input
    self.outputs = outputs
    self.migrations = migrations
    self.weight = max(1, weight)
    group = "saldo.\(service).\(name)"
    self.makeHandler = makeHandler
  }

  /// Who writes a topic, and so what a record's mark means in it.
  public enum Writers: Sendable {
    /// Stages and others: a record without a mark is taken, one with a mark is known by it.
    case anybody
    /// Others than stages: a mark is a header like any other.
    case others
    /// Stages alone: a record without a mark is foreign, and passed over.
    case stages
  }

  /// `service/stage`, as in paths and logs.
  public var title: String { "\(service)/\(name)" }
}

/// What a handler knows of where it runs; the same on every rebuild.
public struct StageContext: Sendable {
  /// The input partition.
  public var partition: Int32
  /// Partition counts of the input topic and of the outputs.
  public var partitions: [String: Int32]

  /// Where a handler runs.
  public init(partition: Int32, partitions: [String: Int32]) {
    self.partition = partition
    self.partitions = partitions
  }
}

/// The shell around a pure core: gives it records and stores what it changed.
///
/// What a handler sends is a function of its input partition's records alone: no clock, no random,
/// nothing of batches. It is used by one task at a time, and thrown away after an error.
public protocol StageHandler: AnyObject {
  /// Applies one record of the input.
  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws

  /// Writes what changed since the last call; within the transaction of the step.
  func save(_ db: Connection) throws

  /// How many bytes its store gets by what was applied since the last save, as far as that can be
  /// much: a step that makes much is committed before all of its inputs are applied.
  var unsavedBytes: Int { get }

  /// When the last fact that it applied cleared customs, in milliseconds since the epoch: the
  /// beginning of the day, UTC. Nil if its messages do not say. For the metrics only.
  var clearedOn: Int64? { get }
}

extension StageHandler {
  /// No more than what it sends.
  public var unsavedBytes: Int { 0 }

  /// Its messages do not say.
  public var clearedOn: Int64? { nil }
}
