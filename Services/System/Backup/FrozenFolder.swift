import Foundation
import SQLite

/// The databases of a data folder as they were at one moment, while services go on.
///
/// The moment is one that a crash could have left behind, which every stage recovers from. A stage
/// reads a log, keeps what it has to send in its store until that is in the next log, and sends
/// again what it is not sure of; so of each stage the store may be older than the logs, and of the
/// logs none may hold what was made of facts that another does not hold yet:
///
/// 1. of each store a reading transaction is begun;
/// 2. then every log is locked against writing, for some milliseconds: nobody waits for more than
///    one lock while holding another, so nothing can stand still;
/// 3. of each log a reading transaction is begun, and the locks are given back.
struct FrozenFolder {
  /// A database, in a reading transaction.
  struct Database {
    /// Its path within the folder.
    let name: String
    let connection: Connection
  }

  private(set) var databases: [Database] = []
  /// When the logs were locked.
  let taken: Date

  /// The folder of the log within a data folder.
  static let logFolder = "log"

  init(_ folder: String) throws {
    for name in Self.names(in: folder) where !Self.isOfLog(name) {
      databases.append(try Self.read(name, in: folder))
    }
    var locked: [Database] = []
    // A log that is made meanwhile may hold what was made of facts of logs that are not locked yet.
    while true {
      let names = Self.names(in: folder).filter(Self.isOfLog)
      let new = Set(names).subtracting(locked.map(\.name)).sorted()
      if new.isEmpty { break }
      for name in new {
        let connection = try Connection(path: "\(folder)/\(name)", .write, patience: .seconds(30))
        try connection.execute("BEGIN IMMEDIATE")
        locked.append(Database(name: name, connection: connection))
      }
    }
    taken = Date()
    for database in locked { databases.append(try Self.read(database.name, in: folder)) }
    for database in locked { try database.connection.execute("ROLLBACK") }
    databases.sort { $0.name < $1.name }
  }

  private static func isOfLog(_ name: String) -> Bool { name.hasPrefix(logFolder + "/") }

  private static func read(_ name: String, in folder: String) throws -> Database {
    let connection = try Connection(path: "\(folder)/\(name)", .read, patience: .seconds(30))
    try connection.execute("BEGIN")
    // The transaction sees what there is when it first reads.
    let _: Int64? = try connection.scalar("SELECT count(*) FROM sqlite_master")
    return Database(name: name, connection: connection)
  }

  private static func names(in folder: String) -> [String] {
    (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".sqlite") && !$0.contains("set-aside") }.sorted()
  }
}
