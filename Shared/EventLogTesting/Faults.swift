import EventLog

/// What a ``TestingLog`` does to its callers, each as a chance in a thousand; none by default.
public struct Faults: Sendable, Equatable {
  /// That an appended batch comes twice: at once, or again behind what is appended there later, as
  /// from a publisher that did not learn that it had succeeded.
  public var duplicate: Int
  /// That a partition hides what is appended from then on, for a number of later calls drawn from
  /// the seed or until ``TestingLog/settle()``. Order within the partition stays.
  public var delay: Int
  /// For how many later calls a delay lasts at most.
  public var longestDelay: Int
  /// That a read gives fewer records than it might, cutting stored batches where it likes.
  public var shortRead: Int
  /// That an append fails, having appended none, some or all of its batches.
  public var failedAppend: Int

  /// A batch that is acknowledged and lost: what no log may do, and readers must see.
  public var hole: Hole?
  /// The most bytes that a record's value may have; nil for any number.
  public var largestRecord: Int?

  /// Which batch is lost.
  public struct Hole: Sendable, Equatable {
    /// Where it was sent.
    public var target: TopicPartition
    /// The ordinal of the batch among those sent there, from 1.
    public var batch: Int

    /// A batch that is lost.
    public init(_ target: TopicPartition, batch: Int) {
      self.target = target
      self.batch = batch
    }

    func takes(_ target: TopicPartition, _ count: inout Int) -> Bool {
      guard target == self.target else { return false }
      count += 1
      return count == batch
    }
  }

  /// Faults with their chances in a thousand.
  public init(
    duplicate: Int = 0, delay: Int = 0, longestDelay: Int = 20, shortRead: Int = 0,
    failedAppend: Int = 0, hole: Hole? = nil, largestRecord: Int? = nil
  ) {
    self.hole = hole
    self.largestRecord = largestRecord
    self.duplicate = duplicate
    self.delay = delay
    self.longestDelay = longestDelay
    self.shortRead = shortRead
    self.failedAppend = failedAppend
  }
}
