import EventLog
import Foundation
import SQLite

/// The topics that a log has, in `topics.sqlite` in its directory.
final class Manifest: Sendable {
  static let fileName = "topics.sqlite"

  private let file: DurableFile

  private static let migrations = [
    Migration(
      "1-topics",
      """
      CREATE TABLE topics (
        name TEXT NOT NULL PRIMARY KEY,
        partitions INTEGER NOT NULL CHECK (partitions BETWEEN 1 AND 2147483647),
        compacted INTEGER NOT NULL CHECK (compacted IN (0, 1))
      ) STRICT
      """),
    // The partitions whose files were made, and which log each is (``PartitionIdentity``).
    Migration(
      "2-partitions",
      """
      CREATE TABLE partitions (
        topic TEXT NOT NULL,
        partition INTEGER NOT NULL CHECK (partition >= 0),
        log INTEGER NOT NULL,
        PRIMARY KEY (topic, partition)
      ) STRICT, WITHOUT ROWID;
      """),
  ]

  init(directory: URL) throws(EventLogError) {
    file = try DurableFile(
      directory.appending(path: Self.fileName), migrations: Self.migrations)
  }

  /// The topics, by name.
  func topics() throws(EventLogError) -> [TopicSpecification] {
    try file.use { connection in
      try connection.all("SELECT name, partitions, compacted FROM topics ORDER BY name") { row in
        try TopicSpecification(name: row[0], partitions: row[1], compacted: row[2])
      }
    }
  }

  /// The partitions whose files were made.
  func partitions() throws(EventLogError) -> [TopicPartition] {
    try file.use { connection in
      try connection.all("SELECT topic, partition FROM partitions ORDER BY topic, partition") {
        TopicPartition(try $0[0], try $0[1])
      }
    }
  }

  /// Which log a partition's file is; nil if none was made.
  func log(of partition: TopicPartition) throws(EventLogError) -> Int64? {
    try file.use { connection in
      try connection.scalar(
        "SELECT log FROM partitions WHERE topic = ? AND partition = ?", partition.topic,
        partition.partition)
    }
  }

  /// Enters a partition whose file was made.
  func add(_ partition: TopicPartition, log: Int64) throws(EventLogError) {
    try file.use { connection in
      try connection.run(
        "INSERT OR REPLACE INTO partitions (topic, partition, log) VALUES (?, ?, ?)",
        partition.topic, partition.partition, log)
    }
  }

  /// Adds topics, all or none.
  func add(_ topics: [TopicSpecification]) throws(EventLogError) {
    try file.use { connection in
      try connection.transaction {
        for topic in topics {
          try connection.run(
            "INSERT INTO topics (name, partitions, compacted) VALUES (?, ?, ?)",
            topic.name, topic.partitions, topic.compacted)
        }
      }
    }
  }

  func close() throws(EventLogError) { try file.close() }
}
