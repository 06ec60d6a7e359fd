import EventLog
import SQLite

/// Messages that are committed and not yet known to be published.
public enum Outbox {
  /// Replaces what is in the outbox.
  public static func replace(_ db: Connection, with batches: [OutgoingBatch]) throws {
    try db.run("DELETE FROM outbox")
    let insert = try db.statement(
      "INSERT INTO outbox (topic, partition, count, bytes) VALUES (?, ?, ?, ?)")
    for batch in batches where !batch.records.isEmpty {
      let (target, records) = (batch.target, batch.records)
      try insert.bind(target.topic, target.partition, records.count, records.bytes).run()
    }
  }

  /// What is in the outbox.
  public static func read(_ db: Connection) throws -> [OutgoingBatch] {
    try db.all("SELECT topic, partition, count, bytes FROM outbox ORDER BY id") { row in
      OutgoingBatch(
        target: try TopicPartition(row[0], row[1]),
        records: try PackedRecords(bytes: row[3], count: row[2]))
    }
  }
}
