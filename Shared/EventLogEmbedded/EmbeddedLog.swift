import EventLog
import Foundation
import Synchronization

/// A durable log in this process: one SQLite file for each partition, nothing to install or start.
///
/// What ``append(_:source:)`` acknowledged is on disk and survives `kill -9` and a power cut. The
/// directory is one process's at a time. Compacted topics are marked but keep every record, so who
/// reads one from offset 0 still sees the last record of each key last.
public final class EmbeddedLog: Sendable {
  private struct State {
    var topics: [String: [PartitionFile]] = [:]
    var isClosed = false
  }

  private let directory: URL
  private let lock: DirectoryLock
  private let manifest: Manifest
  private let presence: FilePresence
  private let recent: RecentBatches
  private let groups = LocalGroups()
  private let now: @Sendable () -> Int64
  private let state: Mutex<State>

  /// Opens the log in a directory, which is made if there is none.
  ///
  /// - Parameters:
  ///   - recentBytes: how much of what was appended last is kept in memory for readers at the end.
  ///   - now: milliseconds since the epoch, noted with each batch.
  /// - Throws: ``EventLogError/alreadyOpen(_:)`` where this or another process has it open.
  public init(
    directory: URL, recentBytes: Int = 64 << 20,
    now: @escaping @Sendable () -> Int64 = EmbeddedLog.wallClock
  ) throws {
    try DirectoryLock.makeDurableFolder(directory)
    self.directory = directory
    self.now = now
    lock = try DirectoryLock(directory: directory)
    let presence = FilePresence(folder: directory, lock: lock)
    self.presence = presence
    manifest = try Manifest(directory: directory)
    let recent = RecentBatches(capacity: recentBytes)
    self.recent = recent
    var known = State()
    for topic in try manifest.topics() {
      known.topics[topic.name] = Self.files(
        of: topic, in: directory, manifest, presence, recent)
    }
    try Self.check(known.topics, manifest, directory)
    state = Mutex(known)
  }

  /// Whether its folder is still there, under its name or another: what is written to a folder that
  /// was removed is lost.
  public var isFolderThere: Bool { presence.isFolderThere }
  /// Refuses a folder that lacks files which it had.
  private static func check(
    _ topics: [String: [PartitionFile]], _ manifest: Manifest, _ directory: URL
  ) throws(EventLogError) {
    for partition in try manifest.partitions() {
      guard let files = topics[partition.topic], files.indices.contains(Int(partition.partition))
      else { throw .damaged("\(Manifest.fileName) names \(partition), and no such topic") }
      let path = files[Int(partition.partition)].place.path
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      guard let size = attributes?[.size] as? NSNumber, size.int64Value > 0 else {
        throw PartitionIdentity.missing(path)
      }
    }
    guard topics.isEmpty else { return }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    let orphan = names.first { name in
      let files = try? FileManager.default.contentsOfDirectory(
        atPath: directory.appending(path: name).path)
      return files?.contains { $0.hasSuffix(".sqlite") } ?? false
    }
    if let orphan {
      throw .damaged(
        "\(directory.appending(path: Manifest.fileName).path) knows no topic, and there is a "
          + "folder \(orphan): bring the folder of the log back as one whole from a backup")
    }
  }

  /// The system's clock, in milliseconds since the epoch.
  public static func wallClock() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }

  private static func files(
    of topic: TopicSpecification, in directory: URL, _ manifest: Manifest,
    _ presence: FilePresence, _ recent: RecentBatches
  ) -> [PartitionFile] {
    (0..<topic.partitions).map {
      PartitionFile(
        TopicPartition(topic.name, $0), directory: directory, manifest: manifest,
        presence: presence, recent: recent)
    }
  }

  private func files(of topic: String) throws -> [PartitionFile] {
    let (files, isClosed) = state.withLock { ($0.topics[topic], $0.isClosed) }
    guard !isClosed else { throw EventLogError.closed }
    guard let files else { throw EventLogError.unknownTopic(topic) }
    return files
  }

  private func file(of partition: TopicPartition) throws -> PartitionFile {
    let files = try files(of: partition.topic)
    guard files.indices.contains(Int(partition.partition)) else {
      throw EventLogError.failed("\(partition): the topic has \(files.count) partitions")
    }
    return files[Int(partition.partition)]
  }
}

extension EmbeddedLog: EventLog {
  public func create(_ topics: [TopicSpecification]) async throws {
    try state.withLock { state in
      guard !state.isClosed else { throw EventLogError.closed }
      var new: [TopicSpecification] = []
      for topic in topics {
        try TopicName.check(topic.name)
        guard topic.partitions > 0 else {
          throw EventLogError.failed("topic \(topic.name) needs at least one partition")
        }
        let found =
          state.topics[topic.name].map { Int32($0.count) }
          ?? new.first { $0.name == topic.name }?.partitions
        if let found, found != topic.partitions {
          throw EventLogError.topicMismatch(
            topic: topic.name, expected: topic.partitions, found: found)
        }
        if found == nil { new.append(topic) }
      }
      // Folders first: a folder without its topic does no harm, a topic without its folder would.
      for topic in new {
        try DirectoryLock.makeDurableFolder(directory.appending(path: topic.name))
      }
      try manifest.add(new)
      for topic in new {
        state.topics[topic.name] = Self.files(
          of: topic, in: directory, manifest, presence, recent)
      }
    }
  }

  public func partitions(of topic: String) async throws -> Int32 {
    Int32(try files(of: topic).count)
  }

  public func append(_ batches: [OutgoingBatch], source: TopicPartition?) async throws {
    var order: [TopicPartition] = []
    var byTarget: [TopicPartition: [OutgoingBatch]] = [:]
    for batch in batches where !batch.records.isEmpty {
      if byTarget[batch.target] == nil { order.append(batch.target) }
      byTarget[batch.target, default: []].append(batch)
    }
    // Every target is looked up before anything is written.
    let appends = try order.map { (try file(of: $0), byTarget[$0] ?? []) }
    let now = now()
    if appends.count == 1, let (file, batches) = appends.first {
      return try await file.append(batches, source: source, now: now)
    }
    try await withThrowingTaskGroup { group in
      for (file, batches) in appends {
        group.addTask { try await file.append(batches, source: source, now: now) }
      }
      try await group.waitForAll()
    }
  }

  public func end(of partition: TopicPartition) async throws -> Int64 {
    try await file(of: partition).end()
  }

  public func records(of partition: TopicPartition) async throws -> [Record] {
    try await all(of: partition)
  }

  public func applied(group: String, topic: String) async throws -> [Int64?] {
    groups.applied(group: group, topic: topic, partitions: Int32(try files(of: topic).count))
  }

  public func join(
    group: String, topic: String, member: String
  ) async throws -> any GroupMember {
    try groups.join(
      group: group, topic: topic, member: member, partitions: Int32(try files(of: topic).count),
      source: self)
  }

  public func close() async {
    let files = state.withLock { state in
      defer { state.isClosed = true }
      return state.isClosed ? nil : state.topics.values.flatMap { $0 }
    }
    guard let files else { return }
    groups.close()
    // A checkpoint that fails loses nothing: the next opening finds the same WAL and goes on.
    for file in files { try? file.close() }
    try? manifest.close()
    lock.release()
  }
}

extension EmbeddedLog: RecordSource {
  package func willTake(_ partition: TopicPartition) {}

  package func read(
    _ partition: TopicPartition, from offset: Int64, limit: ReadLimit
  ) async throws -> ReadBatch {
    try await file(of: partition).read(from: offset, limit: limit)
  }

  package func changes(of partition: TopicPartition) -> ChangeSignal? {
    let files = state.withLock { $0.topics[partition.topic] }
    guard let files, files.indices.contains(Int(partition.partition)) else { return nil }
    return files[Int(partition.partition)].changes
  }
}
