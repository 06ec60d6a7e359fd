import Ledger
import Messages
import SQLite
import Store
import TransferRules

/// Sides, decisions and the rows that were sent, in the pairs stage's store.
struct SQLitePairs: PairsStorage {
  private let db: Connection

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
    StoreMigration(
      "withdrawals of decisions",
      """
      CREATE TABLE withdrawal (
        source TEXT NOT NULL,
        event TEXT NOT NULL,
        cancels INTEGER NOT NULL CHECK (cancels IN (0, 1)),
        body BLOB NOT NULL,
        PRIMARY KEY (source, event)
      ) STRICT, WITHOUT ROWID;
      """),
  ]

  /// The store's connection outlives this value and is used by its task alone.
  init(_ db: Connection) { self.db = db }

  /// How many days may lie between two sides: the store's number, which a new store takes from who
  /// asks.
  ///
  /// - Throws: `StoreError.otherSetting` where they ask for another one than the store has.
  func days(asked: Int32?) throws -> Int32 {
    if let found: Int32 = try db.scalar("SELECT days FROM pairing") {
      if let asked, asked != found {
        throw StoreError.otherSetting(
          "virtual transfers are paired within \(found) days in this store, not \(asked), and what "
            + "was sent depends on it: it was made over a log with another setting")
      }
      return found
    }
    let days = asked ?? TransferService.pairingDays
    try db.run("INSERT INTO pairing VALUES (?)", days)
    return days
  }

  func side(_ name: SideName) throws -> TransferSide? {
    try sides(db.statement("SELECT body FROM side WHERE name = ?").bind(name.text)).first
  }

  func save(_ side: TransferSide, as name: SideName, marks: [SideMark]) throws {
    var body: [UInt8] = []
    SideMessage.side(side).write(to: &body)
    try db.statement(
      """
      INSERT INTO side (name, body) VALUES (?, ?)
      ON CONFLICT (name) DO UPDATE SET body = excluded.body
      """
    ).bind(name.text, body).run()
    try db.statement("DELETE FROM mark WHERE side = (SELECT id FROM side WHERE name = ?)").bind(
      name.text
    ).run()
    for mark in marks {
      try db.statement(
        """
        INSERT OR IGNORE INTO mark (text, date, side)
        SELECT ?, ?, id FROM side WHERE name = ?
        """
      ).bind(mark.text, mark.date.days, name.text).run()
    }
  }

  func sides(marked mark: String) throws -> [TransferSide] {
    try sides(
      db.statement(
        """
        SELECT side.body FROM mark JOIN side ON side.id = mark.side
        WHERE mark.text = ? ORDER BY mark.date, mark.side
        """
      ).bind(mark))
  }

  func sides(
    marked mark: String, from: CalendarDate, to: CalendarDate
  ) throws -> [TransferSide] {
    try sides(
      db.statement(
        """
        SELECT side.body FROM mark JOIN side ON side.id = mark.side
        WHERE mark.text = ? AND mark.date BETWEEN ? AND ? ORDER BY mark.date, mark.side
        """
      ).bind(mark, from.days, to.days))
  }

  func fingerprint(ofDecision id: String, source: String) throws -> String? {
    try db.statement("SELECT fingerprint FROM decision WHERE source = ? AND event = ?").bind(
      source, id
    ).first { row in
      try row[0]
    }
  }

  func save(_ decision: PairDecision) throws {
    var body: [UInt8] = []
    SideMessage.decision(decision).write(to: &body)
    try db.statement(
      """
      INSERT INTO decision (source, event, fingerprint, sender, receiver, body)
      VALUES (?, ?, ?, ?, ?, ?)
      """
    ).bind(
      decision.source, decision.id, decision.fingerprint, Self.text(decision.sender),
      Self.text(decision.receiver), body
    ).run()
  }

  func decision(_ name: FactName) throws -> PairDecision? {
    try decisions(
      db.statement("SELECT body FROM decision WHERE source = ? AND event = ?")
        .bind(name.source, name.id)
    ).first
  }

  func withdrawal(of decision: FactName) throws -> WithdrawalMessage? {
    let found = try messages(
      db.statement("SELECT body FROM withdrawal WHERE source = ? AND event = ?")
        .bind(decision.source, decision.id))
    guard case .withdrawal(let withdrawal) = found.first else { return nil }
    return withdrawal
  }

  func save(_ withdrawal: WithdrawalMessage) throws {
    var body: [UInt8] = []
    SideMessage.withdrawal(withdrawal).write(to: &body)
    try body.withUnsafeBytes { bytes in
      try db.statement(
        "INSERT OR REPLACE INTO withdrawal (source, event, cancels, body) VALUES (?, ?, ?, ?)"
      ).bind(withdrawal.of.source, withdrawal.of.id, withdrawal.cancels, bytes).run()
    }
  }

  func decisions(about document: TransferDocument) throws -> [PairDecision] {
    try decisions(
      db.statement(
        """
        SELECT body FROM decision d
        WHERE (sender = ?1 OR receiver = ?1) AND NOT EXISTS (
          SELECT 1 FROM withdrawal w
          WHERE w.source = d.source AND w.event = d.event AND w.cancels = 0)
        ORDER BY id
        """
      ).bind(Self.text(document)))
  }

  private func decisions(_ bodies: consuming BoundStatement) throws -> [PairDecision] {
    try messages(bodies).compactMap { message in
      guard case .decision(let decision) = message else { return nil }
      return decision
    }
  }

  func sent(_ id: String) throws -> SentTransfer? {
    try db.statement("SELECT revision, fingerprint FROM transfer WHERE id = ?").bind(id).first {
      row in
      try SentTransfer(
        revision: row[0], fingerprint: UInt64(bitPattern: row[1]))
    }
  }

  func save(_ id: String, _ sent: SentTransfer) throws {
    try db.statement("INSERT OR REPLACE INTO transfer (id, revision, fingerprint) VALUES (?, ?, ?)")
      .bind(id, sent.revision, Int64(bitPattern: sent.fingerprint)).run()
  }

  private func sides(_ bodies: consuming BoundStatement) throws -> [TransferSide] {
    try messages(bodies).compactMap { message in
      guard case .side(let side) = message else { return nil }
      return side
    }
  }

  private func messages(_ bodies: consuming BoundStatement) throws -> [SideMessage] {
    var reader = MessageReader<SideMessage>()
    return try bodies.all { try $0.withUnsafeBytes(0) { try reader.read($0) } }
  }

  private static func text(_ document: TransferDocument) -> String {
    document.rfc + "\u{1F}" + document.pedimento
  }
}
