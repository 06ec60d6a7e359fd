import EventLog
import Messages
import SQLite
import ServiceRuntime
import TransferRules

/// `saldo.sides` to the states of virtual transfers on `saldo.transfers`.
final class PairsHandler: StageHandler {
  private var pairs: Pairs<SQLitePairs>
  private var reader = MessageReader<SideMessage>()

  /// Where its stores lie: `<service>/<name>-<partition>.sqlite`.
  static let title = (service: "transfer", name: "pairs")

  static func stage(days: Int32?) -> Stage {
    Stage(
      service: title.service, name: title.name, input: Topic.sides.rawValue,
      outputs: [Topic.transfers.rawValue, Topic.rejected.rawValue, Topic.documents.rawValue],
      migrations: SQLitePairs.migrations
    ) { db, _ in
      try PairsHandler(db, days: days)
    }
  }

  private init(_ db: Connection, days: Int32?) throws {
    let storage = SQLitePairs(db)
    pairs = Pairs(storage: storage, days: try storage.days(asked: days))
  }

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    guard let value = record.value else { return }
    let message = try reader.read(value)
    do {
      var found: FoundFact?
      try pairs.apply(message, found: { found = $0 }) { state in
        output.send(to: 0, key: state.id) { state.write(to: &$0) }
      }
      if let found {
        let note = DocumentsNote.found(found)
        let speaker = DocumentsNote.speaker(for: found.target, of: output.partitions(of: 2))
        output.send(to: 2, partition: speaker, key: note.key) { note.write(to: &$0) }
      }
    } catch Pairs<SQLitePairs>.Refusal.conflict(let decision) {
      let rejected = RejectedEvent(
        rejection: Rejection(.identityConflict, field: "id", value: decision.id),
        event: String(decoding: value, as: UTF8.self), source: decision.source, id: decision.id,
        type: "immex.transfer.decision.v1", received: output.received)
      output.send(to: 1, key: rejected.key) { rejected.write(to: &$0) }
    }
  }

  /// Everything is written as it comes; SQLite's page cache does the rest.
  func save(_ db: Connection) throws {}
}
