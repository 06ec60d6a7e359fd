import EventLog
import SQLite

/// The one table of a partition's file: a row for each batch, its records packed as they came.
struct BatchTable {
  let connection: Connection

  static let migrations = [
    Migration(
      "1-batches",
      """
      CREATE TABLE batches (
        firstOffset INTEGER PRIMARY KEY CHECK (firstOffset >= 0),
        count INTEGER NOT NULL CHECK (count > 0),
        sourceTopic TEXT,
        sourcePartition INTEGER CHECK (sourcePartition >= 0),
        appendedAt INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        CHECK ((sourceTopic IS NULL) = (sourcePartition IS NULL))
      ) STRICT
      """)
  ]

  /// The offset that the next record gets.
  func end() throws -> Int64 {
    try connection.scalar(
      "SELECT firstOffset + count FROM batches ORDER BY firstOffset DESC LIMIT 1") ?? 0
  }

  /// Adds a row; `now` is in milliseconds since the epoch.
  func insert(_ batch: StoredBatch, now: Int64) throws {
    let insert = try connection.statement(
      """
      INSERT INTO batches (firstOffset, count, sourceTopic, sourcePartition, appendedAt, bytes)
      VALUES (?, ?, ?, ?, ?, ?)
      """)
    try insert.bind(
      batch.firstOffset, batch.records.count, batch.source?.topic, batch.source?.partition, now,
      batch.records.bytes
    ).run()
  }

  /// Gathers what is stored from an offset on.
  func read(from offset: Int64, limit: ReadLimit) throws -> ReadBatch {
    var rows = try connection.statement(
      """
      SELECT firstOffset, count, sourceTopic, sourcePartition, bytes FROM batches
      WHERE firstOffset >= (SELECT max(firstOffset) FROM batches WHERE firstOffset <= ?)
      ORDER BY firstOffset
      """
    ).bind(offset)
    var collector = ReadCollector(from: offset, limit: limit)
    while try !collector.isFull && rows.next() { try collector.add(rows.withRow(Self.batch)) }
    return collector.batch
  }

  private static func batch(_ row: borrowing Row) throws -> StoredBatch {
    let topic: String? = try row[2]
    return StoredBatch(
      firstOffset: try row[0], source: try topic.map { TopicPartition($0, try row[3]) },
      records: try PackedRecords(bytes: row[4], count: row[1]))
  }
}
