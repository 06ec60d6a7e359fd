import EventLog
import Messages
import ReportingRules
import SQLite
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
      """),
    StoreMigration(
      "where facts stand in files, and what they are about",
      """
      ALTER TABLE event ADD COLUMN file TEXT NOT NULL DEFAULT '';
      ALTER TABLE event ADD COLUMN line INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE event ADD COLUMN pedimento TEXT NOT NULL DEFAULT '';
      ALTER TABLE event ADD COLUMN rfc TEXT NOT NULL DEFAULT '';
      ALTER TABLE event ADD COLUMN plant TEXT NOT NULL DEFAULT '';
      """),
  ]
}

/// Keeps each rejected fact once; a rejection for good outweighs a provisional one of the same.
final class RejectedHandler: StageHandler {
  private var reader = MessageReader<RejectedEvent>()

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    guard let value = record.value else { throw ReportingError.emptyMessage }
    let event = try reader.read(value)
    let fingerprint = Int64(bitPattern: Self.fingerprint(event))
    if let known = try number(of: event, fingerprint, db) {
      guard !event.provisional else { return }
      try db.statement("UPDATE event SET provisional = 0 WHERE number = ?")
        .bind(known).run()
      return
    }
    let subject = EventSubject(of: event.event)
    try db.statement(
      """
      INSERT INTO event (
        fingerprint, id, source, type, code, field, reason, received, provisional, event, file,
        line, pedimento, rfc, plant)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).bind(
      fingerprint, event.id, event.source, event.type, event.code.rawValue, event.field,
      Reason.text(event), Reason.instant(milliseconds: event.received), event.provisional,
      event.event, event.file ?? "", event.line ?? 0, subject.pedimento, subject.rfc, subject.plant
    ).run()
  }

  func save(_ db: Connection) throws {}

  private func number(
    of event: RejectedEvent, _ fingerprint: Int64, _ db: Connection
  ) throws -> Int64? {
    try db.statement(
      """
      SELECT number FROM event
      WHERE fingerprint = ? AND id = ? AND source = ? AND code = ? AND field = ? AND event = ?
      """
    ).bind(fingerprint, event.id, event.source, event.code.rawValue, event.field, event.event)
      .scalar()
  }

  private static func fingerprint(_ event: RejectedEvent) -> UInt64 {
    [event.id, event.source, event.code.rawValue, event.field, event.event].reduce(0) {
      Fingerprint.mix($0 &+ Fingerprint.of($1))
    }
  }
}
