import EventLog
import GRDB

/// Messages that are committed and not yet known to be published.
public enum Outbox {
  /// Replaces what is in the outbox.
  public static func replace(_ db: Database, with batches: [OutgoingBatch]) throws {
    try db.execute(sql: "DELETE FROM outbox")
    let insert = try db.cachedStatement(
      sql: "INSERT INTO outbox (topic, partition, count, bytes) VALUES (?, ?, ?, ?)")
    for batch in batches where !batch.records.isEmpty {
      try batch.records.bytes.withUnsafeBytes { bytes in
        try insert.bindAndRun { row in
          row.bind(1, batch.target.topic)
          row.bind(2, Int64(batch.target.partition))
          row.bind(3, Int64(batch.records.count))
          row.bind(4, bytes)
        }
      }
    }
  }

  /// What is in the outbox.
  public static func read(_ db: Database) throws -> [OutgoingBatch] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT topic, partition, count, bytes FROM outbox ORDER BY id")
    return try rows.map { row in
      let bytes = try row.withUnsafeData(atIndex: 3) { Array($0 ?? .init()) }
      return OutgoingBatch(
        target: TopicPartition(row[0], row[1]),
        records: try PackedRecords(bytes: bytes, count: row[2]))
    }
  }
}
