import EventLog
import GRDB
import Messages
import ReportingRules
import ServiceRuntime
import Store

/// Keeps the latest record of each document, with its lines and what waits of it.
final class RecordsHandler: StageHandler {
  private var reader = MessageReader<DocumentRecord>()
  private(set) var clearedOn: Int64?
  private let publishing: Bool

  /// - Parameter publishing: whether to send rows to the report topic.
  init(publishing: Bool) { self.publishing = publishing }

  func apply(_ record: RecordView, _ db: Database, _ output: inout StepOutput) throws {
    guard let value = record.value else { throw ReportingError.emptyMessage }
    let document = try reader.read(value)
    clearedOn = document.date.map { Int64($0.days) * Self.dayMilliseconds }
    let known = try known(document, db)
    if let known, document.revision <= known.revision { return }
    if publishing { try send(document, after: known?.id, db, &output) }
    let id = try put(document, known?.id, db)
    for (position, line) in document.lines.enumerated() {
      try add(line, at: Int64(position), of: id, db)
    }
    for (position, line) in (document.submanufacture ?? []).enumerated() {
      try add(line, at: Int64(position), of: id, db)
    }
    for (position, move) in (document.moves ?? []).enumerated() {
      try MoveTables.add(move, at: Int64(position), of: id, db)
    }
    for (position, fact) in document.pending.enumerated() {
      try add(fact, at: Int64(position), of: id, db)
    }
  }

  func save(_ db: Database) throws {}

  private static let dayMilliseconds: Int64 = 86_400_000

  private func send(
    _ record: DocumentRecord, after known: Int64?, _ db: Database, _ output: inout StepOutput
  ) throws {
    // The kind is part of a document's name.
    switch record.kind {
    case .move:
      let before = try known.map { try DocumentRowReader.moves(of: $0, record, db) } ?? []
      send(before, MoveRow.of(record), record, &output)
    case .submanufacture:
      let before = try known.map { try DocumentRowReader.submanufacture(of: $0, record, db) } ?? []
      send(before, SubmanufactureRow.of(record), record, &output)
    case .pedimento, .act, .notice:
      let before = try known.map { try ExitReader.exits(of: $0, db) } ?? []
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
    _ record: DocumentRecord, _ db: Database
  ) throws -> (id: Int64, revision: Int64)? {
    var known: (id: Int64, revision: Int64)?
    try db.cachedStatement(
      sql: "SELECT id, revision FROM document WHERE rfc = ? AND document = ? AND kind = ?"
    ).bindAndRead { row in
      row.bind(1, record.rfc)
      row.bind(2, record.document)
      row.bind(3, record.kind.rawValue)
    } _: { row in
      known = (row.integer(0), row.integer(1))
    }
    return known
  }

  /// Writes the document and clears what an earlier record said.
  private func put(_ record: DocumentRecord, _ known: Int64?, _ db: Database) throws -> Int64 {
    if let known {
      for table in ["line", "pending", "submanufacture", "move"] {
        try db.cachedStatement(sql: "DELETE FROM \(table) WHERE document = ?")
          .bindAndRun { $0.bind(1, known) }
      }
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO document (
          id, kind, rfc, document, revision, state, clave, operation, date, received, place,
          notice)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        ON CONFLICT (id) DO UPDATE SET
          revision = ?5, state = ?6, clave = ?7, operation = ?8, date = ?9, received = ?10,
          place = ?11, notice = ?12
        """
    ).bindAndRun { row in
      row.bind(1, known)
      row.bind(2, record.kind.rawValue)
      row.bind(3, record.rfc)
      row.bind(4, record.document)
      row.bind(5, record.revision)
      row.bind(6, record.state.rawValue)
      row.bind(7, record.clave)
      row.bind(8, record.operation?.rawValue)
      row.bind(9, record.date.map { Int64($0.days) })
      row.bind(10, record.received)
      row.bind(11, DocumentPlace(record).rawValue)
      row.bind(12, record.notice)
    }
    return known ?? db.lastInsertedRowID
  }

  private func add(_ line: RecordLine, at position: Int64, of id: Int64, _ db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO line (
          document, position, line, plant, part, quantity, uom, tariff_item, nico, value, origin,
          due)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).bindAndRun { row in
      row.bind(1, id)
      row.bind(2, position)
      row.bind(3, Int64(line.line))
      row.bind(4, line.plant)
      row.bind(5, line.part)
      row.bind(6, line.quantity.millionths)
      row.bind(7, Int64(line.uom.code))
      row.bind(8, line.tariffItem)
      row.bind(9, line.nico)
      row.bind(10, line.value.centavos)
      row.bind(11, line.originCountry)
      row.bind(12, line.dueOn.map { Int64($0.days) })
    }
  }

  private func add(
    _ line: SubmanufactureLine, at position: Int64, of id: Int64, _ db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO submanufacture (
          document, position, kind, plant, submanufacturer, part, folio, date, quantity,
          of_document)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).bindAndRun { row in
      row.bind(1, id)
      row.bind(2, position)
      row.bind(3, line.kind.rawValue)
      row.bind(4, line.plant)
      row.bind(5, line.submanufacturer)
      row.bind(6, line.part)
      row.bind(7, line.noticeFolio)
      row.bind(8, Int64(line.date.days))
      row.bind(9, line.quantity.millionths)
      row.bind(10, line.ofDocument)
    }
  }

  private func add(_ fact: PendingFact, at position: Int64, of id: Int64, _ db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO pending (
          document, position, id, source, type, code, reason, rejected, received)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).bindAndRun { row in
      row.bind(1, id)
      row.bind(2, position)
      row.bind(3, fact.id)
      row.bind(4, fact.source)
      row.bind(5, fact.type)
      row.bind(6, fact.code)
      row.bind(7, Reason.text(fact))
      row.bind(8, fact.rejected ? 1 : 0)
      row.bind(9, Reason.instant(milliseconds: fact.received))
    }
  }
}
