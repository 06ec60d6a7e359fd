import Ledger
import Messages
import ReportingRules
import SQLite
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

  init(_ db: Connection) throws {
    // A lot that was there keeps what has gone out of it, unless that changed with it.
    openLot = try db.statement(
      """
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
      """
    )
    changeLot = try db.statement(
      "UPDATE lot SET discharged = ?2, moved = ?3, value_out = ?4 WHERE id = ?1")
    removeLot = try db.statement("DELETE FROM lot WHERE id = ?1")
    setDemand = try db.statement(
      """
      INSERT OR REPLACE INTO demand (
        id, book, document, line, clave, date, product, to_plant, shortage)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      """
    )
    removeDemand = try db.statement("DELETE FROM demand WHERE id = ?1")
    addPosting = try db.statement(
      """
      INSERT INTO posting (
        id, demand, lot, incorporated, waste, scrap, value, reverses, reversed, ledger_offset,
        caused_received)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10)
      """
    )
    reversePosting = try db.statement(
      """
      UPDATE posting SET reversed = 1 WHERE id = ?1 AND reversed = 0 AND reverses IS NULL
      """
    )
    readLot = try db.statement(
      """
      SELECT book, pedimento, line, entered, due, quantity, value, discharged, moved, value_out
      FROM lot WHERE id = ?1
      """
    )
    lotsOfEntry = try db.statement(
      "SELECT id FROM lot WHERE book = ?1 AND pedimento = ?2 AND line = ?3 ORDER BY id")
    readDemand = try db.statement(
      """
      SELECT document, line, clave, date, product, to_plant, shortage FROM demand WHERE id = ?1
      """
    )
  }

  func write(_ change: LotChanges.Change, _ db: Connection) throws {
    if change.isGone {
      try removeLot.bind(change.lot).run()
      return
    }
    let balance = change.balance
    if let state = change.state {
      // 0 an entry, 1 a move, 2 a discharge that left it as scrap.
      let source = state.moved != nil ? 1 : state.discharge != nil ? 2 : 0
      try openLot.bind(
        state.lot, change.book, state.pedimento, state.line, state.clave, state.enteredOn.days,
        state.dueOn?.days, state.quantity.millionths, state.value.centavos,
        balance?.discharged.millionths, balance?.movedOut.millionths, balance?.value.centavos,
        source, (state.moved?.date ?? state.discharge?.date)?.days,
        state.moved?.document ?? state.discharge?.document,
        state.moved?.line ?? state.discharge?.line
      ).run()
    } else if let balance {
      try changeLot.bind(
        balance.lot, balance.discharged.millionths, balance.movedOut.millionths,
        balance.value.centavos
      ).run()
      guard db.changes == 1 else { throw ReportingError.unknownLot(balance.lot) }
    }
  }

  /// Notes the book of which not all is told yet; rarely there is one.
  func write(unfinished book: BookName?, _ db: Connection) throws {
    guard let book else { return try db.run("DELETE FROM unfinished") }
    try db.run(
      "INSERT OR REPLACE INTO unfinished (id, plant, part) VALUES (1, ?, ?)", book.plant, book.part)
  }

  func write(_ demand: DemandState, of book: Int64) throws {
    if demand.gone {
      try removeDemand.bind(demand.demand).run()
      return
    }
    try setDemand.bind(
      demand.demand, book, demand.document, demand.line, demand.clave, demand.date.days,
      demand.product, demand.toPlant, demand.shortage.millionths
    ).run()
  }

  /// - Parameters:
  ///   - entry: the offset in the ledger of the message that has it.
  ///   - received: milliseconds since the epoch at which what made it was received.
  func write(_ posting: Posting, entry: Int64, received: Int64, _ db: Connection) throws {
    if let reverses = posting.reverses {
      try reversePosting.bind(reverses).run()
      guard db.changes == 1 else { throw ReportingError.unknownPosting(reverses) }
    }
    try addPosting.bind(
      posting.posting, posting.demand, posting.lot, posting.incorporated.millionths,
      posting.waste.millionths, posting.scrap.millionths, posting.value.centavos, posting.reverses,
      entry, received
    ).run()
  }
}
