import DischargeRules
import SQLite
import Store

/// Writes changed books and lots.
struct SQLiteBookWriter: BookWriter {
  private let saveBook: Statement
  private let lots: LotWriter
  private let removeLot: Statement

  init(_ db: Connection) throws {
    saveBook = try db.statement(
      """
      INSERT INTO book (id, plant, part, head, facts, scrapOf) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET head = excluded.head, facts = excluded.facts
      """
    )
    lots = try LotWriter(db)
    removeLot = try db.statement("DELETE FROM lot WHERE id = ?")
  }

  func save(_ book: StoredBook, as number: Int32) throws {
    try saveBook.bind(number, book.plant, book.part, book.head, book.facts, book.scrapOf).run()
  }

  func save(_ lot: Lot, of book: Int32) throws { try lots.save(lot, of: book) }

  func remove(lot: Int64, of book: Int32) throws {
    try removeLot.bind(lot).run()
  }
}

/// Writes lots: those of scrap by a statement of their own, so that the others bind nothing for
/// what they do not have.
struct LotWriter {
  private let db: Connection
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

  init(_ db: Connection) throws {
    self.db = db
    saveLot = try db.statement(Self.insert)
  }

  /// Writes a lot in the place of what was stored of it.
  func save(_ lot: Lot, of book: Int32) throws {
    guard let discharge = lot.discharge else {
      return try Self.bind(lot, of: book, to: saveLot).run()
    }
    try Self.bind(lot, of: book, to: db.statement(Self.insertScrap)).and(discharge.date.days)
      .and(discharge.document).and(discharge.line).and(discharge.component).and(discharge.product)
      .and(discharge.directed).run()
  }

  private static func bind(
    _ lot: Lot, of book: Int32, to statement: Statement
  ) throws -> BoundStatement {
    let moved = lot.moved
    return try statement.bind(
      lot.id, book, lot.revision, lot.clave, lot.pedimento, lot.line, lot.enteredOn.days,
      lot.dueOn.days, moved?.date.days, moved?.document, moved?.line, moved?.plant, lot.quantity,
      lot.value, lot.discharged, lot.movedOut
    ).and(lot.valueOut)
  }
}
