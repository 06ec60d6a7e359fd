import DischargeRules
import GRDB
import Store

/// Writes changed books and lots.
struct SQLiteBookWriter: BookWriter {
  private let saveBook: Statement
  private let lots: LotWriter
  private let removeLot: Statement

  init(_ db: Database) throws {
    saveBook = try db.cachedStatement(
      sql: """
        INSERT INTO book (id, plant, part, head, scrapOf) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET head = excluded.head
        """)
    lots = try LotWriter(db)
    removeLot = try db.cachedStatement(sql: "DELETE FROM lot WHERE id = ?")
  }

  func save(
    book: Int32, plant: String, part: String, head: Int64, scrapOf: Int32?
  ) throws {
    try saveBook.bindAndRun { row in
      row.bind(1, Int64(book))
      row.bind(2, plant)
      row.bind(3, part)
      row.bind(4, head)
      row.bind(5, scrapOf.map { Int64($0) })
    }
  }

  func save(_ lot: Lot, of book: Int32) throws { try lots.save(lot, of: book) }

  func remove(lot: Int64, of book: Int32) throws {
    try removeLot.bindAndRun { $0.bind(1, lot) }
  }
}

/// Writes lots: those of scrap by a statement of their own, so that the others bind nothing for
/// what they do not have.
struct LotWriter {
  private let db: Database
  private let saveLot: Statement

  /// What is stored of every lot.
  static let columns = [
    "id", "book", "revision", "clave", "pedimento", "line", "enteredOn", "dueOn", "movedOn",
    "movedBy", "movedLine", "movedFrom", "quantity", "value", "discharged", "movedOut", "valueOut",
  ]
  /// What is stored of scrap besides: the demand that left it.
  static let scrapColumns = [
    "leftOn", "leftBy", "leftLine", "leftComponent", "leftProduct", "leftDirected",
  ]

  private static let insert = sql(columns)
  private static let insertScrap = sql(columns + scrapColumns)

  private static func sql(_ columns: [String]) -> String {
    let places = columns.map { _ in "?" }.joined(separator: ", ")
    return "INSERT OR REPLACE INTO lot (\(columns.joined(separator: ", "))) VALUES (\(places))"
  }

  init(_ db: Database) throws {
    self.db = db
    saveLot = try db.cachedStatement(sql: Self.insert)
  }

  /// Writes a lot in the place of what was stored of it.
  func save(_ lot: Lot, of book: Int32) throws {
    guard let discharge = lot.discharge else {
      return try saveLot.bindAndRun { Self.bind(lot, of: book, to: $0) }
    }
    try db.cachedStatement(sql: Self.insertScrap).bindAndRun { row in
      Self.bind(lot, of: book, to: row)
      row.bind(18, Int64(discharge.date.days))
      row.bind(19, discharge.document)
      row.bind(20, Int64(discharge.line))
      row.bind(21, Int64(discharge.component))
      row.bind(22, discharge.product)
      row.bind(23, discharge.directed ? 1 : 0)
    }
  }

  private static func bind(_ lot: Lot, of book: Int32, to row: FastRow) {
    row.bind(1, lot.id)
    row.bind(2, Int64(book))
    row.bind(3, lot.revision)
    row.bind(4, lot.clave)
    row.bind(5, lot.pedimento)
    row.bind(6, Int64(lot.line))
    row.bind(7, Int64(lot.enteredOn.days))
    row.bind(8, Int64(lot.dueOn.days))
    let moved = lot.moved
    row.bind(9, moved.map { Int64($0.date.days) })
    row.bind(10, moved?.document)
    row.bind(11, moved.map { Int64($0.line) })
    row.bind(12, moved?.plant)
    row.bind(13, lot.quantity)
    row.bind(14, lot.value)
    row.bind(15, lot.discharged)
    row.bind(16, lot.movedOut)
    row.bind(17, lot.valueOut)
  }
}
