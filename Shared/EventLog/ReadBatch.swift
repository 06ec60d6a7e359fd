import Limits

/// What one read of a partition gives: consecutive runs of records, each run with one source.
public struct ReadBatch: Sendable {
  /// A run of records that one source sent, at consecutive offsets.
  public struct Segment: Sendable {
    /// The partition whose inputs made these records; nil if a producer sent them.
    public var source: TopicPartition?
    /// How the first record of `records` follows what the source sent before; each of the others
    /// follows the one before it. Nil if nothing is known.
    public var link: SourceLink?
    /// The offset of the first record of `records`.
    public var baseOffset: Int64
    /// How many records at the front were not asked for.
    public var skipped: Int
    /// The records.
    public var records: PackedRecords

    /// A run of records from one source.
    public init(
      source: TopicPartition?, baseOffset: Int64, skipped: Int = 0, records: PackedRecords,
      link: SourceLink? = nil
    ) {
      self.link = link
      self.source = source
      self.baseOffset = baseOffset
      self.skipped = skipped
      self.records = records
    }
  }

  /// The runs, in the order of their offsets.
  public var segments: [Segment]
  /// The offset to read from next.
  public var nextOffset: Int64

  /// A batch of runs.
  public init(segments: [Segment] = [], nextOffset: Int64) {
    self.segments = segments
    self.nextOffset = nextOffset
  }

  /// How many records were asked for and found.
  public var count: Int { segments.reduce(0) { $0 + $1.records.count - $1.skipped } }
  /// Whether nothing was found.
  public var isEmpty: Bool { segments.isEmpty }
}

/// How much one read may give at most; a single record larger than `bytes` is still given.
public struct ReadLimit: Sendable {
  /// Records.
  public var records: Int
  /// Bytes of packed records.
  public var bytes: Int

  /// A bound on a read; an adapter may go over it by at most one stored batch.
  public init(records: Int = Limits.batchRecords, bytes: Int = Limits.batchBytes) {
    self.records = records
    self.bytes = bytes
  }
}
