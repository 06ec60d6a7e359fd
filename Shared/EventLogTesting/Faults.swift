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

  /// Faults with their chances in a thousand.
  public init(
    duplicate: Int = 0, delay: Int = 0, longestDelay: Int = 20, shortRead: Int = 0,
    failedAppend: Int = 0
  ) {
    self.duplicate = duplicate
    self.delay = delay
    self.longestDelay = longestDelay
    self.shortRead = shortRead
    self.failedAppend = failedAppend
  }
}
