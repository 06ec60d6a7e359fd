import IngestRules
import Ledger
import Messages
import SQLite
import Store

/// The documents stage's store: documents by name, what depends on what, identities, catalogue.
final class SQLiteDocumentsStorage: DocumentsStorage {
  let db: Connection
  private var subjects: [String: Int64] = [:]
  /// Documents as saved or read a moment ago: a step asks for one several times.
  private var recent: [String: Held] = [:]
  private static let recentLimit = 1_000
  /// What was noted since the last step of what depends on a subject: rows of documents.
  private var notes: [String: [Int64]] = [:]
  /// What is known by the names of facts.
  var names: FactNames
  /// Those among them that have yet to be written, in the order of their first change.
  private var unwritten: [String] = []
  /// The document that was asked for last and is not there: it is saved next.
  private var missing: String?
  /// What rectifies the pedimento that was asked about last, which is asked about several times.
  private var rectifying: (pedimento: String, names: [String])?
  /// The row of the next document.
  private var nextRow: Int64
  /// The thing of the catalogue that was asked for last, which is asked for twice.
  var lastThing: (key: String, row: Int64)?
  private(set) var hasDocuments: Bool
  /// How many documents and things of the catalogue wait for a turn.
  var touched: Int
  /// Whether books' turns are held until nothing waits.
  var holdsTurns: Bool

  /// A document of which the store does not always have what it says, or even the row.
  private struct Held {
    var document: StoredDocument
    /// The number of its row.
    var row: Int64
    var state = State.written

    enum State { case written, changed, new }
  }

  /// The store's connection outlives this object and is used by its task alone.
  ///
  /// - Throws: what the store reports.
  init(_ db: Connection) throws {
    self.db = db
    names = try FactNames(db)
    // None is ever deleted.
    nextRow = 1 + (try db.scalar("SELECT max(id) FROM document") ?? 0)
    hasDocuments = nextRow > 1
    touched =
      try db.scalar(
        "SELECT (SELECT count(*) FROM touched) + (SELECT count(*) FROM touched_thing)") ?? 0
    holdsTurns = try db.scalar("SELECT EXISTS (SELECT 1 FROM held_turn)") == true
  }

  func document(_ id: String) throws -> StoredDocument? { try held(id)?.document }

  private func held(_ id: String) throws -> Held? {
    if let known = recent[id] { return known }
    if id == missing { return nil }
    let found = try db.statement("SELECT body, id FROM document WHERE name = ?").bind(id).first {
      row in
      guard let document = try row.withUnsafeBytes(0, StoredDocumentCoding.read) else {
        throw StoreError.failed("document \(id) cannot be read")
      }
      return Held(document: document, row: try row[1])
    }
    if let found { try keep(found, as: id) } else { missing = id }
    return found
  }

  private func keep(_ held: Held, as id: String) throws {
    if recent.count >= Self.recentLimit, recent[id] == nil {
      try writeDocuments()
      recent.removeAll(keepingCapacity: true)
    }
    if id == missing { missing = nil }
    recent[id] = held
  }

  /// Keeps the document. It is written with the step, which may change it again, but for what it
  /// rectifies, about which the store is asked.
  func save(_ document: StoredDocument) throws {
    let id = document.id.text
    let known = try held(id)
    var held = known ?? Held(document: document, row: nextRow, state: .new)
    if known == nil {
      nextRow += 1
      hasDocuments = true
    }
    held.document = document
    if held.state == .written { held.state = .changed }
    if known?.document.rectifies != document.rectifies { try write(&held) }
    try keep(held, as: id)
    if held.state != .written, known?.state ?? .written == .written { unwritten.append(id) }
  }

  private func write(_ held: inout Held) throws {
    guard held.state != .written else { return }
    let document = held.document
    let body = StoredDocumentCoding.write(document)
    if held.state == .new {
      try db.statement(
        "INSERT INTO document (id, name, rectifies, date, body) VALUES (?, ?, ?, ?, ?)"
      ).bind(held.row, document.id.text, document.rectifies, document.date?.days, body).run()
    } else {
      try db.statement("UPDATE document SET rectifies = ?2, date = ?3, body = ?4 WHERE id = ?1")
        .bind(held.row, document.rectifies, document.date?.days, body).run()
    }
    held.state = .written
    rectifying = nil
  }

  /// Writes what has yet to be written: before the step commits.
  func flush() throws {
    try writeDocuments()
    // In the table's own order: a step notes the same few parts and plants again and again.
    let noted = try notes.map { (subject: try subjectID($0), rows: $1) }
    for (subject, rows) in noted.sorted(by: { $0.subject < $1.subject }) {
      try write(rows, dependOn: subject)
    }
    notes.removeAll(keepingCapacity: true)
    try names.save()
  }

  /// Writes the documents that have yet to be written, for a question about them: one row each,
  /// however often they changed.
  func writeDocuments() throws {
    guard !unwritten.isEmpty else { return }
    let found = unwritten.compactMap { id in recent[id].map { (id: id, row: $0.row) } }
    for (id, _) in found.sorted(by: { $0.row < $1.row }) {
      // Without a copy of what it says.
      if var held = recent.removeValue(forKey: id) {
        try write(&held)
        recent[id] = held
      }
    }
    unwritten.removeAll(keepingCapacity: true)
  }

  /// The row of a document that is there.
  func row(of document: String) throws -> Int64? { try held(document)?.row }

  func append(_ fact: StoredFact, to document: String) throws {
    // It is kept before its facts are.
    guard let row = try row(of: document) else {
      throw StoreError.failed("document \(document) is not there")
    }
    try fact.event.withUnsafeBytes { event in
      try db.statement(
        """
        INSERT INTO fact (document, received, event, origin_partition, origin_offset)
        VALUES (?, ?, ?, ?, ?)
        """
      ).bind(row, fact.received, event, fact.origin?.partition, fact.origin?.offset).run()
    }
  }

  func moreFacts(of document: String) throws -> [StoredFact] {
    guard let row = try row(of: document) else { return [] }
    var facts: [StoredFact] = []
    try Self.facts(of: row, db) { facts.append($0) }
    return facts
  }

  /// The facts that lie beside the document of a row, in the order in which they came.
  static func facts(
    of document: Int64, _ db: Connection, _ body: (StoredFact) throws -> Void
  ) throws {
    try db.statement(
      """
      SELECT event, received, origin_partition, origin_offset FROM fact WHERE document = ?
      ORDER BY id
      """
    ).bind(document).query { row in
      var origin: FactOrigin?
      if let partition: Int32 = try row[2], let offset: Int64 = try row[3] {
        origin = FactOrigin(partition: partition, offset: offset)
      }
      try body(StoredFact(event: try row[0], received: try row[1], origin: origin))
    }
  }

  func rectifications(of pedimento: String) throws -> [String] {
    if let rectifying, rectifying.pedimento == pedimento { return rectifying.names }
    var names: [String] = try db.statement("SELECT name FROM document WHERE rectifies = ?")
      .bind(pedimento).column()
    // SQLite would set a sorter up for each question, and mostly there is nothing to sort.
    names.sort(by: CodePoints.precedes)
    names = names.map { String($0.dropFirst()) }
    rectifying = (pedimento, names)
    return names
  }

  func note(_ document: String, dependsOn subject: String) throws {
    guard let known = try held(document) else { return }
    notes[subject, default: []].append(known.row)
  }

  /// Writes what was noted of a subject, for a question about it.
  func writeNotes(of subject: String) throws {
    guard let rows = notes.removeValue(forKey: subject) else { return }
    try write(rows, dependOn: try subjectID(subject))
  }

  private func write(_ rows: [Int64], dependOn subject: Int64) throws {
    let insert = try db.statement(
      "INSERT OR IGNORE INTO dependence (subject, document) VALUES (?, ?)")
    for document in rows {
      try insert.bind(subject, document).run()
    }
  }

  func hasDependents(on subject: String) throws -> Bool {
    if let rows = notes[subject], !rows.isEmpty { return true }
    return try db.statement(
      """
      SELECT EXISTS (
        SELECT 1 FROM subject JOIN dependence ON dependence.subject = subject.id
        WHERE subject.name = ?)
      """
    ).bind(subject).scalar() == true
  }

  func earlier(_ fact: FactName, fingerprint: UInt64) throws -> UInt64? {
    try names.earlier(fact, fingerprint: fingerprint)
  }

  func row(of fact: FactName) throws -> Int32? { try names.row(of: fact) }

  func note(row: Int32, of fact: FactName) throws { try names.note(row: row, of: fact) }

  private func subjectID(_ subject: String) throws -> Int64 {
    if let known = subjects[subject] { return known }
    let id: Int64
    if let found: Int64 = try db.statement("SELECT id FROM subject WHERE name = ?").bind(subject)
      .scalar()
    {
      id = found
    } else {
      try db.statement("INSERT INTO subject (name) VALUES (?)").bind(subject).run()
      id = db.lastInsertedRow
    }
    if subjects.count > 50_000 { subjects.removeAll(keepingCapacity: true) }
    subjects[subject] = id
    return id
  }
}
