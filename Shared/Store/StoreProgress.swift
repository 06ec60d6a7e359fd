import EventLog
import SQLite

/// The last message of each source that a stage applied, and its position in its input.
public struct StoreProgress: Sendable, Equatable {
  /// The offset of the next input to be applied.
  public var next: Int64
  /// The last (input offset, ordinal) applied of each source partition.
  public var applied: [TopicPartition: Mark]
  /// The last record that it took of its input; nil before the first.
  public var last: LastRecord?

  /// Which input of a source made a message, and as its how-manieth output.
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
  }

  /// Writes what changed since `old`.
  public func save(_ db: Connection, since old: StoreProgress) throws {
    if next != old.next {
      try db.run("UPDATE position SET next = ?", next)
    }
    if let last, last != old.last {
      try db.run("INSERT OR REPLACE INTO stage (key, value) VALUES ('last', ?)", last.text)
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
