import Messages
import SQLite
import Store

/// Withdrawals of facts in a records store: of each fact what the one says that counts.
enum WithdrawalTables {
  static let migration = StoreMigration(
    "withdrawals of facts",
    """
    CREATE TABLE withdrawal (
      document INTEGER PRIMARY KEY REFERENCES document (id),
      source TEXT NOT NULL,
      event TEXT NOT NULL,
      pedimento TEXT NOT NULL,
      line TEXT NOT NULL,
      part TEXT NOT NULL,
      type TEXT NOT NULL,
      about TEXT NOT NULL,
      plant TEXT NOT NULL,
      reason TEXT NOT NULL,
      said_by TEXT NOT NULL,
      time TEXT NOT NULL,
      by_source TEXT NOT NULL,
      by_event TEXT NOT NULL,
      cancels INTEGER NOT NULL CHECK (cancels IN (0, 1))
    ) STRICT;
    """)

  /// Writes what the record of a withdrawal says, in the place of what it said before; nothing for
  /// any other record.
  static func put(_ line: WithdrawalLine?, of document: Int64, _ db: Connection) throws {
    guard let line else {
      try db.statement("DELETE FROM withdrawal WHERE document = ?").bind(document).run()
      return
    }
    var put = try db.statement(
      """
      INSERT OR REPLACE INTO withdrawal (
        document, source, event, pedimento, line, part, type, about, plant, reason, said_by, time,
        by_source, by_event, cancels)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).bind(document, line.of?.source ?? "", line.of?.id ?? "", line.pedimento ?? "")
    try put.append(line.line.map { "\($0)" } ?? "")
    for text in [line.part, line.fact?.type, line.fact?.document, line.fact?.plant] {
      try put.append(text ?? "")
    }
    try put.append(line.reason)
    try put.append(line.by ?? "")
    try put.append(line.time.description)
    try put.append(line.name.source)
    try put.append(line.name.id)
    try put.append(line.cancels)
    try put.run()
  }
}
