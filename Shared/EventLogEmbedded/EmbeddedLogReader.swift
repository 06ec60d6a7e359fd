import EventLog
import Foundation
import SQLite

/// Reads an embedded log that another process may have open.
public final class EmbeddedLogReader: LogReader {
  private let directory: URL
  private let topics: [String: Int32]
  private var files: [TopicPartition: Connection] = [:]

  /// Finds the log of a directory.
  ///
  /// - Throws: ``EventLogError/failed(_:)`` where there is none, or it cannot be read.
  public init(directory: URL) throws(EventLogError) {
    self.directory = directory
    let path = directory.appending(path: Manifest.fileName).path
    topics = try DurableFile.translating(path) {
      var topics: [String: Int32] = [:]
      try Connection(path: path, .read).query("SELECT name, partitions FROM topics") { row in
        topics[try row[0]] = try row[1]
      }
      return topics
    }
  }

  /// How many partitions a topic has.
  public func partitions(of topic: String) throws -> Int32 {
    guard let count = topics[topic] else { throw EventLogError.unknownTopic(topic) }
    return count
  }

  /// The offset behind the last record, or behind what the log took by a moment: everything before
  /// the first batch that is stamped later.
  public func end(of partition: TopicPartition, by moment: Int64?) throws -> Int64 {
    try use(partition) { connection in
      if let moment {
        let later: Int64? = try connection.scalar(
          "SELECT min(firstOffset) FROM batches WHERE appendedAt > ?", moment)
        if let later { return later }
      }
      return try BatchTable(connection: connection).end()
    } ?? 0
  }

  /// What there is from an offset on.
  public func read(
    _ partition: TopicPartition, from offset: Int64, limit: ReadLimit
  ) throws -> ReadBatch {
    try use(partition) { connection in
      let table = BatchTable(connection: connection)
      guard try offset < table.end() else { return ReadBatch(nextOffset: offset) }
      return try table.read(from: offset, limit: limit)
    } ?? ReadBatch(nextOffset: offset)
  }

  /// Works on a partition's file; nil where there is none yet.
  private func use<Answer>(
    _ partition: TopicPartition, _ body: (Connection) throws -> Answer
  ) throws -> Answer? {
    guard try partition.partition < partitions(of: partition.topic) else {
      throw EventLogError.failed("\(partition): the topic has fewer partitions")
    }
    let path =
      directory.appending(path: "\(partition.topic)/\(partition.partition).sqlite").path
    return try DurableFile.translating(path) {
      if let open = files[partition] { return try body(open) }
      guard FileManager.default.fileExists(atPath: path) else { return nil }
      let connection = try Connection(path: path, .read)
      // A file that is made this moment has no table yet.
      let isBegun: Bool? = try connection.scalar(
        "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'batches')")
      guard isBegun == true else { return nil }
      files[partition] = connection
      return try body(connection)
    }
  }
}
