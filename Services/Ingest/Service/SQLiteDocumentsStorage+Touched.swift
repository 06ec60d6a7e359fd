import IngestRules
import Ledger
import SQLite

/// What waits for the partition's turn.
extension SQLiteDocumentsStorage {
  var hasTouched: Bool { touched > 0 }

  func touch(_ document: String, facts: Bool) throws {
    guard let row = try row(of: document) else { return }
    let known: Bool? = try db.statement("SELECT facts FROM touched WHERE document = ?")
      .bind(row).scalar()
    if let known, known || !facts { return }
    try db.statement("INSERT OR REPLACE INTO touched (document, facts) VALUES (?, ?)")
      .bind(row, facts).run()
    if known == nil { touched += 1 }
  }

  func touchDependents(on subject: String, from date: CalendarDate?) throws {
    try writeNotes(of: subject)
    try db.statement(
      """
      INSERT OR IGNORE INTO touched (document, facts)
      SELECT dependence.document, 0 FROM subject
      JOIN dependence ON dependence.subject = subject.id
      JOIN document ON document.id = dependence.document
      WHERE subject.name = ?1 AND (?2 IS NULL OR document.date IS NULL OR document.date >= ?2)
      """
    ).bind(subject, date?.days).run()
    touched += db.changes
  }

  func touch(thing: String, from date: CalendarDate?) throws {
    let since = date?.days ?? .min
    try db.statement("UPDATE touched_thing SET since = min(since, ?2) WHERE thing = ?1")
      .bind(thing, since).run()
    guard db.changes == 0 else { return }
    try db.statement("INSERT INTO touched_thing (thing, since) VALUES (?, ?)")
      .bind(thing, since).run()
    touched += 1
  }

  func takeTouchedThings() throws -> [(thing: String, from: CalendarDate?)] {
    var things: [(thing: String, from: CalendarDate?)] = []
    try db.statement("SELECT thing, since FROM touched_thing ORDER BY thing").bind().query { row in
      let since: Int32 = try row[1]
      things.append((try row[0], since == .min ? nil : CalendarDate(days: since)))
    }
    guard !things.isEmpty else { return [] }
    try db.statement("DELETE FROM touched_thing").bind().run()
    touched -= things.count
    return things
  }

  func takeTouched(atMost limit: Int) throws -> [(id: String, facts: Bool)] {
    var rows: [Int64] = []
    var documents: [(id: String, facts: Bool)] = []
    try db.statement(
      """
      SELECT touched.document, document.name, touched.facts FROM touched
      JOIN document ON document.id = touched.document
      ORDER BY touched.document LIMIT ?
      """
    ).bind(limit).query { row in
      rows.append(try row[0])
      documents.append((try row[1], try row[2]))
    }
    guard let last = rows.last else { return [] }
    try db.statement("DELETE FROM touched WHERE document <= ?").bind(last).run()
    touched -= rows.count
    return documents
  }

  /// Holds a book's turn until nothing waits: what it is to come behind has yet to be derived.
  func hold(key: UnsafeRawBufferPointer, turn: UnsafeRawBufferPointer) throws {
    try db.statement("INSERT INTO held_turn (key, turn) VALUES (?, ?)").bind(key, turn).run()
    holdsTurns = true
  }

  /// The turns of books that are held, in their order; they are held no longer.
  func takeHeldTurns(
    _ take: (_ key: UnsafeRawBufferPointer, _ turn: UnsafeRawBufferPointer) -> Void
  ) throws {
    guard holdsTurns else { return }
    try db.statement("SELECT key, turn FROM held_turn ORDER BY id").bind().query { row in
      take(try row.unsafeBytes(0), try row.unsafeBytes(1))
    }
    try db.statement("DELETE FROM held_turn").bind().run()
    holdsTurns = false
  }
}
