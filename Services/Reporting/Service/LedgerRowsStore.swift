import Ledger
import Messages
import ReportingRules
import SQLite
import Store

/// The lots and demands of the ledger's tables, as rows of the report topics need them.
struct LedgerRowsStore: ReportedBooks {
  private let db: Connection
  private let statements: LedgerStatements

  init(_ db: Connection, _ statements: LedgerStatements) {
    self.db = db
    self.statements = statements
  }

  /// Makes the index that only rows of balances need.
  static func prepare(_ db: Connection) throws {
    try db.execute("CREATE INDEX IF NOT EXISTS lot_entry ON lot (book, pedimento, line)")
  }

  /// The greatest number of a lot.
  static func lastLot(_ db: Connection) throws -> Int64 {
    try db.scalar(
      """
      SELECT max(ifnull((SELECT max(id) FROM lot), 0),
        ifnull((SELECT max(id) FROM withdrawn_lot), 0))
      """) ?? 0
  }

  /// The greatest number of a demand.
  static func lastDemand(_ db: Connection) throws -> Int64 {
    try db.scalar(
      """
      SELECT max(ifnull((SELECT max(id) FROM demand), 0),
        ifnull((SELECT max(id) FROM withdrawn_demand), 0))
      """) ?? 0
  }

  func lot(_ number: Int64) throws -> ReportedLot? {
    if let found = try Self.lot(number, statements.readLot) { return found }
    return try Self.lot(
      number,
      db.statement(
        """
        SELECT book, pedimento, line, entered, due, 0, 0, 0, 0, 0 FROM withdrawn_lot WHERE id = ?
        """
      ))
  }

  /// The lot of a number, out of columns as ``LedgerStatements/readLot`` has them.
  private static func lot(_ number: Int64, _ statement: Statement) throws -> ReportedLot? {
    try statement.bind(number).first { row in
      try ReportedLot(
        number: number, entry: EntryLine(book: row[0], pedimento: row[1], line: row[2]),
        enteredOn: CalendarDate(days: row[3]),
        dueOn: (row[4] as Int32?).map(CalendarDate.init(days:)),
        quantity: Quantity(millionths: row[5]), value: Money(centavos: row[6]),
        out: LotBalance(
          discharged: Quantity(millionths: row[7]), lot: number,
          movedOut: Quantity(millionths: row[8]), value: Money(centavos: row[9])))
    }
  }

  func lots(of entry: EntryLine) throws -> [Int64] {
    try statements.lotsOfEntry.bind(entry.book, entry.pedimento, entry.line).all { try $0[0] }
  }

  func demand(_ number: Int64) throws -> DemandState? {
    let found = try statements.readDemand.bind(number).first { row in
      try Self.demand(number, row, shortage: Quantity(millionths: row[6]), gone: false)
    }
    if let found { return found }
    return try db.statement(
      """
      SELECT document, line, clave, date, product, to_plant FROM withdrawn_demand WHERE id = ?
      """
    ).bind(number).first { try Self.demand(number, $0, shortage: .zero, gone: true) }
  }

  func keep(withdrawn lot: ReportedLot) throws {
    try db.statement(
      """
      INSERT OR REPLACE INTO withdrawn_lot (id, book, pedimento, line, entered, due)
      VALUES (?, ?, ?, ?, ?, ?)
      """
    ).bind(
      lot.number, lot.entry.book, lot.entry.pedimento, lot.entry.line, lot.enteredOn.days,
      lot.dueOn?.days
    ).run()
  }

  func keep(withdrawn demand: DemandState) throws {
    try db.statement(
      """
      INSERT OR REPLACE INTO withdrawn_demand (
        id, document, line, clave, date, product, to_plant)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """
    ).bind(
      demand.demand, demand.document, demand.line, demand.clave, demand.date.days, demand.product,
      demand.toPlant
    ).run()
  }

  private static func demand(
    _ number: Int64, _ row: borrowing Row, shortage: Quantity, gone: Bool
  ) throws -> DemandState {
    try DemandState(
      clave: row[2], date: CalendarDate(days: row[3]), demand: number,
      document: row[0], gone: gone, line: row[1],
      product: row[4], shortage: shortage,
      toPlant: row[5])
  }
}
