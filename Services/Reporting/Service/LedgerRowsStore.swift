import GRDB
import Ledger
import Messages
import ReportingRules
import Store

/// The lots and demands of the ledger's tables, as rows of the report topics need them.
struct LedgerRowsStore: ReportedBooks {
  private let db: Database
  private let statements: LedgerStatements

  init(_ db: Database, _ statements: LedgerStatements) {
    self.db = db
    self.statements = statements
  }

  /// Makes the index that only rows of balances need.
  static func prepare(_ db: Database) throws {
    try db.execute(
      sql: "CREATE INDEX IF NOT EXISTS lot_entry ON lot (book, pedimento, line)")
  }

  /// The greatest number of a lot.
  static func lastLot(_ db: Database) throws -> Int64 {
    try Int64.fetchOne(
      db,
      sql: """
        SELECT max(ifnull((SELECT max(id) FROM lot), 0),
          ifnull((SELECT max(id) FROM withdrawn_lot), 0))
        """) ?? 0
  }

  /// The greatest number of a demand.
  static func lastDemand(_ db: Database) throws -> Int64 {
    try Int64.fetchOne(
      db,
      sql: """
        SELECT max(ifnull((SELECT max(id) FROM demand), 0),
          ifnull((SELECT max(id) FROM withdrawn_demand), 0))
        """) ?? 0
  }

  func lot(_ number: Int64) throws -> ReportedLot? {
    if let found = try Self.lot(number, statements.readLot) { return found }
    return try Self.lot(
      number,
      db.cachedStatement(
        sql: """
          SELECT book, pedimento, line, entered, due, 0, 0, 0, 0, 0 FROM withdrawn_lot WHERE id = ?
          """))
  }

  /// The lot of a number, out of columns as ``LedgerStatements/readLot`` has them.
  private static func lot(_ number: Int64, _ statement: Statement) throws -> ReportedLot? {
    var found: ReportedLot?
    try statement.bindAndRead {
      $0.bind(1, number)
    } _: { row in
      found = ReportedLot(
        number: number,
        entry: EntryLine(
          book: row.integer(0), pedimento: row.text(1), line: Int32(row.integer(2))),
        enteredOn: CalendarDate(days: Int32(row.integer(3))), dueOn: date(row, 4),
        quantity: Quantity(millionths: row.integer(5)), value: Money(centavos: row.integer(6)),
        out: LotBalance(
          discharged: Quantity(millionths: row.integer(7)), lot: number,
          movedOut: Quantity(millionths: row.integer(8)),
          value: Money(centavos: row.integer(9))))
    }
    return found
  }

  func lots(of entry: EntryLine) throws -> [Int64] {
    var found: [Int64] = []
    try statements.lotsOfEntry.bindAndRead { row in
      row.bind(1, entry.book)
      row.bind(2, entry.pedimento)
      row.bind(3, Int64(entry.line))
    } _: {
      found.append($0.integer(0))
    }
    return found
  }

  func demand(_ number: Int64) throws -> DemandState? {
    var found: DemandState?
    try statements.readDemand.bindAndRead {
      $0.bind(1, number)
    } _: {
      found = Self.demand(number, $0, shortage: Quantity(millionths: $0.integer(6)), gone: false)
    }
    if let found { return found }
    try db.cachedStatement(
      sql: """
        SELECT document, line, clave, date, product, to_plant FROM withdrawn_demand WHERE id = ?
        """
    ).bindAndRead {
      $0.bind(1, number)
    } _: {
      found = Self.demand(number, $0, shortage: .zero, gone: true)
    }
    return found
  }

  func keep(withdrawn lot: ReportedLot) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO withdrawn_lot (id, book, pedimento, line, entered, due)
        VALUES (?, ?, ?, ?, ?, ?)
        """
    ).bindAndRun { row in
      row.bind(1, lot.number)
      row.bind(2, lot.entry.book)
      row.bind(3, lot.entry.pedimento)
      row.bind(4, Int64(lot.entry.line))
      row.bind(5, Int64(lot.enteredOn.days))
      row.bind(6, lot.dueOn.map { Int64($0.days) })
    }
  }

  func keep(withdrawn demand: DemandState) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO withdrawn_demand (
          id, document, line, clave, date, product, to_plant)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).bindAndRun { row in
      row.bind(1, demand.demand)
      row.bind(2, demand.document)
      row.bind(3, Int64(demand.line))
      row.bind(4, demand.clave)
      row.bind(5, Int64(demand.date.days))
      row.bind(6, demand.product)
      row.bind(7, demand.toPlant)
    }
  }

  private static func demand(
    _ number: Int64, _ row: FastRow, shortage: Quantity, gone: Bool
  ) -> DemandState {
    DemandState(
      clave: row.text(2), date: CalendarDate(days: Int32(row.integer(3))), demand: number,
      document: row.text(0), gone: gone, line: Int32(row.integer(1)),
      product: row.isNull(4) ? nil : row.text(4), shortage: shortage,
      toPlant: row.isNull(5) ? nil : row.text(5))
  }

  private static func date(_ row: FastRow, _ column: Int32) -> CalendarDate? {
    row.isNull(column) ? nil : CalendarDate(days: Int32(row.integer(column)))
  }
}
