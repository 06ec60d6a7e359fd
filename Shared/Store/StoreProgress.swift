import EventLog
import SQLite

/// The last message of each source that a stage applied, and its position in its input.
public struct StoreProgress: Sendable, Equatable {
  /// The offset of the next input to be applied.
  public var next: Int64
  /// The last (input offset, ordinal) applied of each source partition.
  public var applied: [TopicPartition: Mark]
  /// The same, of sources whose log is known: one that was lost and made again counts anew, and
  /// what it makes is no repetition of what the lost one made.
  public var epochs: [Source: Mark] = [:]
  /// Which log the inputs of this store are of, for what it sends: a checksum of its first record.
  /// 0 in a store that an earlier version of this program began; nil before the first record.
  public var epoch: UInt64?
  /// The last record that it took of its input; nil before the first.
  public var last: LastRecord?

  /// A source and the log that its inputs are of.
  public struct Source: Hashable, Sendable {
    /// The source.
    public var partition: TopicPartition
    /// Which log.
    public var epoch: UInt64

    /// A source of a log.
    package init(partition: TopicPartition, epoch: UInt64) {
      (self.partition, self.epoch) = (partition, epoch)
    }
  }

  /// The last mark of a source; nil before the first. What one version of this program sent without
  /// an epoch, another goes on from with one.
  public func last(of source: TopicPartition, epoch: UInt64) -> Mark? {
    if epoch == 0 { return applied[source] }
    if let known = epochs[Source(partition: source, epoch: epoch)] { return known }
    return epochs.keys.contains { $0.partition == source } ? nil : applied[source]
  }

  /// Notes the last mark of a source.
  public mutating func note(_ mark: Mark?, of source: TopicPartition, epoch: UInt64) {
    guard let mark else { return }
    if epoch == 0 {
      applied[source] = mark
    } else {
      epochs[Source(partition: source, epoch: epoch)] = mark
    }
  }

  /// Which input of a source made a message, and its ordinal among the outputs.
  public struct Mark: Sendable, Equatable, Comparable {
    /// The offset of the input in the source's own input partition.
    public var input: Int64
    /// The message's place among the outputs of that input.
    public var ordinal: UInt32

    /// The mark of a message.
    public init(input: Int64, ordinal: UInt32) {
      self.input = input
      self.ordinal = ordinal
    }

    public static func < (a: Mark, b: Mark) -> Bool {
      (a.input, a.ordinal) < (b.input, b.ordinal)
    }
  }

  /// Reads where a store stands.
  public init(_ db: Connection) throws {
    next = try db.scalar("SELECT next FROM position") ?? 0
    last = try db.scalar("SELECT value FROM stage WHERE key = 'last'").flatMap(LastRecord.init)
    var applied: [TopicPartition: Mark] = [:]
    try db.query("SELECT topic, partition, input, ordinal FROM applied") { row in
      applied[TopicPartition(try row[0], try row[1])] = Mark(input: try row[2], ordinal: try row[3])
    }
    self.applied = applied
    let epoch: String? = try db.scalar("SELECT value FROM stage WHERE key = 'epoch'")
    self.epoch = epoch.flatMap { UInt64($0, radix: 16) }
    try db.query("SELECT topic, partition, epoch, input, ordinal FROM appliedEpoch") { row in
      let source = Source(
        partition: TopicPartition(try row[0], try row[1]), epoch: UInt64(bitPattern: try row[2]))
      epochs[source] = Mark(input: try row[3], ordinal: try row[4])
    }
  }

  /// Writes what changed since `old`.
  public func save(_ db: Connection, since old: StoreProgress) throws {
    if next != old.next {
      try db.run("UPDATE position SET next = ?", next)
    }
    if let last, last != old.last {
      try db.run("INSERT OR REPLACE INTO stage (key, value) VALUES ('last', ?)", last.text)
    }
    if let epoch, epoch != old.epoch {
      try db.run(
        "INSERT OR REPLACE INTO stage (key, value) VALUES ('epoch', ?)", String(epoch, radix: 16))
    }
    for (source, mark) in epochs where old.epochs[source] != mark {
      try db.run(
        """
        INSERT INTO appliedEpoch (topic, partition, epoch, input, ordinal) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (topic, partition, epoch)
        DO UPDATE SET input = excluded.input, ordinal = excluded.ordinal
        """, source.partition.topic, source.partition.partition, Int64(bitPattern: source.epoch),
        mark.input, mark.ordinal)
    }
    for (source, mark) in applied where old.applied[source] != mark {
      try db.run(
        """
        INSERT INTO applied (topic, partition, input, ordinal) VALUES (?, ?, ?, ?)
        ON CONFLICT (topic, partition)
        DO UPDATE SET input = excluded.input, ordinal = excluded.ordinal
        """, source.topic, source.partition, mark.input, mark.ordinal)
    }
  }
}
