import DischargeRules
import GRDB
import Store

/// Writes changed books and lots.
struct SQLiteBookWriter: BookWriter {
  private let saveBook: Statement
  private let saveLot: Statement
  private let removeLot: Statement

  init(_ db: Database) throws {
    saveBook = try db.cachedStatement(
      sql: """
        INSERT INTO book (id, plant, part, head) VALUES (?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET head = excluded.head
        """)
    saveLot = try Self.saveLot(db)
    removeLot = try db.cachedStatement(sql: "DELETE FROM lot WHERE id = ?")
  }

  func save(book: Int32, plant: String, part: String, head: Int64) throws {
    try saveBook.bindAndRun { row in
      row.bind(1, Int64(book))
      row.bind(2, plant)
      row.bind(3, part)
      row.bind(4, head)
    }
  }

  func save(_ lot: Lot, of book: Int32) throws {
    try Self.save(lot, of: book, by: saveLot)
  }

  /// The statement that writes a lot.
  static func saveLot(_ db: Database) throws -> Statement {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO lot (
          id, book, revision, clave, pedimento, line, enteredOn, dueOn, movedOn, movedBy,
          movedLine, movedFrom, quantity, value, discharged, movedOut, valueOut
        ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
  }

  /// Writes a lot by ``saveLot(_:)``.
  static func save(_ lot: Lot, of book: Int32, by statement: Statement) throws {
    try statement.bindAndRun { row in
      row.bind(1, lot.id)
      row.bind(2, Int64(book))
      row.bind(3, lot.revision)
      row.bind(4, lot.clave)
      row.bind(5, lot.pedimento)
      row.bind(6, Int64(lot.line))
      row.bind(7, Int64(lot.enteredOn.days))
      row.bind(8, Int64(lot.dueOn.days))
      row.bind(9, lot.moved.map { Int64($0.date.days) })
      row.bind(10, lot.moved?.document)
      row.bind(11, lot.moved.map { Int64($0.line) })
      row.bind(12, lot.moved?.plant)
      row.bind(13, lot.quantity)
      row.bind(14, lot.value)
      row.bind(15, lot.discharged)
      row.bind(16, lot.movedOut)
      row.bind(17, lot.valueOut)
    }
  }

  func remove(lot: Int64, of book: Int32) throws {
    try removeLot.bindAndRun { $0.bind(1, lot) }
  }
}
