import EventLog
import GRDB
import Messages
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

  func apply(_ record: RecordView, _ db: Database, _ output: inout StepOutput) throws {
    guard let value = record.value else { throw ReportingError.emptyMessage }
    let state = try reader.read(value)
    guard try put(state, value, db) else { return }
    try db.cachedStatement(sql: "DELETE FROM side WHERE transfer = ?")
      .bindAndRun { $0.bind(1, state.id) }
    guard state.state != .withdrawn else { return }
    if let sender = state.sender {
      try add(state.senderRFC, .sender, sender.pedimento, state.id, db)
    }
    if let receiver = state.receiver {
      try add(state.receiverRFC, .receiver, receiver.pedimento, state.id, db)
    }
  }

  func save(_ db: Database) throws {}

  /// Keeps the state; answers false where a later one was before.
  private func put(
    _ state: TransferState, _ body: UnsafeRawBufferPointer, _ db: Database
  ) throws -> Bool {
    let kept = state.state == .withdrawn ? nil : body
    try db.cachedStatement(
      sql: """
        INSERT INTO transfer (id, revision, body) VALUES (?1, ?2, ?3)
        ON CONFLICT (id) DO UPDATE SET revision = ?2, body = ?3 WHERE ?2 > revision
        """
    ).bindAndRun { row in
      row.bind(1, state.id)
      row.bind(2, state.revision)
      if let kept { row.bind(3, kept) } else { row.bind(3, Int64?.none) }
    }
    return db.changesCount == 1
  }

  private func add(
    _ rfc: String, _ role: TransferRole, _ pedimento: String, _ transfer: String, _ db: Database
  ) throws {
    try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO side (rfc, role, pedimento, transfer) VALUES (?, ?, ?, ?)"
    ).bindAndRun { row in
      row.bind(1, rfc)
      row.bind(2, role.word)
      row.bind(3, pedimento)
      row.bind(4, transfer)
    }
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
