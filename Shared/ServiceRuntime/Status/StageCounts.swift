/// What a stage did since its process began.
public struct StageCounts: Sendable, Equatable {
  /// The partitions that its group gave it; nil before it has joined and after it has left.
  public internal(set) var assigned: Set<Int32>?
  /// How often it was given partitions, the first time included.
  public internal(set) var assignments: Int64 = 0
  /// Records by partition.
  public internal(set) var records: [Int32: Records] = [:]
  /// How long the parts of a step took.
  public internal(set) var phases: [StepPhase: DurationHistogram] = [:]
  /// How old facts were when they were applied, by what their age is counted between.
  public internal(set) var freshness: [FreshnessSpan: DurationHistogram] = [:]

  /// How long it took to get the stores of partitions that came here, by how they came to be.
  public internal(set) var opens: [StoreOrigin: DurationHistogram] = [:]
  /// Records that no stage sent, and that were passed over.
  public internal(set) var foreign: Int64 = 0
  /// Stores that were not whole and were set aside.
  public internal(set) var setAside: Int64 = 0
  /// What became of snapshots.
  public internal(set) var snapshots = Snapshots()

  /// Snapshots of a stage's stores.
  public struct Snapshots: Sendable, Equatable {
    /// Taken.
    public var written: Int64 = 0
    /// Tried in vain.
    public var failed: Int64 = 0
    /// The last one of each partition.
    public var last: [Int32: Mark] = [:]

    /// Up to where a snapshot goes, and when it was taken, in milliseconds since the epoch.
    public struct Mark: Sendable, Equatable {
      /// The offset of the next input to be applied.
      public var position: Int64
      /// Milliseconds since the epoch.
      public var taken: Int64
    }
  }

  /// Records of one partition.
  public struct Records: Sendable, Equatable {
    /// Applied.
    public var applied: Int64 = 0
    /// Dropped as repetitions.
    public var repeated: Int64 = 0
    /// Messages that were published.
    public var published: Int64 = 0
  }

  /// Adds one step of a partition.
  mutating func add(_ step: StepFigures, _ partition: Int32) {
    records[partition, default: Records()].applied += step.applied
    records[partition, default: Records()].repeated += step.repeated
    records[partition, default: Records()].published += step.published
    for (phase, duration) in step.durations {
      phases[phase, default: .ofSteps].observe(duration)
    }
    guard step.applied > 0, let received = step.received, received > 0 else { return }
    freshness[.receivedToApplied, default: .ofFreshness]
      .observe(.milliseconds(step.committed - received))
    guard let cleared = step.cleared else { return }
    freshness[.clearedToReceived, default: .ofFreshness]
      .observe(.milliseconds(received - cleared))
    freshness[.clearedToApplied, default: .ofFreshness]
      .observe(.milliseconds(step.committed - cleared))
  }
}

/// The parts of a step.
public enum StepPhase: String, Sendable, CaseIterable {
  /// Until the log gave records: also the wait for there to be any.
  case take
  /// The core and what it writes.
  case apply
  /// The transaction's end.
  case commit
  /// Until what it sends was durable in the log.
  case publish
}

/// Between which moments of a fact its age is counted.
public enum FreshnessSpan: String, Sendable, CaseIterable {
  /// From when ingest, or the producer, put the event into the log until the stage committed it; in
  /// `discharge/books` that is until it was posted.
  case receivedToApplied = "received_to_applied"
  /// From the day (UTC) on which the goods cleared customs until the event was received.
  case clearedToReceived = "cleared_to_received"
  /// From that day until the stage committed the fact.
  case clearedToApplied = "cleared_to_applied"
}

/// What one step came to.
struct StepFigures: Sendable {
  /// Records applied, dropped as repetitions, and published.
  var applied: Int64 = 0
  var repeated: Int64 = 0
  var published: Int64 = 0
  /// How long the parts took that there were.
  var durations: [(StepPhase, Duration)] = []
  /// When the last fact was received and when it cleared customs, where that is known, and when
  /// the step was committed: milliseconds since the epoch.
  var received: Int64?
  var cleared: Int64?
  var committed: Int64 = 0
}
