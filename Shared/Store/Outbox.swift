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
    let rules = try StoreRules.read(db) ?? 0
    let epoch = try StoreProgress(db).epoch
    let sent = try SentMarks(db).entries
    var pieces: [TopicPartition: [PackedRecords]] = [:]
    var order: [TopicPartition] = []
    try db.query("SELECT topic, partition, count, bytes FROM outbox ORDER BY id") { row in
      let target = TopicPartition(try row[0], try row[1])
      if pieces[target] == nil { order.append(target) }
      pieces[target, default: []].append(try PackedRecords(bytes: row[3], count: row[2]))
    }
    return order.flatMap { target -> [OutgoingBatch] in
      let records = pieces[target] ?? []
      guard let entry = sent[target], let epoch else {
        return records.map { OutgoingBatch(target: target, records: $0) }
      }
      return SentMarks.linked(records, to: target, after: entry.before, epoch: epoch, rules: rules)
    }
  }
}
