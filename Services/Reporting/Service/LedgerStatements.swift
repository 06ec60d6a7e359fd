import GRDB
import Ledger
import Messages
import ReportingRules
import Store

/// The statements of the ledger's tables, looked up once a batch; a class, since every message
/// passes them on.
final class LedgerStatements {
  private let openLot: Statement
  private let changeLot: Statement
  private let removeLot: Statement
  private let setDemand: Statement
  private let removeDemand: Statement
  private let addPosting: Statement
  private let reversePosting: Statement
  /// Columns: book, pedimento, line, entered, due, quantity, value, discharged, moved, value gone
  /// out; of the lot of a number.
  let readLot: Statement
  /// Columns: the number; of the lots of a book, a pedimento and a line.
  let lotsOfEntry: Statement
  /// Columns: document, line, clave, date, product, receiving plant, shortage; of the demand of a
  /// number.
  let readDemand: Statement

  init(_ db: Database) throws {
    // A lot that was there keeps what has gone out of it, unless that changed with it.
    openLot = try db.cachedStatement(
      sql: """
        INSERT INTO lot (
          id, book, pedimento, line, clave, entered, due, quantity, value, discharged, moved,
          value_out, source, source_on, source_by, source_line)
        VALUES (
          ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ifnull(?10, 0), ifnull(?11, 0), ifnull(?12, 0), ?13,
          ?14, ?15, ?16)
        ON CONFLICT (id) DO UPDATE SET
          book = ?2, pedimento = ?3, line = ?4, clave = ?5, entered = ?6, due = ?7, quantity = ?8,
          value = ?9, discharged = ifnull(?10, discharged), moved = ifnull(?11, moved),
          value_out = ifnull(?12, value_out)
        """)
    changeLot = try db.cachedStatement(
      sql: "UPDATE lot SET discharged = ?2, moved = ?3, value_out = ?4 WHERE id = ?1")
    removeLot = try db.cachedStatement(sql: "DELETE FROM lot WHERE id = ?1")
    setDemand = try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO demand (
          id, book, document, line, clave, date, product, to_plant, shortage)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """)
    removeDemand = try db.cachedStatement(sql: "DELETE FROM demand WHERE id = ?1")
    addPosting = try db.cachedStatement(
      sql: """
        INSERT INTO posting (
          id, demand, lot, incorporated, waste, scrap, value, reverses, reversed)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0)
        """)
    reversePosting = try db.cachedStatement(
      sql: """
        UPDATE posting SET reversed = 1 WHERE id = ?1 AND reversed = 0 AND reverses IS NULL
        """)
    readLot = try db.cachedStatement(
      sql: """
        SELECT book, pedimento, line, entered, due, quantity, value, discharged, moved, value_out
        FROM lot WHERE id = ?1
        """)
    lotsOfEntry = try db.cachedStatement(
      sql: "SELECT id FROM lot WHERE book = ?1 AND pedimento = ?2 AND line = ?3 ORDER BY id")
    readDemand = try db.cachedStatement(
      sql: """
        SELECT document, line, clave, date, product, to_plant, shortage FROM demand WHERE id = ?1
        """)
  }

  func write(_ change: LotChanges.Change, _ db: Database) throws {
    if change.isGone {
      try removeLot.bindAndRun { $0.bind(1, change.lot) }
      return
    }
    let balance = change.balance
    if let state = change.state {
      try openLot.bindAndRun { row in
        row.bind(1, state.lot)
        row.bind(2, change.book)
        row.bind(3, state.pedimento)
        row.bind(4, Int64(state.line))
        row.bind(5, state.clave)
        row.bind(6, Int64(state.enteredOn.days))
        row.bind(7, state.dueOn.map { Int64($0.days) })
        row.bind(8, state.quantity.millionths)
        row.bind(9, state.value.centavos)
        row.bind(10, balance?.discharged.millionths)
        row.bind(11, balance?.movedOut.millionths)
        row.bind(12, balance?.value.centavos)
        // 0 an entry, 1 a move, 2 a discharge that left it as scrap.
        row.bind(13, state.moved != nil ? 1 : state.discharge != nil ? 2 : 0)
        row.bind(14, (state.moved?.date ?? state.discharge?.date).map { Int64($0.days) })
        row.bind(15, state.moved?.document ?? state.discharge?.document)
        row.bind(16, (state.moved?.line ?? state.discharge?.line).map { Int64($0) })
      }
    } else if let balance {
      try changeLot.bindAndRun { row in
        row.bind(1, balance.lot)
        row.bind(2, balance.discharged.millionths)
        row.bind(3, balance.movedOut.millionths)
        row.bind(4, balance.value.centavos)
      }
      guard db.changesCount == 1 else { throw ReportingError.unknownLot(balance.lot) }
    }
  }

  /// Notes the book of which not all is told yet; rarely there is one.
  func write(unfinished book: BookName?, _ db: Database) throws {
    guard let book else { return try db.execute(sql: "DELETE FROM unfinished") }
    try db.execute(
      sql: "INSERT OR REPLACE INTO unfinished (id, plant, part) VALUES (1, ?, ?)",
      arguments: [book.plant, book.part])
  }

  func write(_ demand: DemandState, of book: Int64) throws {
    if demand.gone {
      try removeDemand.bindAndRun { $0.bind(1, demand.demand) }
      return
    }
    try setDemand.bindAndRun { row in
      row.bind(1, demand.demand)
      row.bind(2, book)
      row.bind(3, demand.document)
      row.bind(4, Int64(demand.line))
      row.bind(5, demand.clave)
      row.bind(6, Int64(demand.date.days))
      row.bind(7, demand.product)
      row.bind(8, demand.toPlant)
      row.bind(9, demand.shortage.millionths)
    }
  }

  func write(_ posting: Posting, _ db: Database) throws {
    if let reverses = posting.reverses {
      try reversePosting.bindAndRun { $0.bind(1, reverses) }
      guard db.changesCount == 1 else { throw ReportingError.unknownPosting(reverses) }
    }
    try addPosting.bindAndRun { row in
      row.bind(1, posting.posting)
      row.bind(2, posting.demand)
      row.bind(3, posting.lot)
      row.bind(4, posting.incorporated.millionths)
      row.bind(5, posting.waste.millionths)
      row.bind(6, posting.scrap.millionths)
      row.bind(7, posting.value.centavos)
      row.bind(8, posting.reverses)
    }
  }
}
