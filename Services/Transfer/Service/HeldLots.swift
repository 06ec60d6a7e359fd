import GRDB
import Messages
import Store

/// The lots that the postings stage holds between two entries of one change, in its store.
enum HeldLots {
  static let migration = StoreMigration(
    "lots held until their change ends",
    "CREATE TABLE held (place INTEGER PRIMARY KEY, movement BLOB NOT NULL) STRICT;")

  /// The lots, in the order in which they were held.
  static func load(_ db: Database) throws -> [LotMovement] {
    var reader = MessageReader<Movement>()
    var lots: [LotMovement] = []
    try db.cachedStatement(sql: "SELECT movement FROM held ORDER BY place").bindAndRead { _ in
    } _: { row in
      guard case .lot(let lot) = try reader.read(row.blob(0)) else {
        throw StoreError.failed("a movement in held is no lot")
      }
      lots.append(lot)
    }
    return lots
  }

  /// Puts these lots in the place of what was held.
  static func save(_ lots: [LotMovement], _ db: Database) throws {
    try db.cachedStatement(sql: "DELETE FROM held").bindAndRun { _ in }
    let insert = try db.cachedStatement(sql: "INSERT INTO held (place, movement) VALUES (?, ?)")
    for (place, lot) in lots.enumerated() {
      var bytes: [UInt8] = []
      Movement.lot(lot).write(to: &bytes)
      try bytes.withUnsafeBytes { movement in
        try insert.bindAndRun { row in
          row.bind(1, Int64(place))
          row.bind(2, movement)
        }
      }
    }
  }
}
