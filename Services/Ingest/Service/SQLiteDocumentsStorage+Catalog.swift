import IngestRules
import Messages
import SQLite
import Store

/// The catalogue with all its versions, withdrawals, and where facts are kept.
extension SQLiteDocumentsStorage {
  func append(version event: [UInt8], of key: String) throws {
    let thing = try thing(key)
    try event.withUnsafeBytes { bytes in
      try db.statement("INSERT INTO catalog_version (thing, event) VALUES (?, ?)")
        .bind(thing, bytes).run()
    }
  }

  func versions(of key: String) throws -> [[UInt8]] {
    try db.statement("SELECT event FROM catalog_version WHERE thing = ? ORDER BY id")
      .bind(try thing(key)).column()
  }

  private func thing(_ key: String) throws -> Int64 {
    if let lastThing, lastThing.key == key { return lastThing.row }
    let row: Int64
    if let known: Int64 = try db.statement("SELECT id FROM catalog_thing WHERE key = ?").bind(key)
      .scalar()
    {
      row = known
    } else {
      try db.statement("INSERT INTO catalog_thing (key) VALUES (?)").bind(key).run()
      row = db.lastInsertedRow
    }
    lastThing = (key, row)
    return row
  }

  func save(catalog key: String, event: [UInt8]) throws {
    try event.withUnsafeBytes { bytes in
      try db.statement(
        """
        INSERT INTO catalog (key, event) VALUES (?, ?)
        ON CONFLICT (key) DO UPDATE SET event = excluded.event
        """
      ).bind(key, bytes).run()
    }
  }

  func remove(catalog key: String) throws {
    try db.statement("DELETE FROM catalog WHERE key = ?").bind(key).run()
  }

  func catalog() throws -> [[UInt8]] {
    try db.statement("SELECT event FROM catalog ORDER BY key").bind().column()
  }

  func save(withdrawal target: Withdrawal.Target, event: [UInt8]) throws {
    let kind =
      switch target {
      case .event: "event|"
      case .row: "row|"
      }
    try event.withUnsafeBytes { bytes in
      try db.statement("INSERT OR REPLACE INTO withdrawal_of (target, event) VALUES (?, ?)")
        .bind(kind + target.text, bytes).run()
    }
  }

  func withdrawals() throws -> [[UInt8]] {
    try db.statement("SELECT event FROM withdrawal_of ORDER BY target").bind().column()
  }

  // MARK: Where facts are

  /// The last two bits say what the others are the row of.
  private enum Tag: UInt64 { case document, thing, withdrawal }

  func note(_ fact: FactName, at place: FactPlace) throws {
    let (tag, row): (Tag, Int64)
    switch place {
    case .document(let id): (tag, row) = (.document, try self.row(of: id) ?? 0)
    case .thing(let key): (tag, row) = (.thing, try thing(key))
    case .withdrawal: (tag, row) = (.withdrawal, 0)
    }
    try names.note(fact, at: UInt64(bitPattern: row) << 2 | tag.rawValue)
  }

  func place(of fact: FactName) throws -> FactPlace? {
    guard let word = try names.place(of: fact) else { return nil }
    let row = Int64(word >> 2)
    switch Tag(rawValue: word & 3) {
    case .document:
      try writeDocuments()
      let name: String? = try db.statement("SELECT name FROM document WHERE id = ?").bind(row)
        .scalar()
      return name.map { .document($0) }
    case .thing:
      let key: String? = try db.statement("SELECT key FROM catalog_thing WHERE id = ?").bind(row)
        .scalar()
      return key.map { .thing($0) }
    case .withdrawal: return .withdrawal
    case nil: return nil
    }
  }
}
