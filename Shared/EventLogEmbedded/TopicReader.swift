import EventLog
import Foundation
import SQLite

/// Reads a topic of an embedded log that another process may have open, or that an earlier version
/// made: nothing of it is changed.
public struct TopicReader: Sendable {
  /// The topic.
  public let topic: String
  /// How many partitions it has.
  public let partitions: Int32
  private let directory: URL

  /// Finds a topic in the log of a directory.
  ///
  /// - Throws: ``EventLogError/unknownTopic(_:)``; ``EventLogError/failed(_:)`` where there is no
  ///   log, or it cannot be read.
  public init(directory: URL, topic: String) throws(EventLogError) {
    (self.directory, self.topic) = (directory, topic)
    let path = directory.appending(path: Manifest.fileName).path
    let count: Int32? = try DurableFile.translating(path) {
      try Connection(path: path, .read).scalar(
        "SELECT partitions FROM topics WHERE name = ?", topic)
    }
    guard let count else { throw .unknownTopic(topic) }
    partitions = count
  }

  /// Hands over what a partition holds now, batch by batch in order.
  ///
  /// - Throws: ``EventLogError``, or what `body` throws.
  public func forEach(
    _ partition: Int32, _ body: (PackedRecords) async throws -> Void
  ) async throws {
    let path = directory.appending(path: "\(topic)/\(partition).sqlite").path
    guard FileManager.default.fileExists(atPath: path) else { return }
    let connection = try DurableFile.translating(path) { try Connection(path: path, .read) }
    var next: Int64 = 0
    // One at a time: a long reading holds back nothing of the log's own.
    while let batch = try Self.batch(from: next, connection, path) {
      try await body(batch.records)
      next = batch.end
    }
  }

  /// The batch that an offset lies in; nil at the end. Only what the first version had is read.
  private static func batch(
    from offset: Int64, _ connection: Connection, _ path: String
  ) throws(EventLogError) -> StoredBatch? {
    try DurableFile.translating(path) {
      try connection.first(
        "SELECT firstOffset, count, bytes FROM batches WHERE firstOffset = ?", offset
      ) { row in
        StoredBatch(
          firstOffset: try row[0], source: nil,
          records: try PackedRecords(bytes: row[2], count: row[1]))
      }
    }
  }
}
