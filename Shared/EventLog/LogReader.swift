/// Reads a log beside the processes that work on it: joins no group, changes nothing, waits for
/// nothing to come.
///
/// Its calls wait for the disk, so they are made on a thread that may wait. One thread's at a time.
public protocol LogReader: AnyObject {
  /// How many partitions a topic has.
  ///
  /// - Throws: ``EventLogError/unknownTopic(_:)``.
  func partitions(of topic: String) throws -> Int32

  /// The offset that the next record of a partition gets.
  ///
  /// - Parameter moment: milliseconds since the epoch; not nil to leave out what the log took
  ///   later, by its own stamps. What it took in that millisecond is in.
  func end(of partition: TopicPartition, by moment: Int64?) throws -> Int64

  /// What there is from an offset on; empty at the end.
  func read(
    _ partition: TopicPartition, from offset: Int64, limit: ReadLimit
  ) throws -> ReadBatch
}

extension ReadBatch {
  /// The batch without what is at an offset or behind it.
  public func before(_ end: Int64) -> ReadBatch {
    guard nextOffset > end else { return self }
    var batch = ReadBatch(nextOffset: end)
    for segment in segments where segment.baseOffset < end {
      var segment = segment
      let left = Int(end - segment.baseOffset)
      if segment.records.count > left { segment.records = segment.records.split(after: left).0 }
      batch.segments.append(segment)
    }
    return batch
  }
}
