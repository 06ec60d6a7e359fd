import EventLog
import Messages
import SQLite
import ServiceRuntime
import Store

/// The tables of a transfers store: each virtual transfer as its greatest revision says, and by the
/// documents that stand in it.
enum TransferTables {
  static let migrations = [
    StoreMigration(
      "virtual transfers",
      """
      CREATE TABLE transfer (
        id TEXT NOT NULL PRIMARY KEY,
        revision INTEGER NOT NULL CHECK (revision > 0),
        body BLOB
      ) STRICT;
      CREATE TABLE side (
        rfc TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('recibe', 'transfiere')),
        pedimento TEXT NOT NULL,
        transfer TEXT NOT NULL,
        PRIMARY KEY (rfc, role, pedimento, transfer)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX side_transfer ON side (transfer);
      CREATE INDEX side_pedimento ON side (pedimento);
      """)
  ]
}

/// Keeps the latest state of each virtual transfer.
final class TransfersHandler: StageHandler {
  private var reader = MessageReader<TransferState>()

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    guard let value = record.value else { throw ReportingError.emptyMessage }
    let state = try reader.read(value)
    guard try put(state, value, db) else { return }
    try db.statement("DELETE FROM side WHERE transfer = ?")
      .bind(state.id).run()
    guard state.state != .withdrawn else { return }
    if let sender = state.sender {
      try add(state.senderRFC, .sender, sender.pedimento, state.id, db)
    }
    if let receiver = state.receiver {
      try add(state.receiverRFC, .receiver, receiver.pedimento, state.id, db)
    }
  }

  func save(_ db: Connection) throws {}

  /// Keeps the state; answers false where a later one was before.
  private func put(
    _ state: TransferState, _ body: UnsafeRawBufferPointer, _ db: Connection
  ) throws -> Bool {
    let kept = state.state == .withdrawn ? nil : body
    try db.statement(
      """
      INSERT INTO transfer (id, revision, body) VALUES (?1, ?2, ?3)
      ON CONFLICT (id) DO UPDATE SET revision = ?2, body = ?3 WHERE ?2 > revision
      """
    ).bind(state.id, state.revision, kept).run()
    return db.changes == 1
  }

  private func add(
    _ rfc: String, _ role: TransferRole, _ pedimento: String, _ transfer: String, _ db: Connection
  ) throws {
    try db.statement(
      "INSERT OR IGNORE INTO side (rfc, role, pedimento, transfer) VALUES (?, ?, ?, ?)"
    ).bind(rfc, role.word, pedimento, transfer).run()
  }
}

extension TransferRole {
  /// As reports have it.
  var word: String {
    switch self {
    case .sender: "transfiere"
    case .receiver: "recibe"
    }
  }
}
