import EventLog
import SQLite

/// What a stage sent last to each partition of its outputs: what it sends next says so, and a
/// reader that knows another last one sees that something is missing.
///
/// A function of the inputs, as all that a store holds, so it is the same on every rebuild.
public struct SentMarks: Sendable, Equatable {
  /// The last record of a partition, and the last one before the step that sent it.
  public struct Entry: Sendable, Equatable {
    /// The last.
    public var last: StoreProgress.Mark
    /// The last before that step; nil for none.
    public var before: StoreProgress.Mark?

    /// What was sent to a partition.
    public init(last: StoreProgress.Mark, before: StoreProgress.Mark?) {
      self.last = last
      self.before = before
    }
  }

  /// By partition; those to which nothing was sent are left out.
  public var entries: [TopicPartition: Entry]

  /// Reads what was sent.
  public init(_ db: Connection) throws {
    var entries: [TopicPartition: Entry] = [:]
    try db.query(
      "SELECT topic, partition, input, ordinal, beforeInput, beforeOrdinal FROM sent"
    ) { row in
      let before: Int64? = try row[4]
      entries[TopicPartition(try row[0], try row[1])] = Entry(
        last: StoreProgress.Mark(input: try row[2], ordinal: try row[3]),
        before: try before.map { StoreProgress.Mark(input: $0, ordinal: try row[5]) })
    }
    self.entries = entries
  }

  /// Writes what a step sent.
  public static func save(_ changed: [TopicPartition: Entry], _ db: Connection) throws {
    for (target, entry) in changed {
      try db.run(
        """
        INSERT OR REPLACE INTO sent
          (topic, partition, input, ordinal, beforeInput, beforeOrdinal)
        VALUES (?, ?, ?, ?, ?, ?)
        """, target.topic, target.partition, entry.last.input, entry.last.ordinal,
        entry.before?.input, entry.before?.ordinal)
    }
  }

  /// What one step sends to a partition, in the pieces that it was cut into, each behind the one
  /// before it.
  public static func linked(
    _ pieces: [PackedRecords], to target: TopicPartition, after mark: StoreProgress.Mark?,
    epoch: UInt64, rules: UInt32
  ) -> [OutgoingBatch] {
    var previous = mark
    return pieces.map { piece in
      defer { previous = piece.lastMark.map(StoreProgress.Mark.init) ?? previous }
      return OutgoingBatch(
        target: target, records: piece, link: link(after: previous, epoch: epoch, rules: rules))
    }
  }

  /// How what is sent next to a partition follows what was sent before.
  ///
  /// - Parameters:
  ///   - mark: of the last record; nil for none that is known.
  ///   - epoch: of the store; 0 where an earlier version began it, and may have sent more.
  ///   - rules: the version of the rules that made it.
  public static func link(
    after mark: StoreProgress.Mark?, epoch: UInt64, rules: UInt32
  ) -> SourceLink {
    let nothing: SourceLink.Previous = epoch == 0 ? .unknown : .nothing
    return SourceLink(
      epoch: epoch, rules: rules,
      previous: mark.map { .record(input: $0.input, ordinal: $0.ordinal) } ?? nothing)
  }
}
