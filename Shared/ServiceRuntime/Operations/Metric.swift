/// Every metric that a service exposes: name, kind and meaning in one place, for the page, the
/// dashboard and the tests.
public enum Metric: String, Sendable, CaseIterable {
  case recordsApplied = "saldo_stage_records_applied_total"
  case recordsRepeated = "saldo_stage_records_repeated_total"
  case recordsForeign = "saldo_stage_records_foreign_total"
  case recordsPublished = "saldo_stage_records_published_total"
  case position = "saldo_stage_position"
  case lag = "saldo_stage_lag_records"
  case stepSeconds = "saldo_stage_step_seconds"
  case freshness = "saldo_stage_freshness_seconds"
  case partitions = "saldo_stage_partitions"
  case partitionsStopped = "saldo_stage_partitions_stopped"
  case rebalances = "saldo_stage_rebalances_total"
  case storeSize = "saldo_store_size_bytes"
  case storeOpenSeconds = "saldo_store_open_seconds"
  case storesSetAside = "saldo_stores_set_aside_total"
  case snapshots = "saldo_snapshots_total"
  case snapshotPosition = "saldo_snapshot_position"
  case snapshotTime = "saldo_snapshot_timestamp_seconds"
  case ready = "saldo_ready"
  case waiting = "saldo_facts_waiting"
  case rejected = "saldo_facts_rejected"
  case conservationAlarms = "saldo_conservation_alarms"
  case conservationTime = "saldo_conservation_timestamp_seconds"
  case startTime = "process_start_time_seconds"
  case residentMemory = "process_resident_memory_bytes"

  /// How Prometheus is to take it.
  public enum Kind: String, Sendable {
    /// Only grows while the process lives.
    case counter
    /// Stands as it is now.
    case gauge
    /// Durations in buckets, with their sum and count.
    case histogram
  }

  /// How Prometheus is to take it.
  public var kind: Kind {
    switch self {
    case .stepSeconds, .freshness, .storeOpenSeconds: .histogram
    case .recordsApplied, .recordsRepeated, .recordsForeign, .recordsPublished, .rebalances,
      .storesSetAside, .snapshots:
      .counter
    case .position, .lag, .partitions, .partitionsStopped, .storeSize, .snapshotPosition,
      .snapshotTime, .ready, .waiting, .rejected, .conservationAlarms, .conservationTime,
      .startTime, .residentMemory:
      .gauge
    }
  }

  /// What it means, on one line.
  public var help: String {
    switch self {
    case .recordsApplied: "Records that the stage applied."
    case .recordsRepeated: "Records that the stage dropped because it had applied them before."
    case .recordsForeign:
      "Records that were passed over: no stage sent them, in a topic that only stages write."
    case .recordsPublished: "Messages that the stage published."
    case .position: "The offset up to which the stage has applied its input partition."
    case .lag: "Records of the input partition that the stage has yet to apply."
    case .stepSeconds: "How long a step took by phase; take includes the wait for records."
    case .freshness:
      "The age of the last fact of each step, between its clearance (the day, UTC), its receipt "
        + "and its being applied."
    case .partitions: "Partitions of the stage that run in this process."
    case .partitionsStopped:
      "Partitions of the stage in this process that cannot go on, or wait for brokers."
    case .rebalances: "Times that the stage was given partitions by its group."
    case .storeSize: "The size of the stage's store on disk."
    case .storeOpenSeconds:
      "How long it took to get the store of a partition that came here, by how: new, kept, "
        + "restored from a snapshot, or rebuilt from the log's beginning."
    case .storesSetAside: "Stores that were not whole and were set aside."
    case .snapshots: "Snapshots of stores, by outcome."
    case .snapshotPosition: "The offset up to which the last snapshot goes that was taken here."
    case .snapshotTime: "When the last snapshot was taken here, in seconds since 1970."
    case .ready: "1 when every stage has joined its group and runs what it was given, else 0."
    case .waiting: "Facts that wait for others, in the read models of this process."
    case .rejected: "Facts that are rejected as things stand, in the read models of this process."
    case .conservationAlarms:
      "Parts of which what came in is not accounted for, in the read models of this process."
    case .conservationTime: "When that was last checked here, in seconds since 1970."
    case .startTime: "When the process began, in seconds since 1970."
    case .residentMemory: "Memory of the process that is resident."
    }
  }
}
