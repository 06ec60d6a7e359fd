import EventLog
import GRDB
import Messages
import ReportingRules
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

  init(_ db: Database) throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT id, plant, part FROM book")
    while let row = try rows.next() { books[BookName(plant: row[1], part: row[2])] = row[0] }
  }

  func apply(_ record: RecordView, _ db: Database, _ output: inout StepOutput) throws {
    do {
      guard let value = record.value else { throw ReportingError.emptyMessage }
      let entry = try reader.read(value)
      let statements = try self.statements ?? LedgerStatements(db)
      self.statements = statements
      try apply(entry, db, statements)
    } catch {
      statements = nil
      throw error
    }
  }

  func save(_ db: Database) throws {
    guard let statements else { return }
    defer { self.statements = nil }
    try lots.drain { try statements.write($0, db) }
  }

  private func apply(
    _ entry: LedgerEntry, _ db: Database, _ statements: LedgerStatements
  ) throws {
    let day = entry.demands.last?.date ?? entry.lots.last?.enteredOn
    clearedOn = day.map { Int64($0.days) * 86_400_000 }
    let book = try book(BookName(plant: entry.plant, part: entry.part), db)
    for lot in entry.lots { lots.note(lot, of: book) }
    for balance in entry.balances where !lots.note(balance, of: book) {
      throw ReportingError.unknownLot(balance.lot)
    }
    for demand in entry.demands { try statements.write(demand, of: book) }
    for posting in entry.postings { try statements.write(posting, db) }
  }

  private func book(_ name: BookName, _ db: Database) throws -> Int64 {
    if let book = books[name] { return book }
    let book = Int64(books.count) + 1
    try db.cachedStatement(sql: "INSERT INTO book (id, plant, part) VALUES (?, ?, ?)").bindAndRun {
      $0.bind(1, book)
      $0.bind(2, name.plant)
      $0.bind(3, name.part)
    }
    books[name] = book
    return book
  }
}
