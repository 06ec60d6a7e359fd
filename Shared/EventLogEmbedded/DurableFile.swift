import EventLog
import Foundation
import SQLite

/// An SQLite file of the log, opened so that what was committed survives a power cut.
///
/// It is worked on in the order in which that is asked for, on a queue of its own: a slow disk
/// holds up none of the concurrency pool's threads.
final class DurableFile: Sendable {
  /// Where it lies.
  let path: String
  private let queue = DispatchQueue(label: "saldo.log")
  // Sendable: it is only used on the queue.
  private nonisolated(unsafe) let connection: Connection

  /// Opens a file, or makes it, and brings its tables up to date.
  init(_ file: URL, migrations: [Migration]) throws(EventLogError) {
    path = file.path
    connection = try Self.translating(path) {
      let connection = try Connection(path: file.path)
      // Batches are large: big pages mean fewer of them to check, log and copy. The size is fixed
      // when the file is made.
      try connection.execute("PRAGMA page_size = 16384")
      // What is appended is not read through the cache, so it may be small: there are many files.
      try connection.execute("PRAGMA cache_size = -512")
      // With less than FULL, 2, a power cut loses the last commits.
      for (pragma, wanted) in [("journal_mode", "wal"), ("synchronous", "2")] {
        let found = try connection.setPragma(pragma, to: wanted) ?? "nothing"
        guard found == wanted else {
          throw EventLogError.failed(
            "\(file.path) cannot be made durable: SQLite has \(pragma) = \(found)")
        }
      }
      // What a long reader made of the WAL is given back once it can begin again.
      try connection.execute("PRAGMA journal_size_limit = \(16 << 20)")
      // The name that the table has since before this program spoke to SQLite itself.
      try connection.migrate(migrations, table: "grdb_migrations")
      return connection
    }
  }

  /// Waits for its turn and works on the file.
  func use<Answer>(_ body: (Connection) throws -> Answer) throws(EventLogError) -> Answer {
    try Self.translating(path) { try queue.sync { try body(connection) } }
  }

  /// Works on the file when it is its turn.
  func enqueue(_ body: @escaping @Sendable (Connection) -> Void) {
    queue.async { body(self.connection) }
  }

  /// Moves what the WAL holds into the file, and closes it.
  func close() throws(EventLogError) {
    try use { connection in
      let moved = Result { try connection.checkpoint() }
      try connection.close()
      try moved.get()
    }
  }

  /// Runs `body` and says what SQLite threw in the log's own terms.
  static func translating<Answer>(
    _ path: String, _ body: () throws -> Answer
  ) throws(EventLogError) -> Answer {
    do {
      return try body()
    } catch let error as EventLogError {
      throw error
    } catch let error as SQLiteError {
      let text = error.file == nil ? "\(path): \(error)" : "\(error)"
      throw switch error.code.primary {
      case .corrupt, .notADatabase: .damaged(text)
      case _ where error == .closed: .closed
      default: .failed(text)
      }
    } catch {
      throw .failed("\(path): \(error)")
    }
  }
}
