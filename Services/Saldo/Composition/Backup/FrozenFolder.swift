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
  /// A database, in a reading transaction in the end.
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
    for name in DataFiles.databases(in: folder) where !Self.isOfLog(name) {
      databases.append(try Database(name, in: folder, .read))
      try databases[databases.count - 1].begin()
    }
    var (locked, logs): ([Database], [Database]) = ([], [])
    // A log that is made meanwhile may hold what was made of facts of logs that are not locked yet.
    while true {
      let names = DataFiles.databases(in: folder).filter(Self.isOfLog)
      let new = names.filter { name in !locked.contains { $0.name == name } }
      if new.isEmpty { break }
      // Opened before any is locked: writers wait no longer than the locking takes.
      let writers = try new.map { try Database($0, in: folder, .write) }
      logs += try new.map { try Database($0, in: folder, .read) }
      for writer in writers { try writer.connection.execute("BEGIN IMMEDIATE") }
      locked += writers
    }
    taken = Date()
    for log in logs { try log.begin() }
    for database in locked { try database.connection.execute("ROLLBACK") }
    databases = (databases + logs).sorted { $0.name < $1.name }
  }

  static func isOfLog(_ name: String) -> Bool { name.hasPrefix(logFolder + "/") }
}

extension FrozenFolder.Database {
  fileprivate init(_ name: String, in folder: String, _ access: Connection.Access) throws {
    self.name = name
    connection = try Connection(path: "\(folder)/\(name)", access, patience: .seconds(30))
  }

  /// Begins a transaction, which sees what there is at its first read.
  fileprivate func begin() throws {
    try connection.execute("BEGIN")
    let _: Int64? = try connection.scalar("SELECT count(*) FROM sqlite_master")
  }
}
