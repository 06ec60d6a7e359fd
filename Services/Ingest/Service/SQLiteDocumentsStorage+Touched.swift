import IngestRules
import Ledger
import Messages
import SQLite

/// What waits for the partition's turn.
extension SQLiteDocumentsStorage {
  var hasTouched: Bool { touched > 0 }

  func touch(_ document: String, facts: Bool, because cause: FactName?) throws {
    guard let row = try row(of: document) else { return }
    let known: Bool? = try db.statement("SELECT facts FROM touched WHERE document = ?")
      .bind(row).scalar()
    guard known == nil || (facts && known == false) || cause != nil else { return }
    try db.statement(
      """
      INSERT INTO touched (document, facts, source, id) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (document) DO UPDATE SET
        facts = max(facts, ?2), source = ifnull(?3, source), id = ifnull(?4, id)
      """
    ).bind(row, facts, cause?.source, cause?.id).run()
    if known == nil { touched += 1 }
  }

  func touchDependents(
    on subject: String, from date: CalendarDate?, because cause: FactName?
  ) throws {
    try writeNotes(of: subject)
    if date != nil { try writeDocuments() }
    try db.statement(
      """
      INSERT OR IGNORE INTO touched (document, facts)
      SELECT dependence.document, 0 \(Self.dependents)
      """
    ).bind(subject, date?.days).run()
    touched += db.changes
    guard let cause else { return }
    try db.statement(
      """
      UPDATE touched SET source = ?3, id = ?4
      WHERE document IN (SELECT dependence.document \(Self.dependents))
      """
    ).bind(subject, date?.days, cause.source, cause.id).run()
  }

  func touchAll(because cause: FactName?) throws {
    try writeDocuments()
    try db.statement("INSERT OR IGNORE INTO touched (document, facts) SELECT id, 0 FROM document")
      .bind().run()
    touched += db.changes
    guard let cause else { return }
    try db.statement("UPDATE touched SET source = ?, id = ?").bind(cause.source, cause.id).run()
  }

  /// Without a day, also documents that have yet to be written.
  private static var dependents: String {
    """
    FROM subject
    JOIN dependence ON dependence.subject = subject.id
    LEFT JOIN document ON document.id = dependence.document
    WHERE subject.name = ?1 AND (?2 IS NULL OR document.date IS NULL OR document.date >= ?2)
    """
  }

  func touch(thing: String, from date: CalendarDate?, because cause: FactName?) throws {
    let known: Int? = try db.statement("SELECT 1 FROM touched_thing WHERE thing = ?")
      .bind(thing).scalar()
    try db.statement(
      """
      INSERT INTO touched_thing (thing, since, source, id) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (thing) DO UPDATE SET
        since = min(since, ?2), source = ifnull(?3, source), id = ifnull(?4, id)
      """
    ).bind(thing, date?.days ?? .min, cause?.source, cause?.id).run()
    if known == nil { touched += 1 }
  }

  func takeTouchedThings() throws -> [TouchedThing] {
    var things: [TouchedThing] = []
    try db.statement("SELECT thing, since, source, id FROM touched_thing ORDER BY thing").bind()
      .query { row in
        let since: Int32 = try row[1]
        things.append(
          TouchedThing(
            thing: try row[0], from: since == .min ? nil : CalendarDate(days: since),
            cause: Self.cause(try row[2], try row[3])))
      }
    guard !things.isEmpty else { return [] }
    try db.statement("DELETE FROM touched_thing").bind().run()
    touched -= things.count
    return things
  }

  func takeTouched(atMost limit: Int) throws -> [TouchedDocument] {
    try writeDocuments()
    var last: Int64 = 0
    var documents: [TouchedDocument] = []
    try db.statement(
      """
      SELECT touched.document, document.name, touched.facts, touched.source, touched.id FROM touched
      JOIN document ON document.id = touched.document
      ORDER BY touched.document LIMIT ?
      """
    ).bind(limit).query { row in
      last = try row[0]
      documents.append(
        TouchedDocument(
          id: try row[1], facts: try row[2], cause: Self.cause(try row[3], try row[4])))
    }
    guard !documents.isEmpty else { return [] }
    try db.statement("DELETE FROM touched WHERE document <= ?").bind(last).run()
    touched -= documents.count
    return documents
  }

  private static func cause(_ source: String?, _ id: String?) -> FactName? {
    guard let source, let id else { return nil }
    return FactName(source: source, id: id)
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
