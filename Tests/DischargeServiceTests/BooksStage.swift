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
  private let context = StageContext(
    partition: 0,
    partitions: Dictionary(
      uniqueKeysWithValues: [Topic.movements, .ledger, .rejected].map { ($0.rawValue, Int32(1)) }))
  private var partition: StagePartition
  private let reopens: Bool

  /// - Parameter reopens: whether it goes on out of its store after each movement, as after a
  ///   crash.
  init(reopens: Bool) throws {
    self.reopens = reopens
    stage = try #require(DischargeService.stages().first)
    store = try StageStore(
      path: nil, identity: StagePartition.identity(stage, context), migrations: stage.migrations)
    partition = try StagePartition(stage, store: store, context: context)
  }

  /// Takes a movement as a batch of its own; answers what it tells the ledger.
  @discardableResult
  func take(_ movement: Movement) throws -> [LedgerEntry] {
    var (key, value): ([UInt8], [UInt8]) = ([], [])
    movement.writeKey(to: &key)
    movement.write(to: &value)
    var records = PackedRecords()
    records.append(Record(key: key, value: value, timestamp: 0))
    let base = partition.position
    try partition.apply(
      ReadBatch(
        segments: [.init(source: nil, baseOffset: base, records: records)], nextOffset: base + 1))
    var reader = MessageReader<LedgerEntry>()
    var entries: [LedgerEntry] = []
    for batch in partition.unpublished {
      #expect(batch.target.topic == Topic.ledger.rawValue)
      try batch.records.forEach { record in
        if let value = record.value { entries.append(try reader.read(value)) }
      }
    }
    partition.published()
    if reopens { partition = try StagePartition(stage, store: store, context: context) }
    return entries
  }
}
