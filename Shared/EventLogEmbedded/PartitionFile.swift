import EventLog
import Foundation
import GRDB
import Synchronization

/// One partition: its file, opened when first used, and the signal that wakes those who wait for it.
final class PartitionFile: Sendable {
  private enum Handle {
    case unopened
    case open(DatabaseQueue)
    case closed
  }

  let partition: TopicPartition
  let changes = ChangeSignal()

  private let file: URL
  private let recent: RecentBatches
  private let handle = Mutex(Handle.unopened)
  private let knownEnd = Atomic<Int64>(0)

  init(_ partition: TopicPartition, directory: URL, recent: RecentBatches) {
    self.partition = partition
    self.recent = recent
    file = directory.appending(path: partition.topic)
      .appending(path: "\(partition.partition).sqlite")
  }

  /// The offset that the next record gets.
  func end() throws(EventLogError) -> Int64 {
    _ = try queue()
    return knownEnd.load(ordering: .acquiring)
  }

  /// Appends in one transaction. A cancelled task does not stop it: half an append helps nobody.
  func append(_ batches: [PackedRecords], source: TopicPartition?, now: Int64) async throws {
    let queue = try queue()
    try await onQueue(queue) { database in
      let stored = try self.insert(batches, source: source, now: now, into: database)
      for batch in stored { self.recent.push(batch, to: self.partition) }
      if let last = stored.last { self.knownEnd.store(last.end, ordering: .releasing) }
    }
    changes.advance()
  }

  /// What there is from an offset on; empty at the end.
  func read(from offset: Int64, limit: ReadLimit) async throws -> ReadBatch {
    let queue = try queue()
    let end = knownEnd.load(ordering: .acquiring)
    guard offset >= 0, offset <= end else {
      throw EventLogError.damaged(
        "\(partition) holds offsets 0 up to \(end) and was asked for \(offset): the reader's store "
          + "belongs to another log, or the log was cut")
    }
    if offset == end { return ReadBatch(nextOffset: offset) }
    if let batch = try recent.read(partition, from: offset, limit: limit) { return batch }
    return try await onQueue(queue) {
      try BatchTable(database: $0).read(from: offset, limit: limit)
    }
  }

  /// Moves everything into the file and closes it for good.
  func close() throws(EventLogError) {
    let last = handle.withLock { handle in
      defer { handle = .closed }
      return handle
    }
    changes.advance()
    if case .open(let queue) = last { try DurableQueue.close(queue) }
  }

  private func insert(
    _ batches: [PackedRecords], source: TopicPartition?, now: Int64, into database: Database
  ) throws -> [StoredBatch] {
    var stored: [StoredBatch] = []
    var next = knownEnd.load(ordering: .relaxed)
    try database.inTransaction(.immediate) {
      let table = BatchTable(database: database)
      for records in batches {
        let batch = StoredBatch(firstOffset: next, source: source, records: records)
        try table.insert(batch, now: now)
        stored.append(batch)
        next = batch.end
      }
      return .commit
    }
    return stored
  }

  /// Runs on the file's own queue, so that a slow disk holds up none of the concurrency pool's
  /// threads, and appends to many partitions wait for their disk writes together.
  private func onQueue<Result: Sendable>(
    _ queue: DatabaseQueue, _ body: @escaping @Sendable (Database) throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      queue.asyncWriteWithoutTransaction { database in
        do throws(EventLogError) {
          continuation.resume(
            returning: try DurableQueue.storage(self.file.path) { try body(database) })
        } catch {
          continuation.resume(throwing: error)
        }
      }
    }
  }

  private func queue() throws(EventLogError) -> DatabaseQueue {
    try handle.withLock { handle throws(EventLogError) in
      switch handle {
      case .open(let queue): return queue
      case .closed: throw .closed
      case .unopened:
        let queue = try DurableQueue.open(file, migrator: BatchTable.migrator)
        let end = try DurableQueue.storage(file.path) {
          try queue.read { try BatchTable(database: $0).end() }
        }
        knownEnd.store(end, ordering: .releasing)
        handle = .open(queue)
        return queue
      }
    }
  }
}
