/// Where snapshots of stores are kept, and when they are taken.
public struct SnapshotSettings: Sendable, Equatable {
  /// The folder, which all instances of the services share.
  public var directory: String
  /// A snapshot is taken once so many records were applied since the one before.
  public var everyRecords: Int64
  /// A snapshot is taken after so long, where at least a thousandth of ``everyRecords`` was applied
  /// meanwhile: less is applied again sooner than a store is copied.
  public var interval: Duration
  /// How many of a partition are kept.
  public var keep: Int

  /// Snapshots in a folder.
  public init(
    directory: String, everyRecords: Int64 = 1_000_000, interval: Duration = .seconds(600),
    keep: Int = 2
  ) {
    self.directory = directory
    self.everyRecords = max(1, everyRecords)
    self.interval = interval
    self.keep = max(1, keep)
  }

  /// Whether it is time for the next one.
  ///
  /// - Parameters:
  ///   - records: applied since the last one.
  ///   - elapsed: time since the last one.
  public func isDue(records: Int64, elapsed: Duration) -> Bool {
    records >= everyRecords || elapsed >= interval && records >= max(1, everyRecords / 1_000)
  }
}
