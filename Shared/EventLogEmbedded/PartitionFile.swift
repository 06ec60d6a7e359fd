import EventLog
import Foundation
import GRDB
import Synchronization

/// One partition: its file, opened when first used, and the signal that wakes who waits for it.
final class PartitionFile: Sendable {
  private enum Handle {
    case unopened
    case open(DatabaseQueue)
    case closed
  }

  /// A call to append that has not been committed.
  private struct Pending {
    var batches: [PackedRecords]
    var source: TopicPartition?
    var now: Int64
    var continuation: CheckedContinuation<Void, any Error>
  }

  let partition: TopicPartition
  let changes = ChangeSignal()

  private let file: URL
  private let recent: RecentBatches
  private let handle = Mutex(Handle.unopened)
  private let knownEnd = Atomic<Int64>(0)
  private let pending = Mutex<[Pending]>([])

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

  /// Appends all or nothing. A cancelled task does not stop it.
  ///
  /// Calls that come while the disk is busy with an earlier one are committed together: small
  /// appends from many producers would otherwise each wait for a disk write of their own.
  func append(_ batches: [PackedRecords], source: TopicPartition?, now: Int64) async throws {
    let queue = try queue()
    try await withCheckedThrowingContinuation { continuation in
      let isFirst = pending.withLock { pending in
        pending.append(
          Pending(batches: batches, source: source, now: now, continuation: continuation))
        return pending.count == 1
      }
      if isFirst { queue.asyncWriteWithoutTransaction { self.commitPending($0) } }
    }
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
    let batch = try await onQueue(queue) {
      try BatchTable(database: $0).read(from: offset, limit: limit)
    }
    // Below the end there is something; an empty answer would make the reader wait for ever.
    guard !batch.isEmpty else { throw EventLogError.damaged("\(partition) lacks offset \(offset)") }
    return batch
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

  private func commitPending(_ database: Database) {
    let calls = pending.withLock { pending in
      defer { pending = [] }
      return pending
    }
    do {
      try commit(calls, to: database)
      for call in calls { call.continuation.resume() }
    } catch  where calls.count == 1 {
      for call in calls { call.continuation.resume(throwing: error) }
    } catch {
      // One call's failure is not the others': each is tried alone.
      for call in calls {
        call.continuation.resume(with: Result { try commit([call], to: database) })
      }
    }
  }

  private func commit(_ calls: [Pending], to database: Database) throws(EventLogError) {
    var stored: [StoredBatch] = []
    var next = knownEnd.load(ordering: .relaxed)
    try DurableQueue.storage(file.path) {
      try database.inTransaction(.immediate) {
        let table = BatchTable(database: database)
        for call in calls {
          for records in call.batches {
            let batch = StoredBatch(firstOffset: next, source: call.source, records: records)
            try table.insert(batch, now: call.now)
            stored.append(batch)
            next = batch.end
          }
        }
        return .commit
      }
    }
    // The end first: whoever was given the last of the recent batches may ask for what follows it
    // at once, and that must not lie beyond the end.
    knownEnd.store(next, ordering: .releasing)
    for batch in stored { recent.push(batch, to: partition) }
    changes.advance()
  }

  /// Runs on the file's own queue, so that a slow disk holds up none of the concurrency pool's
  /// threads.
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
