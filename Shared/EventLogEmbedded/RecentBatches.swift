import EventLog
import Synchronization

/// The batches appended last, so that a reader at the end of a partition need not fetch from the
/// file what was handed over a moment ago. Bounded over the whole log; the oldest goes first.
final class RecentBatches: Sendable {
  /// A queue that gives up its front without moving the rest.
  private struct Run {
    var batches: [StoredBatch] = []
    var head = 0

    var live: ArraySlice<StoredBatch> { batches[head...] }

    mutating func dropFirst() -> Int {
      let cost = RecentBatches.cost(batches[head])
      batches[head].records = PackedRecords()
      head += 1
      if head > 32, head * 2 > batches.count {
        batches.removeFirst(head)
        head = 0
      }
      return cost
    }
  }

  private struct State {
    var runs: [TopicPartition: Run] = [:]
    var order: [TopicPartition] = []
    var head = 0
    var bytes = 0
  }

  private let capacity: Int
  private let state = Mutex(State())

  /// Keeps so many bytes at most.
  init(capacity: Int) { self.capacity = capacity }

  /// Keeps a batch that follows the partition's last.
  func push(_ batch: StoredBatch, to partition: TopicPartition) {
    state.withLock { state in
      state.runs[partition, default: Run()].batches.append(batch)
      state.order.append(partition)
      state.bytes += Self.cost(batch)
      // Partitions push in the order of `order`, so its front names the run with the oldest batch.
      while state.bytes > capacity, state.head < state.order.count {
        let oldest = state.order[state.head]
        state.bytes -= state.runs[oldest]?.dropFirst() ?? 0
        state.head += 1
      }
      if state.head > 32, state.head * 2 > state.order.count {
        state.order.removeFirst(state.head)
        state.head = 0
      }
    }
  }

  /// What is kept from an offset on; nil if that is no longer (or not yet) here.
  func read(
    _ partition: TopicPartition, from offset: Int64, limit: ReadLimit
  ) throws(EventLogError) -> ReadBatch? {
    // Picked under the lock and gathered outside: copies of batches share their bytes.
    let found = state.withLock { state -> [StoredBatch] in
      guard let run = state.runs[partition]?.live, let first = run.first,
        first.firstOffset <= offset
      else { return [] }
      var records = 0
      var bytes = 0
      var end = run.index(holding: offset)
      let start = end
      while end < run.endIndex, records < limit.records, bytes < limit.bytes {
        records += Int(run[end].end - max(offset, run[end].firstOffset))
        bytes += run[end].records.bytes.count
        end += 1
      }
      return Array(run[start..<end])
    }
    guard !found.isEmpty else { return nil }
    var collector = ReadCollector(from: offset, limit: limit)
    for batch in found { try collector.add(batch) }
    return collector.batch
  }

  /// What a batch takes of the capacity: its buffer, as large as it grew, and what surrounds it.
  private static func cost(_ batch: StoredBatch) -> Int { batch.records.bytes.capacity + 256 }
}
