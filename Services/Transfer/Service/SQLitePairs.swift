import GRDB
import Ledger
import Messages
import Store
import TransferRules

/// Sides, decisions and the rows that were sent, in the pairs stage's store.
struct SQLitePairs: PairsStorage {
  private let db: Database

  static let migrations = [
    StoreMigration(
      "sides of virtual transfers, decisions about them, and rows that were sent",
      """
      CREATE TABLE side (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        body BLOB NOT NULL
      ) STRICT;
      CREATE TABLE mark (
        text TEXT NOT NULL,
        date INTEGER NOT NULL,
        side INTEGER NOT NULL REFERENCES side (id),
        PRIMARY KEY (text, date, side)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX mark_side ON mark (side);
      CREATE TABLE decision (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        event TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        sender TEXT NOT NULL,
        receiver TEXT NOT NULL,
        body BLOB NOT NULL,
        UNIQUE (source, event)
      ) STRICT;
      CREATE INDEX decision_sender ON decision (sender);
      CREATE INDEX decision_receiver ON decision (receiver);
      CREATE TABLE transfer (
        id TEXT NOT NULL PRIMARY KEY,
        revision INTEGER NOT NULL CHECK (revision > 0),
        fingerprint INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      """),
    // Stores that were there before paired within ten days.
    StoreMigration(
      "how many days may lie between two sides",
      """
      CREATE TABLE pairing (days INTEGER NOT NULL CHECK (days >= 0)) STRICT;
      INSERT INTO pairing SELECT 10 WHERE EXISTS (SELECT 1 FROM side);
      """),
  ]

  /// The store's connection outlives this value and is used by its task alone.
  init(_ db: Database) { self.db = db }

  /// How many days may lie between two sides: the store's number, which a new store takes from who
  /// asks.
  ///
  /// - Throws: `StoreError.otherSetting` where they ask for another one than the store has.
  func days(asked: Int32?) throws -> Int32 {
    if let found = try Int32.fetchOne(db, sql: "SELECT days FROM pairing") {
      if let asked, asked != found {
        throw StoreError.otherSetting(
          "virtual transfers are paired within \(found) days here, not \(asked), and what was sent "
            + "hangs on it: ask for \(found) (--pairing-days), or for none")
      }
      return found
    }
    let days = asked ?? TransferService.pairingDays
    try db.execute(sql: "INSERT INTO pairing VALUES (?)", arguments: [days])
    return days
  }

  func side(_ name: SideName) throws -> TransferSide? {
    try sides("SELECT body FROM side WHERE name = ?") { $0.bind(1, name.text) }.first
  }

  func save(_ side: TransferSide, as name: SideName, marks: [SideMark]) throws {
    var body: [UInt8] = []
    SideMessage.side(side).write(to: &body)
    try body.withUnsafeBytes { bytes in
      try db.cachedStatement(
        sql: """
          INSERT INTO side (name, body) VALUES (?, ?)
          ON CONFLICT (name) DO UPDATE SET body = excluded.body
          """
      ).bindAndRun { row in
        row.bind(1, name.text)
        row.bind(2, bytes)
      }
    }
    try db.cachedStatement(
      sql: "DELETE FROM mark WHERE side = (SELECT id FROM side WHERE name = ?)"
    ).bindAndRun { $0.bind(1, name.text) }
    for mark in marks {
      try db.cachedStatement(
        sql: """
          INSERT OR IGNORE INTO mark (text, date, side)
          SELECT ?, ?, id FROM side WHERE name = ?
          """
      ).bindAndRun { row in
        row.bind(1, mark.text)
        row.bind(2, Int64(mark.date.days))
        row.bind(3, name.text)
      }
    }
  }

  func sides(marked mark: String) throws -> [TransferSide] {
    try sides(
      """
      SELECT side.body FROM mark JOIN side ON side.id = mark.side
      WHERE mark.text = ? ORDER BY mark.date, mark.side
      """
    ) { $0.bind(1, mark) }
  }

  func sides(
    marked mark: String, from: CalendarDate, to: CalendarDate
  ) throws -> [TransferSide] {
    try sides(
      """
      SELECT side.body FROM mark JOIN side ON side.id = mark.side
      WHERE mark.text = ? AND mark.date BETWEEN ? AND ? ORDER BY mark.date, mark.side
      """
    ) { row in
      row.bind(1, mark)
      row.bind(2, Int64(from.days))
      row.bind(3, Int64(to.days))
    }
  }

  func fingerprint(ofDecision id: String, source: String) throws -> String? {
    var found: String?
    try db.cachedStatement(
      sql: "SELECT fingerprint FROM decision WHERE source = ? AND event = ?"
    ).bindAndRead { row in
      row.bind(1, source)
      row.bind(2, id)
    } _: { row in
      found = row.text(0)
    }
    return found
  }

  func save(_ decision: PairDecision) throws {
    var body: [UInt8] = []
    SideMessage.decision(decision).write(to: &body)
    try body.withUnsafeBytes { bytes in
      try db.cachedStatement(
        sql: """
          INSERT INTO decision (source, event, fingerprint, sender, receiver, body)
          VALUES (?, ?, ?, ?, ?, ?)
          """
      ).bindAndRun { row in
        row.bind(1, decision.source)
        row.bind(2, decision.id)
        row.bind(3, decision.fingerprint)
        row.bind(4, Self.text(decision.sender))
        row.bind(5, Self.text(decision.receiver))
        row.bind(6, bytes)
      }
    }
  }

  func decisions(about document: TransferDocument) throws -> [PairDecision] {
    try messages(
      "SELECT body FROM decision WHERE sender = ?1 OR receiver = ?1 ORDER BY id"
    ) { $0.bind(1, Self.text(document)) }.compactMap { message in
      guard case .decision(let decision) = message else { return nil }
      return decision
    }
  }

  func sent(_ id: String) throws -> SentTransfer? {
    var found: SentTransfer?
    try db.cachedStatement(
      sql: "SELECT revision, fingerprint FROM transfer WHERE id = ?"
    ).bindAndRead {
      $0.bind(1, id)
    } _: { row in
      found = SentTransfer(
        revision: row.integer(0), fingerprint: UInt64(bitPattern: row.integer(1)))
    }
    return found
  }

  func save(_ id: String, _ sent: SentTransfer) throws {
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO transfer (id, revision, fingerprint) VALUES (?, ?, ?)"
    ).bindAndRun { row in
      row.bind(1, id)
      row.bind(2, sent.revision)
      row.bind(3, Int64(bitPattern: sent.fingerprint))
    }
  }

  private func sides(_ sql: String, _ bind: (FastRow) -> Void) throws -> [TransferSide] {
    try messages(sql, bind).compactMap { message in
      guard case .side(let side) = message else { return nil }
      return side
    }
  }

  private func messages(_ sql: String, _ bind: (FastRow) -> Void) throws -> [SideMessage] {
    var reader = MessageReader<SideMessage>()
    var found: [SideMessage] = []
    try db.cachedStatement(sql: sql).bindAndRead(bind) { row in
      found.append(try reader.read(row.blob(0)))
    }
    return found
  }

  private static func text(_ document: TransferDocument) -> String {
    document.rfc + "\u{1F}" + document.pedimento
  }
}
