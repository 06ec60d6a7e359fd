import GRDB
import IngestRules
import Ledger
import Messages
import Store

/// The documents stage's store: documents by name, what depends on what, identities, catalogue.
final class SQLiteDocumentsStorage: DocumentsStorage {
  private let db: Database
  private var subjects: [String: Int64] = [:]
  /// Documents as written or read a moment ago: a step asks for one several times.
  private var recent: [String: StoredDocument] = [:]
  private static let recentLimit = 1_000

  static let migrations = [
    StoreMigration(
      "documents",
      """
      CREATE TABLE document (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        rectifies TEXT,
        date INTEGER,
        body BLOB NOT NULL
      ) STRICT;
      CREATE INDEX document_rectifies ON document (rectifies) WHERE rectifies IS NOT NULL;
      CREATE TABLE subject (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
      CREATE TABLE dependence (
        subject INTEGER NOT NULL,
        document INTEGER NOT NULL,
        PRIMARY KEY (subject, document)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE identity (id INTEGER PRIMARY KEY, fingerprint INTEGER NOT NULL) STRICT;
      CREATE TABLE catalog (key TEXT NOT NULL PRIMARY KEY, event BLOB NOT NULL) STRICT;
      """),
    // Of documents taken before there were sides, none was sent. So an older store begins again
    // from its first input: what it sent before its readers know by its identity, and drop.
    StoreMigration(
      "documents have sides of virtual transfers",
      """
      DELETE FROM document;
      DELETE FROM subject;
      DELETE FROM dependence;
      DELETE FROM identity;
      DELETE FROM catalog;
      DELETE FROM outbox;
      DELETE FROM applied;
      DELETE FROM stage WHERE key = 'last';
      UPDATE position SET next = 0;
      """),
  ]

  /// The store's connection outlives this object and is used by its task alone.
  init(_ db: Database) { self.db = db }

  func document(_ id: String) throws -> StoredDocument? {
    if let known = recent[id] { return known }
    var found: StoredDocument?
    try db.cachedStatement(sql: "SELECT body FROM document WHERE name = ?").bindAndRead {
      $0.bind(1, id)
    } _: { row in
      found = StoredDocumentCoding.read(row.blob(0))
      if found == nil { throw StoreError.failed("document \(id) cannot be read") }
    }
    if let found { keep(found) }
    return found
  }

  private func keep(_ document: StoredDocument) {
    if recent.count >= Self.recentLimit { recent.removeAll(keepingCapacity: true) }
    recent[document.id.text] = document
  }

  func save(_ document: StoredDocument) throws {
    keep(document)
    let body = StoredDocumentCoding.write(document)
    try body.withUnsafeBytes { bytes in
      try db.cachedStatement(
        sql: """
          INSERT INTO document (name, rectifies, date, body) VALUES (?, ?, ?, ?)
          ON CONFLICT (name) DO UPDATE SET
            rectifies = excluded.rectifies, date = excluded.date, body = excluded.body
          """
      ).bindAndRun { row in
        row.bind(1, document.id.text)
        row.bind(2, document.rectifies)
        row.bind(3, document.date.map { Int64($0.days) })
        row.bind(4, bytes)
      }
    }
  }

  func rectifications(of pedimento: String) throws -> [String] {
    var found: [String] = []
    try db.cachedStatement(
      sql: "SELECT name FROM document WHERE rectifies = ? ORDER BY name"
    ).bindAndRead {
      $0.bind(1, pedimento)
    } _: { row in
      found.append(String(row.text(0).dropFirst()))
    }
    return found
  }

  func note(_ document: String, dependsOn subject: String) throws {
    let id = try subjectID(subject)
    try db.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO dependence (subject, document)
        SELECT ?, id FROM document WHERE name = ?
        """
    ).bindAndRun { row in
      row.bind(1, id)
      row.bind(2, document)
    }
  }

  func dependents(on subject: String) throws -> [String] {
    var found: [String] = []
    try db.cachedStatement(
      sql: """
        SELECT document.name FROM subject
        JOIN dependence ON dependence.subject = subject.id
        JOIN document ON document.id = dependence.document
        WHERE subject.name = ? ORDER BY document.name
        """
    ).bindAndRead {
      $0.bind(1, subject)
    } _: {
      found.append($0.text(0))
    }
    return found
  }

  func dependents(on subject: String, from date: CalendarDate) throws -> [String] {
    var found: [String] = []
    try db.cachedStatement(
      sql: """
        SELECT document.name FROM subject
        JOIN dependence ON dependence.subject = subject.id
        JOIN document ON document.id = dependence.document
        WHERE subject.name = ? AND (document.date IS NULL OR document.date >= ?)
        ORDER BY document.name
        """
    ).bindAndRead { row in
      row.bind(1, subject)
      row.bind(2, Int64(date.days))
    } _: {
      found.append($0.text(0))
    }
    return found
  }

  func fingerprint(of identity: UInt64) throws -> UInt64? {
    var found: UInt64?
    try db.cachedStatement(sql: "SELECT fingerprint FROM identity WHERE id = ?").bindAndRead {
      $0.bind(1, Int64(bitPattern: identity))
    } _: {
      found = UInt64(bitPattern: $0.integer(0))
    }
    return found
  }

  func remember(_ identity: UInt64, fingerprint: UInt64) throws {
    try db.cachedStatement(
      sql: "INSERT INTO identity (id, fingerprint) VALUES (?, ?)"
    ).bindAndRun { row in
      row.bind(1, Int64(bitPattern: identity))
      row.bind(2, Int64(bitPattern: fingerprint))
    }
  }

  func save(catalog key: String, event: [UInt8]) throws {
    try event.withUnsafeBytes { bytes in
      try db.cachedStatement(
        sql: """
          INSERT INTO catalog (key, event) VALUES (?, ?)
          ON CONFLICT (key) DO UPDATE SET event = excluded.event
          """
      ).bindAndRun { row in
        row.bind(1, key)
        row.bind(2, bytes)
      }
    }
  }

  func catalog() throws -> [[UInt8]] {
    var events: [[UInt8]] = []
    try db.cachedStatement(sql: "SELECT event FROM catalog ORDER BY key").bindAndRead { _ in
    } _: {
      events.append(Array($0.blob(0)))
    }
    return events
  }

  private func subjectID(_ subject: String) throws -> Int64 {
    if let known = subjects[subject] { return known }
    var found: Int64?
    try db.cachedStatement(sql: "SELECT id FROM subject WHERE name = ?").bindAndRead {
      $0.bind(1, subject)
    } _: {
      found = $0.integer(0)
    }
    if found == nil {
      try db.cachedStatement(sql: "INSERT INTO subject (name) VALUES (?)").bindAndRun {
        $0.bind(1, subject)
      }
      found = db.lastInsertedRowID
    }
    if subjects.count > 50_000 { subjects.removeAll(keepingCapacity: true) }
    subjects[subject] = found
    return found ?? 0
  }
}
