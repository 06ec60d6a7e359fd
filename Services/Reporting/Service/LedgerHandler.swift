import EventLog
import Messages
import ReportingRules
import SQLite
import ServiceRuntime
import Store

/// Keeps lots, demands and postings as the ledger gives them, by their numbers.
final class LedgerHandler: StageHandler {
  private var reader = MessageReader<LedgerEntry>()
  private var books: [BookName: Int64] = [:]
  private var lots = LotChanges()
  private(set) var clearedOn: Int64?
  /// Held from a batch's first message to its end: a statement that is held when the store closes
  /// would keep it from closing.
  private var statements: LedgerStatements?
  /// Makes the rows of the report topics; nil where none are sent.
  private var rows: LedgerRows?
  private var sink = LedgerRowsSink()
  /// The book of which the last message did not say all that a movement changed.
  private var unfinished: BookName?
  private var unfinishedInStore: BookName?

  /// The topics that rows go to.
  static let outputs: [Topic] = [.report, .balances]

  init(_ db: Connection, _ context: StageContext, publishing: Bool) throws {
    if publishing {
      try LedgerRowsStore.prepare(db)
      self.rows = LedgerRows(
        partition: context.partition, lastLot: try LedgerRowsStore.lastLot(db),
        lastDemand: try LedgerRowsStore.lastDemand(db))
    }
    try db.query("SELECT id, plant, part, account FROM book") { row in
      let account: Account? = try row[3] == 1 ? .scrap : nil
      books[BookName(plant: try row[1], part: try row[2], account: account)] = try row[0]
    }
    unfinishedInStore = try db.first("SELECT plant, part FROM unfinished") { row in
      try BookName(plant: row[0], part: row[1])
    }
    unfinished = unfinishedInStore
  }

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    do {
      guard let value = record.value else { throw ReportingError.emptyMessage }
      let entry = try reader.read(value)
      let statements = try self.statements ?? LedgerStatements(db)
      self.statements = statements
      try apply(entry, db, statements, &output)
    } catch {
      statements = nil
      throw error
    }
  }

  func save(_ db: Connection) throws {
    guard let statements else { return }
    defer { self.statements = nil }
    try lots.drain { try statements.write($0, db) }
    if unfinished != unfinishedInStore {
      try statements.write(unfinished: unfinished, db)
      unfinishedInStore = unfinished
    }
    rows?.saved()
  }

  private func apply(
    _ entry: LedgerEntry, _ db: Connection, _ statements: LedgerStatements,
    _ output: inout StepOutput
  ) throws {
    let day = entry.demands.last?.date ?? entry.lots.last?.enteredOn
    clearedOn = day.map { Int64($0.days) * 86_400_000 }
    let name = BookName(plant: entry.plant, part: entry.part, account: entry.account)
    let book = try book(name, db)
    unfinished = entry.more == true ? BookName(plant: entry.plant, part: entry.part) : nil
    // Before the tables change: what a row says may depend on what it was.
    // The report topics tell of what is on hand.
    if rows != nil, entry.account == nil {
      // The output is lent to the sink for the call, not copied.
      swap(&sink.output, &output)
      defer { swap(&sink.output, &output) }
      try rows?.apply(
        entry, of: book, version: sink.output.input,
        from: LedgerRowsStore(db, statements), to: &sink)
    }
    for lot in entry.lots { lots.note(lot, of: book) }
    for balance in entry.balances where !lots.note(balance, of: book) {
      throw ReportingError.unknownLot(balance.lot)
    }
    for demand in entry.demands { try statements.write(demand, of: book) }
    for posting in entry.postings {
      try statements.write(posting, entry: output.input, received: entry.received, db)
    }
    if let receipts = entry.receipts { try MoveTables.put(receipts, of: book, db) }
  }

  private func book(_ name: BookName, _ db: Connection) throws -> Int64 {
    if let book = books[name] { return book }
    let book = Int64(books.count) + 1
    try db.statement("INSERT INTO book (id, plant, part, account) VALUES (?, ?, ?, ?)")
      .bind(book, name.plant, name.part, name.account == .scrap).run()
    books[name] = book
    return book
  }
}
