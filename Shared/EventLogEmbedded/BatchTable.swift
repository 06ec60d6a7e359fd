import EventLog
import GRDB
import GRDBSQLite

/// The one table of a partition's file: a row for each batch, its records packed as they came.
struct BatchTable {
  let database: Database

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1-batches") { database in
      try database.execute(
        sql: """
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
    }
    return migrator
  }

  /// The offset that the next record gets.
  func end() throws -> Int64 {
    let sql = "SELECT firstOffset + count FROM batches ORDER BY firstOffset DESC LIMIT 1"
    return try Int64.fetchOne(database, sql: sql) ?? 0
  }

  /// Adds a row; `now` is in milliseconds since the epoch.
  func insert(_ batch: StoredBatch, now: Int64) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO batches (firstOffset, count, sourceTopic, sourcePartition, appendedAt, bytes)
        VALUES (?, ?, ?, ?, ?, ?)
        """
    ).sqliteStatement
    // The bytes are bound where they lie, so the statement must not outlive the call with them.
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    var topic = batch.source?.topic ?? ""
    let result = topic.withUTF8 { topic in
      batch.records.bytes.withUnsafeBytes { bytes in
        sqlite3_bind_int64(statement, 1, batch.firstOffset)
        sqlite3_bind_int64(statement, 2, Int64(batch.records.count))
        if let source = batch.source {
          topic.withMemoryRebound(to: CChar.self) { name in
            _ = sqlite3_bind_text(statement, 3, name.baseAddress, Int32(name.count), nil)
          }
          sqlite3_bind_int64(statement, 4, Int64(source.partition))
        }
        sqlite3_bind_int64(statement, 5, now)
        let bound = sqlite3_bind_blob64(
          statement, 6, bytes.baseAddress, UInt64(bytes.count), nil)
        return bound == SQLITE_OK ? sqlite3_step(statement) : bound
      }
    }
    guard result == SQLITE_DONE else { throw failure(result) }
  }

  /// Gathers what is stored from an offset on.
  func read(from offset: Int64, limit: ReadLimit) throws -> ReadBatch {
    let statement = try database.cachedStatement(
      sql: """
        SELECT firstOffset, count, sourceTopic, sourcePartition, bytes FROM batches
        WHERE firstOffset >= (SELECT max(firstOffset) FROM batches WHERE firstOffset <= ?)
        ORDER BY firstOffset
        """
    ).sqliteStatement
    defer { sqlite3_reset(statement) }
    sqlite3_bind_int64(statement, 1, offset)
    var collector = ReadCollector(from: offset, limit: limit)
    while !collector.isFull {
      let result = sqlite3_step(statement)
      if result == SQLITE_DONE { break }
      guard result == SQLITE_ROW else { throw failure(result) }
      try collector.add(Self.batch(statement))
    }
    return collector.batch
  }

  private static func batch(_ statement: SQLiteStatement) throws -> StoredBatch {
    var source: TopicPartition?
    if let topic = sqlite3_column_text(statement, 2) {
      source = TopicPartition(
        String(cString: topic), Int32(truncatingIfNeeded: sqlite3_column_int64(statement, 3)))
    }
    let bytes = UnsafeRawBufferPointer(
      start: sqlite3_column_blob(statement, 4), count: Int(sqlite3_column_bytes(statement, 4)))
    return StoredBatch(
      firstOffset: sqlite3_column_int64(statement, 0), source: source,
      records: try PackedRecords(
        bytes: Array(bytes), count: Int(sqlite3_column_int64(statement, 1))))
  }

  private func failure(_ result: Int32) -> DatabaseError {
    let message = database.sqliteConnection.map { String(cString: sqlite3_errmsg($0)) }
    return DatabaseError(resultCode: ResultCode(rawValue: result), message: message)
  }
}
