import EventLog
import GRDB
import Messages
import ReportingRules
import ServiceRuntime
import Store

/// The table of a rejected store: every fact that was not taken, once.
enum RejectedTables {
  static let migrations = [
    StoreMigration(
      "facts that were not taken",
      """
      CREATE TABLE event (
        number INTEGER PRIMARY KEY,
        fingerprint INTEGER NOT NULL,
        id TEXT NOT NULL,
        source TEXT NOT NULL,
        type TEXT NOT NULL,
        code TEXT NOT NULL,
        field TEXT NOT NULL,
        reason TEXT NOT NULL,
        received TEXT NOT NULL,
        provisional INTEGER NOT NULL CHECK (provisional IN (0, 1)),
        event TEXT NOT NULL
      ) STRICT;
      CREATE INDEX event_fingerprint ON event (fingerprint);
      """)
  ]
}

/// Keeps each rejected fact once; a rejection for good outweighs a provisional one of the same.
final class RejectedHandler: StageHandler {
  private var reader = MessageReader<RejectedEvent>()

  func apply(_ record: RecordView, _ db: Database, _ output: inout StepOutput) throws {
    guard let value = record.value else { throw ReportingError.emptyMessage }
    let event = try reader.read(value)
    let fingerprint = Int64(bitPattern: Self.fingerprint(event))
    if let known = try number(of: event, fingerprint, db) {
      guard !event.provisional else { return }
      try db.cachedStatement(sql: "UPDATE event SET provisional = 0 WHERE number = ?")
        .bindAndRun { $0.bind(1, known) }
      return
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO event (
          fingerprint, id, source, type, code, field, reason, received, provisional, event)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).bindAndRun { row in
      row.bind(1, fingerprint)
      row.bind(2, event.id)
      row.bind(3, event.source)
      row.bind(4, event.type)
      row.bind(5, event.code.rawValue)
      row.bind(6, event.field)
      row.bind(7, Reason.text(event))
      row.bind(8, Reason.instant(milliseconds: event.received))
      row.bind(9, event.provisional ? 1 : 0)
      row.bind(10, event.event)
    }
  }

  func save(_ db: Database) throws {}

  private func number(
    of event: RejectedEvent, _ fingerprint: Int64, _ db: Database
  ) throws -> Int64? {
    var number: Int64?
    try db.cachedStatement(
      sql: """
        SELECT number FROM event
        WHERE fingerprint = ? AND id = ? AND source = ? AND code = ? AND field = ? AND event = ?
        """
    ).bindAndRead { row in
      row.bind(1, fingerprint)
      row.bind(2, event.id)
      row.bind(3, event.source)
      row.bind(4, event.code.rawValue)
      row.bind(5, event.field)
      row.bind(6, event.event)
    } _: { row in
      number = row.integer(0)
    }
    return number
  }

  private static func fingerprint(_ event: RejectedEvent) -> UInt64 {
    [event.id, event.source, event.code.rawValue, event.field, event.event].reduce(0) {
      Fingerprint.mix($0 &+ Fingerprint.of($1))
    }
  }
}
