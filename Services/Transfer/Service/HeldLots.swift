import Messages
import SQLite
import Store

/// The lots that the postings stage once held between two entries of one change, in its store.
enum HeldLots {
  static let migration = StoreMigration(
    "lots held until their change ends",
    "CREATE TABLE held (place INTEGER PRIMARY KEY, movement BLOB NOT NULL) STRICT;")

  /// The lots, in the order in which they were held.
  static func load(_ db: Connection) throws -> [LotMovement] {
    var reader = MessageReader<Movement>()
    var lots: [LotMovement] = []
    try db.statement("SELECT movement FROM held ORDER BY place").bind().query { row in
      guard case .lot(let lot) = try row.withUnsafeBytes(0, { try reader.read($0) }) else {
        throw StoreError.failed("a movement in held is no lot")
      }
      lots.append(lot)
    }
    return lots
  }

  /// Forgets them, once they go out.
  static func forget(_ db: Connection) throws { try db.run("DELETE FROM held") }
}
