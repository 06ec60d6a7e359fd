import Messages
import SQLite
import Store

/// The lots that the postings stage holds between two entries of one change, in its store.
enum HeldLots {
  static let migration = StoreMigration(
    "lots held until their change ends",
    "CREATE TABLE held (place INTEGER PRIMARY KEY, movement BLOB NOT NULL) STRICT;")

  /// The lots, in the order in which they were held.
  static func load(_ db: Connection) throws -> [LotMovement] {
    var reader = MessageReader<Movement>()
    var lots: [LotMovement] = []
    try db.statement("SELECT movement FROM held ORDER BY place").bind().query { row in
      guard case .lot(let lot) = try reader.read(row.unsafeBytes(0)) else {
        throw StoreError.failed("a movement in held is no lot")
      }
      lots.append(lot)
    }
    return lots
  }

  /// Puts these lots in the place of what was held.
  static func save(_ lots: [LotMovement], _ db: Connection) throws {
    try db.statement("DELETE FROM held").bind().run()
    let insert = try db.statement("INSERT INTO held (place, movement) VALUES (?, ?)")
    for (place, lot) in lots.enumerated() {
      var bytes: [UInt8] = []
      Movement.lot(lot).write(to: &bytes)
      try bytes.withUnsafeBytes { movement in
        try insert.bind(place, movement).run()
      }
    }
  }
}
