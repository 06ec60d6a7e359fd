import EventLog
import Foundation
import SQLite
import Synchronization
import Threads

/// One partition: its file, made with the first record and opened when first used, and the signal
/// that wakes who waits for it.
final class PartitionFile: Sendable {
  private enum Handle {
    case unopened
    case open(DurableFile, FilePresence.OpenFile)
    case closed
  }

  /// A call to append that has not been committed.
  private struct Pending {
    var batches: [OutgoingBatch]
    var source: TopicPartition?
    var now: Int64
    var continuation: CheckedContinuation<Void, any Error>
  }

  let partition: TopicPartition
  let changes = ChangeSignal()

  /// Where its file lies.
  let place: URL
  /// The same for the system: who waits for records asks again and again whether there is a file.
  private let path: String
  private let presence: FilePresence
  private let manifest: Manifest
  private let recent: RecentBatches
  private let handle = Mutex(Handle.unopened)
  private let isOpened = Atomic<Bool>(false)
  private let knownEnd = Atomic<Int64>(0)
  private let pending = Mutex<[Pending]>([])

  init(
    _ partition: TopicPartition, directory: URL, manifest: Manifest, presence: FilePresence,
    recent: RecentBatches
  ) {
    self.partition = partition
    self.manifest = manifest
    self.presence = presence
    self.recent = recent
    place = directory.appending(path: partition.topic)
      .appending(path: "\(partition.partition).sqlite")
    path = place.path
  }

  /// Where files are opened. That waits for the disk, and whoever appends first may be one who must
  /// not.
  private static let opening = WorkerThreads(count: max(2, WorkerThreads.cores))

  /// The offset that the next record gets.
  func end() async throws -> Int64 {
    if try hasNoFile() { return 0 }
    _ = try await opened()
    return knownEnd.load(ordering: .acquiring)
  }

  /// Appends all or nothing. A cancelled task does not stop it.
  ///
  /// Calls that come while the disk is busy with an earlier one are committed together: small
  /// appends from many producers would otherwise each wait for a disk write of their own.
  func append(_ batches: [OutgoingBatch], source: TopicPartition?, now: Int64) async throws {
    let (file, place) = try await opened()
    try await withCheckedThrowingContinuation { continuation in
      let isFirst = pending.withLock { pending in
        pending.append(
          Pending(batches: batches, source: source, now: now, continuation: continuation))
        return pending.count == 1
      }
      if isFirst { file.enqueue { self.commitPending($0, place) } }
    }
  }

  /// What there is from an offset on; empty at the end.
  func read(from offset: Int64, limit: ReadLimit) async throws -> ReadBatch {
    if offset == 0, try hasNoFile() { return ReadBatch(nextOffset: 0) }
    let (file, _) = try await opened()
    let end = knownEnd.load(ordering: .acquiring)
    guard offset >= 0, offset <= end else {
      throw EventLogError.damaged(
        "\(partition) holds offsets 0 up to \(end) and was asked for \(offset): the reader's store "
          + "belongs to another log, or the log was cut")
    }
    if offset == end { return ReadBatch(nextOffset: offset) }
    if let batch = try recent.read(partition, from: offset, limit: limit) { return batch }
    let batch = try await work(on: file) {
      try BatchTable(connection: $0).read(from: offset, limit: limit)
    }
    // Below the end there is something; an empty answer would make the reader wait forever.
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
    if case .open(let file, _) = last { try file.close() }
  }

  private func commitPending(_ connection: Connection, _ file: FilePresence.OpenFile) {
    let calls = pending.withLock { pending in
      defer { pending = [] }
      return pending
    }
    do {
      try commit(calls, to: connection, file)
      for call in calls { call.continuation.resume() }
    } catch  where calls.count == 1 {
      for call in calls { call.continuation.resume(throwing: error) }
    } catch {
      // One call's failure is not the others': each is tried alone.
      for call in calls {
        call.continuation.resume(with: Result { try commit([call], to: connection, file) })
      }
    }
  }

  private func commit(
    _ calls: [Pending], to connection: Connection, _ file: FilePresence.OpenFile
  ) throws(EventLogError) {
    try file.check()
    var stored: [StoredBatch] = []
    var next = knownEnd.load(ordering: .relaxed)
    try DurableFile.translating(path) {
      try connection.transaction {
        let table = BatchTable(connection: connection)
        // Stamps never decrease, whatever the clock does: a moment cuts the log in two.
        var stamp = try table.lastStamp() ?? .min
        for call in calls {
          stamp = max(stamp, call.now)
          for sent in call.batches {
            let batch = StoredBatch(
              firstOffset: next, source: call.source, records: sent.records, link: sent.link)
            try table.insert(batch, now: stamp)
            stored.append(batch)
            next = batch.end
          }
        }
      }
    }
    // What went into a file that is gone is not durable.
    try file.check()
    // The end first: whoever was given the last of the recent batches may ask for what follows it
    // at once, and that must not lie beyond the end.
    knownEnd.store(next, ordering: .releasing)
    for batch in stored { recent.push(batch, to: partition) }
    changes.advance()
  }

  private func work<Result: Sendable>(
    on file: DurableFile, _ body: @escaping @Sendable (Connection) throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      file.enqueue { connection in
        do throws(EventLogError) {
          continuation.resume(
            returning: try DurableFile.translating(file.path) { try body(connection) })
        } catch {
          continuation.resume(throwing: error)
        }
      }
    }
  }

  /// Whether there is no record, and so no file: most partitions of a new log have none for a long
  /// time, and three descriptors for each add up.
  private func hasNoFile() throws(EventLogError) -> Bool {
    if isOpened.load(ordering: .acquiring) { return false }
    return try handle.withLock { handle throws(EventLogError) in
      switch handle {
      case .open: return false
      case .closed: throw .closed
      case .unopened: return access(path, F_OK) != 0
      }
    }
  }

  private func opened() async throws -> (DurableFile, FilePresence.OpenFile) {
    if isOpened.load(ordering: .acquiring) { return try file() }
    return try await Self.opening.run { try self.file() }
  }

  private func file() throws(EventLogError) -> (DurableFile, FilePresence.OpenFile) {
    try handle.withLock { handle throws(EventLogError) in
      switch handle {
      case .open(let file, let presence): return (file, presence)
      case .closed: throw .closed
      case .unopened:
        let file = try DurableFile(place, migrations: BatchTable.migrations)
        try PartitionIdentity.settle(file, partition, manifest)
        knownEnd.store(try file.use { try BatchTable(connection: $0).end() }, ordering: .releasing)
        let presence = presence.file(path)
        handle = .open(file, presence)
        isOpened.store(true, ordering: .releasing)
        return (file, presence)
      }
    }
  }
}
