import DischargeService
import EventLog
import Messages
import ServiceRuntime
import Store
import Testing

/// One partition of the discharge service's stage, driven without a log.
final class BooksStage {
  private let stage: Stage
  private let store: StageStore
  private let context: StageContext
  private var partition: StagePartition
  private let reopens: Bool
  /// The turns that were asked for and have not come round: the partition of the documents, and the
  /// movement.
  private(set) var turns: [(partition: Int32, movement: Movement)] = []
  /// How much it told the ledger.
  private(set) var told = (messages: 0, bytes: 0)

  /// - Parameter reopens: whether it goes on out of its store after each movement, as after a
  ///   crash.
  init(reopens: Bool = false) throws {
    self.reopens = reopens
    stage = try #require(DischargeService.stages().first)
    context = StageContext(
      partition: 0,
      partitions: Dictionary(
        uniqueKeysWithValues: ([stage.input] + stage.outputs).map {
          ($0, $0 == Topic.documents.rawValue ? Int32(3) : 1)
        }))
    store = try StageStore(
      path: nil, identity: StagePartition.identity(stage, context), migrations: stage.migrations)
    partition = try StagePartition(stage, store: store, context: context)
  }

  /// Takes movements as a batch of their own; answers what they tell the ledger.
  ///
  /// - Parameter source: the partition of the documents that told them.
  @discardableResult
  func take(_ movements: [Movement], from source: Int32? = nil) throws -> [LedgerEntry] {
    var records = PackedRecords()
    for movement in movements {
      var (key, value): ([UInt8], [UInt8]) = ([], [])
      movement.writeKey(to: &key)
      movement.write(to: &value)
      records.append(
        Record(key: key, value: value, timestamp: 0),
        input: partition.position + Int64(records.count))
    }
    let base = partition.position
    let documents = source.map { TopicPartition(Topic.documents.rawValue, $0) }
    let batch = ReadBatch(
      segments: [.init(source: documents, baseOffset: base, records: records)],
      nextOffset: base + Int64(movements.count))
    var entries: [LedgerEntry] = []
    while partition.position < batch.nextOffset {
      try partition.apply(batch)
      entries += try published()
    }
    if reopens { partition = try StagePartition(stage, store: store, context: context) }
    return entries
  }

  /// Takes a movement as a batch of its own; answers what it tells the ledger.
  @discardableResult
  func take(_ movement: Movement, from source: Int32? = nil) throws -> [LedgerEntry] {
    try take([movement], from: source)
  }

  /// Lets the turns that were asked for come round; answers what they tell the ledger.
  func comeRound() throws -> [LedgerEntry] {
    try takeTurns().flatMap { try take($0.movement) }
  }

  private func published() throws -> [LedgerEntry] {
    var entries: [LedgerEntry] = []
    var reader = MessageReader<LedgerEntry>()
    var movements = MessageReader<Movement>()
    for batch in partition.unpublished {
      try batch.records.forEach { record in
        guard let value = record.value else { return }
        switch Topic(rawValue: batch.target.topic) {
        case .ledger:
          entries.append(try reader.read(value))
          told = (told.messages + 1, told.bytes + value.count)
        case .documents: turns.append((batch.target.partition, try movements.read(value)))
        default: Issue.record("sent to \(batch.target)")
        }
      }
    }
    partition.published()
    return entries
  }

  /// The turns that were asked for, which are the caller's to let come round.
  func takeTurns() -> [(partition: Int32, movement: Movement)] {
    defer { turns = [] }
    return turns
  }

  /// How many bytes the journal has.
  func journalBytes() throws -> Int {
    try store.connection.scalar("SELECT coalesce(sum(length(bytes)), 0) FROM journal") ?? -1
  }

  /// How many bytes the journal's longest row has.
  func longestRow() throws -> Int {
    try store.connection.scalar("SELECT coalesce(max(length(bytes)), 0) FROM journal") ?? -1
  }
}
