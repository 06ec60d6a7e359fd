import EventLog
import Foundation
import SQLite
import Store

/// Fills a store and takes snapshots of it, one after the other, until it is killed; prints the
/// position of each once it is there. Between two, every row changes and the position moves.
@main
enum SnapshotWriter {
  static let identity = StageStore.Identity(stage: "test/rows", partition: 0, topics: ["rows": 1])
  static let migrations = [
    StoreMigration(
      "rows", "CREATE TABLE row (id INTEGER PRIMARY KEY, number INTEGER NOT NULL, text BLOB) STRICT"
    )
  ]
  static let rows = 400

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else {
      print("usage: SnapshotWriter <store> <snapshots>")
      exit(2)
    }
    let store = try StageStore(path: arguments[1], identity: identity, migrations: migrations)
    let folder = SnapshotFolder(SnapshotSettings(directory: arguments[2]))
    while true {
      let position = try store.connection.transaction { try change(store.connection) }
      guard try folder.write(arguments[1], of: identity, taken: position) != nil else { exit(3) }
      // One write for each line: a line is whole or is not there.
      let line = Array("\(position)\n".utf8)
      guard write(STDOUT_FILENO, line, line.count) == line.count else { return }
    }
  }

  /// Gives every row the next position as its number.
  private static func change(_ db: Connection) throws -> Int64 {
    let old = try StoreProgress(db)
    var new = old
    new.next += 1
    for id in 0..<rows {
      try db.run("INSERT OR REPLACE INTO row VALUES (?, ?, randomblob(4000))", id, new.next)
    }
    try new.save(db, since: old)
    return new.next
  }
}
