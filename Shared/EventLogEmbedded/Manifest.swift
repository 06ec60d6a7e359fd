import EventLog
import Foundation
import GRDB

/// The topics that a log has, in `topics.sqlite` in its directory.
final class Manifest: Sendable {
  static let fileName = "topics.sqlite"

  private let queue: DatabaseQueue

  init(directory: URL) throws(EventLogError) {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1-topics") { database in
      try database.execute(
        sql: """
          CREATE TABLE topics (
            name TEXT NOT NULL PRIMARY KEY,
            partitions INTEGER NOT NULL CHECK (partitions BETWEEN 1 AND 2147483647),
            compacted INTEGER NOT NULL CHECK (compacted IN (0, 1))
          ) STRICT
          """)
    }
    queue = try DurableQueue.open(
      directory.appending(path: Self.fileName), migrator: migrator)
  }

  /// The topics, by name.
  func topics() throws(EventLogError) -> [TopicSpecification] {
    try DurableQueue.storage(queue.path) {
      try queue.read { database in
        try Row.fetchAll(database, sql: "SELECT * FROM topics ORDER BY name").map {
          TopicSpecification(
            name: $0["name"], partitions: $0["partitions"], compacted: $0["compacted"])
        }
      }
    }
  }

  /// Adds topics, all or none.
  func add(_ topics: [TopicSpecification]) throws(EventLogError) {
    try DurableQueue.storage(queue.path) {
      try queue.write { database in
        for topic in topics {
          try database.execute(
            sql: "INSERT INTO topics (name, partitions, compacted) VALUES (?, ?, ?)",
            arguments: [topic.name, topic.partitions, topic.compacted])
        }
      }
    }
  }

  func close() throws(EventLogError) { try DurableQueue.close(queue) }
}
