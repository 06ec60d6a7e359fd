/// Records as one append left them in a partition: what the logs in this process keep.
package struct StoredBatch: Sendable {
  /// The offset of the first record.
  package var firstOffset: Int64
  /// The partition whose inputs made the records; nil if a producer sent them.
  package var source: TopicPartition?
  /// How the first record follows what the source sent before.
  package var link: SourceLink?
  /// The records.
  package var records: PackedRecords

  /// Records at an offset.
  package init(
    firstOffset: Int64, source: TopicPartition?, records: PackedRecords, link: SourceLink? = nil
  ) {
    self.link = link
    self.firstOffset = firstOffset
    self.source = source
    self.records = records
  }

  /// The offset after the last record.
  package var end: Int64 { firstOffset + Int64(records.count) }
}

extension RandomAccessCollection where Element == StoredBatch {
  /// Where the batch lies that holds an offset or, where none does, the first one after it.
  package func index(holding offset: Int64) -> Index {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = index(low, offsetBy: distance(from: low, to: high) / 2)
      if self[middle].end <= offset { low = index(after: middle) } else { high = middle }
    }
    return low
  }
}

/// Gathers stored batches into one read until the limit is reached.
package struct ReadCollector {
  private let limit: ReadLimit
  private var records = 0
  private var bytes = 0
  /// What was gathered.
  package private(set) var batch: ReadBatch

  /// A read from an offset on.
  package init(from offset: Int64, limit: ReadLimit) {
    self.limit = limit
    batch = ReadBatch(nextOffset: offset)
  }

  /// Whether the next batch must wait for the next read; never before one was gathered.
  package var isFull: Bool {
    !batch.isEmpty && (records >= limit.records || bytes >= limit.bytes)
  }

  /// Adds the batch that holds the next offset.
  ///
  /// - Throws: ``EventLogError/damaged(_:)`` where it does not: offsets are without gaps.
  package mutating func add(_ stored: StoredBatch) throws(EventLogError) {
    let next = batch.nextOffset
    let follows = stored.firstOffset == next || (batch.isEmpty && stored.firstOffset < next)
    guard follows, stored.end > next else {
      throw .damaged(
        "offset \(next) is missing: a batch holds \(stored.firstOffset) up to \(stored.end)")
    }
    let segment = ReadBatch.Segment(
      source: stored.source, baseOffset: stored.firstOffset,
      skipped: Int(next - stored.firstOffset), records: stored.records, link: stored.link)
    records += segment.records.count - segment.skipped
    bytes += segment.records.bytes.count
    batch.segments.append(segment)
    batch.nextOffset = stored.end
  }
}
