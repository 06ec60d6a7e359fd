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
      """),
    // How a batch follows what its source sent before (``SourceLink``). previousInput is null where
    // that is not known, and -1 where there was nothing.
    Migration(
      "2-links",
      """
      ALTER TABLE batches ADD COLUMN epoch INTEGER;
      ALTER TABLE batches ADD COLUMN previousInput INTEGER;
      ALTER TABLE batches ADD COLUMN previousOrdinal INTEGER;
      """),
    // Which partition of which log the file is: files are copied, swapped and lost.
    Migration(
      "3-identity",
      """
      CREATE TABLE identity (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        topic TEXT NOT NULL,
        partition INTEGER NOT NULL CHECK (partition >= 0),
        log INTEGER NOT NULL
      ) STRICT;
      """),
    Migration("4-rules", "ALTER TABLE batches ADD COLUMN rules INTEGER;"),
  ]

  /// The offset that the next record gets.
  func end() throws -> Int64 {
    try connection.scalar(
      "SELECT firstOffset + count FROM batches ORDER BY firstOffset DESC LIMIT 1") ?? 0
  }

  /// When the last batch was taken, in milliseconds since the epoch; nil where there is none.
  func lastStamp() throws -> Int64? {
    try connection.scalar("SELECT appendedAt FROM batches ORDER BY firstOffset DESC LIMIT 1")
  }

  /// Adds a row; `now` is in milliseconds since the epoch.
  func insert(_ batch: StoredBatch, now: Int64) throws {
    let insert = try connection.statement(
      """
      INSERT INTO batches
        (firstOffset, count, sourceTopic, sourcePartition, appendedAt, bytes,
         epoch, previousInput, previousOrdinal, rules)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    let link = batch.link.map(Self.columns)
    try insert.bind(
      batch.firstOffset, batch.records.count, batch.source?.topic, batch.source?.partition, now,
      batch.records.bytes, link?.epoch, link?.input, link?.ordinal,
      batch.link?.rules
    ).run()
  }

  /// Gathers what is stored from an offset on.
  func read(from offset: Int64, limit: ReadLimit) throws -> ReadBatch {
    var rows = try connection.statement(
      """
      SELECT firstOffset, count, sourceTopic, sourcePartition, bytes,
        epoch, previousInput, previousOrdinal, rules
      FROM batches
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
      records: try PackedRecords(bytes: row[4], count: row[1]),
      link: try link(epoch: row[5], input: row[6], ordinal: row[7], rules: row[8]))
  }

  private static func columns(
    _ link: SourceLink
  ) -> (epoch: Int64, input: Int64?, ordinal: Int64?) {
    let epoch = Int64(bitPattern: link.epoch)
    switch link.previous {
    case .unknown: return (epoch, nil, nil)
    case .nothing: return (epoch, -1, 0)
    case .record(let input, let ordinal): return (epoch, input, Int64(ordinal))
    }
  }

  private static func link(
    epoch: Int64?, input: Int64?, ordinal: Int64?, rules: UInt32?
  ) -> SourceLink? {
    guard let epoch else { return nil }
    var link = SourceLink(epoch: UInt64(bitPattern: epoch), rules: rules ?? 0)
    if let input, let ordinal {
      link.previous =
        input < 0 ? .nothing : .record(input: input, ordinal: UInt32(truncatingIfNeeded: ordinal))
    }
    return link
  }
}
