import EventLog
import Foundation
import GRDB

/// Opens the log's SQLite files so that what was committed survives a power cut.
enum DurableQueue {
  static func open(_ file: URL, migrator: DatabaseMigrator) throws(EventLogError) -> DatabaseQueue {
    try storage(file.path) {
      var configuration = Configuration()
      configuration.journalMode = .wal
      configuration.busyMode = .timeout(5)
      // Batches are large: big pages mean fewer of them to check, log and copy. The size is fixed
      // when the file is made.
      // What is appended is not read through the cache, so it may be small: there are many files.
      configuration.prepareDatabase {
        try $0.execute(sql: "PRAGMA page_size = 16384")
        try $0.execute(sql: "PRAGMA cache_size = -512")
      }
      let queue = try DatabaseQueue(path: file.path, configuration: configuration)
      try queue.inDatabase { database in
        // Opening with a WAL sets NORMAL, with which a power cut loses the last commits.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2,
          try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal"
        else { throw EventLogError.failed("\(file.path) cannot be made durable") }
      }
      try migrator.migrate(queue)
      return queue
    }
  }

  /// Moves what the WAL holds into the file, and closes it.
  static func close(_ queue: DatabaseQueue) throws(EventLogError) {
    try storage(queue.path) {
      _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      try queue.close()
    }
  }

  /// Runs `body` and says what SQLite threw in the log's own terms.
  static func storage<Result>(
    _ path: String, _ body: () throws -> Result
  ) throws(EventLogError) -> Result {
    do {
      return try body()
    } catch {
      throw translate(error, path)
    }
  }

  private static func translate(_ error: any Error, _ path: String) -> EventLogError {
    if let error = error as? EventLogError { return error }
    guard let error = error as? DatabaseError else { return .failed("\(path): \(error)") }
    return switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged("\(path): \(error)")
    case .SQLITE_MISUSE: .closed
    default: .failed("\(path): \(error)")
    }
  }
}
