import SQLite
import Store

/// Whether a store has sent the rows of every message that it took to the report topics.
///
/// Rows are sent once, with the message that makes them. So a store either sends from its first
/// message on, or has to be built again to begin.
enum Publishing {
  /// The table that holds a row as long as everything was sent.
  static let table = "CREATE TABLE published (id INTEGER PRIMARY KEY CHECK (id = 1)) STRICT;"

  /// Empties the tables of a store that sends rows and sets it to the beginning of its topic: the
  /// rows that later versions of the program send beside are missing of what it took before.
  static func again(emptying tables: [String]) -> String {
    let changes =
      tables.map { "DELETE FROM \($0)" } + [
        "DELETE FROM applied", "DELETE FROM appliedEpoch", "DELETE FROM stage",
        "UPDATE position SET next = 0",
      ]
    return changes.map { change in
      let only = change == "DELETE FROM stage" ? "key = 'last' AND " : ""
      return "\(change) WHERE \(only)EXISTS (SELECT 1 FROM published);"
    }.joined(separator: "\n")
  }

  /// Holds what is wanted from here on against what was done up to here, and notes it.
  ///
  /// - Throws: ``ReportingError/notPublished`` where rows from before would be missing.
  static func check(_ db: Connection, wanted: Bool) throws {
    guard wanted else { return try db.run("DELETE FROM published") }
    if try StoreProgress(db).next == 0 {
      try db.run("INSERT OR IGNORE INTO published (id) VALUES (1)")
    }
    guard try db.scalar("SELECT EXISTS (SELECT 1 FROM published)") == true else {
      throw ReportingError.notPublished
    }
  }
}
