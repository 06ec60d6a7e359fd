import EventLog
import Messages
import ReportingRules
import SQLite
import ServiceRuntime
import Store

/// Keeps the latest record of each document, with its lines and what waits of it.
final class RecordsHandler: StageHandler {
  private var reader = MessageReader<DocumentRecord>()
  private(set) var clearedOn: Int64?
  private let publishing: Bool

  /// - Parameter publishing: whether to send rows to the report topic.
  init(publishing: Bool) { self.publishing = publishing }

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    guard let value = record.value else { throw ReportingError.emptyMessage }
    let document = try reader.read(value)
    clearedOn = document.date.map { Int64($0.days) * Self.dayMilliseconds }
    let known = try known(document, db)
    if let page = document.page {
      guard let known else {
        throw StoreError.failed("page \(page) of \(document.document) comes before the first")
      }
      let revision = try RecordPage.revision(page, of: known.id, db)
      guard document.revision > revision ?? 0 else { return }
      if publishing { try send(document, after: known.id, db, &output) }
      if revision != nil { try RecordPage.clear(page, of: known.id, db) }
      try addRows(of: document, known.id, db)
      try RecordPage.note(page, document.revision, of: known.id, db)
    } else {
      if let known {
        guard document.revision > known.revision else { return }
        try dropPages(of: document, known.id, db, &output)
      }
      if publishing { try send(document, after: known?.id, db, &output) }
      // Most documents are new, with no rows to be forgotten.
      if let known { try RecordPage.clear(0, of: known.id, db) }
      let id = try put(document, known?.id, db)
      try addRows(of: document, id, db)
      if document.kind == .withdrawal {
        try WithdrawalTables.put(document.withdrawal, of: id, db)
      }
    }
  }

  /// Drops the pages that a record has no longer. What is said of the whole document is on every
  /// page: if it is another, all of them come again.
  private func dropPages(
    of record: DocumentRecord, _ known: Int64, _ db: Connection, _ output: inout StepOutput
  ) throws {
    let first = try stands(record, as: known, db) ? record.pages ?? 1 : 1
    for page in try RecordPage.pages(from: first, of: known, db) {
      var gone = record
      (gone.page, gone.lines, gone.moves, gone.submanufacture) = (page, [], nil, nil)
      if publishing { try send(gone, after: known, db, &output) }
      try RecordPage.clear(page, of: known, db)
    }
  }

  /// Whether what is known of the whole document is what its record says.
  private func stands(
    _ record: DocumentRecord, as known: Int64, _ db: Connection
  ) throws -> Bool {
    try db.statement(
      """
      SELECT EXISTS (
        SELECT 1 FROM document
        WHERE id = ?1 AND state = ?2 AND clave IS ?3 AND operation IS ?4 AND date IS ?5
          AND received = ?6 AND notice IS ?7)
      """
    ).bind(
      known, record.state.rawValue, record.clave, record.operation?.rawValue, record.date?.days,
      record.received, record.notice
    ).scalar() == true
  }

  /// Adds the rows of a page that has none.
  private func addRows(of record: DocumentRecord, _ id: Int64, _ db: Connection) throws {
    let first = RecordPage.first(of: record)
    for (position, line) in zip(first..., record.lines) { try add(line, at: position, of: id, db) }
    for (position, line) in zip(first..., record.submanufacture ?? []) {
      try add(line, at: position, of: id, db)
    }
    for (position, move) in zip(first..., record.moves ?? []) {
      try MoveTables.add(move, at: position, of: id, db)
    }
    for (position, fact) in zip(first..., record.pending) {
      try add(fact, at: position, of: id, db)
    }
  }

  func save(_ db: Connection) throws {}

  private static let dayMilliseconds: Int64 = 86_400_000

  private func send(
    _ record: DocumentRecord, after known: Int64?, _ db: Connection, _ output: inout StepOutput
  ) throws {
    // The kind is part of a document's name.
    switch record.kind {
    case .move:
      let before = try known.map { try DocumentRowReader.moves(of: $0, record, db) } ?? []
      send(before, MoveRow.of(record), record, &output)
    case .submanufacture:
      let before = try known.map { try DocumentRowReader.submanufacture(of: $0, record, db) } ?? []
      send(before, SubmanufactureRow.of(record), record, &output)
    // It is no row of the report topic: what it changes is.
    case .withdrawal: return
    case .pedimento, .act, .notice:
      let before = try known.map { try ExitReader.exits(of: $0, page: record.page ?? 0, db) } ?? []
      send(before, ExitRow.of(record), record, &output)
    }
  }

  private func send<Row: DocumentRow & LogMessage>(
    _ before: [Row], _ now: [Row], _ record: DocumentRecord, _ output: inout StepOutput
  ) {
    for row in Row.changes(from: before, to: now, version: record.revision) {
      output.send(to: 0, key: record.rfc) { row.write(to: &$0) }
    }
  }

  private func known(
    _ record: DocumentRecord, _ db: Connection
  ) throws -> (id: Int64, revision: Int64)? {
    try db.statement(
      "SELECT id, revision FROM document WHERE rfc = ? AND document = ? AND kind = ?"
    ).bind(record.rfc, record.document, record.kind.rawValue).first { row in
      try (id: row[0], revision: row[1])
    }
  }

  /// Writes what is said of the whole document.
  private func put(_ record: DocumentRecord, _ known: Int64?, _ db: Connection) throws -> Int64 {
    try db.statement(
      """
      INSERT INTO document (
        id, kind, rfc, document, revision, state, clave, operation, date, received, place,
        notice, details)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
      ON CONFLICT (id) DO UPDATE SET
        revision = ?5, state = ?6, clave = ?7, operation = ?8, date = ?9, received = ?10,
        place = ?11, notice = ?12, details = ?13
      """
    ).bind(
      known, record.kind.rawValue, record.rfc, record.document, record.revision,
      record.state.rawValue, record.clave, record.operation?.rawValue, record.date?.days,
      record.received, DocumentPlace(record).rawValue, record.notice,
      record.details?.text
    ).run()
    return known ?? db.lastInsertedRow
  }

  private func add(_ line: RecordLine, at position: Int64, of id: Int64, _ db: Connection) throws {
    try db.statement(
      """
      INSERT INTO line (
        document, position, line, plant, part, quantity, uom, tariff_item, nico, value, origin,
        due, details)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).bind(
      id, position, line.line, line.plant, line.part, line.quantity.millionths, line.uom?.code,
      line.tariffItem, line.nico, line.value.centavos, line.originCountry, line.dueOn?.days,
      line.details?.text
    ).run()
  }

  private func add(
    _ line: SubmanufactureLine, at position: Int64, of id: Int64, _ db: Connection
  ) throws {
    try db.statement(
      """
      INSERT INTO submanufacture (
        document, position, kind, plant, submanufacturer, part, folio, date, quantity,
        of_document)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).bind(
      id, position, line.kind.rawValue, line.plant, line.submanufacturer, line.part,
      line.noticeFolio, line.date.days, line.quantity.millionths, line.ofDocument
    ).run()
  }

  private func add(_ fact: PendingFact, at position: Int64, of id: Int64, _ db: Connection) throws {
    try db.statement(
      """
      INSERT INTO pending (
        document, position, id, source, type, code, reason, rejected, received, file, line, plant)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).bind(
      id, position, fact.id, fact.source, fact.type, fact.code, Reason.text(fact), fact.rejected,
      Reason.instant(milliseconds: fact.received), fact.file ?? "", fact.line ?? 0,
      fact.plant ?? ""
    ).run()
  }
}
