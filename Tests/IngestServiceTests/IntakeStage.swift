import EventLog
import IngestService
import Messages
import ServiceRuntime
import Store
import Testing

/// Intake over twelve partitions, driven without a log.
struct IntakeStage {
  private let stage: Stage
  private let partition: StagePartition

  /// A message that intake sent, with where it went.
  struct Sent {
    var topic: String
    var partition: Int32
    var key: String
    var value: String
  }

  init() throws {
    stage = try #require(IngestService.stages().first { $0.name == "intake" })
    let topics = [stage.input] + stage.outputs
    let context = StageContext(
      partition: 0, partitions: Dictionary(uniqueKeysWithValues: topics.map { ($0, 12) }))
    let store = try StageStore(
      path: nil, identity: StagePartition.identity(stage, context), migrations: stage.migrations)
    partition = try StagePartition(stage, store: store, context: context)
  }

  /// Applies records as one batch; answers what is sent, by topic and partition.
  func send(_ records: [Record]) throws -> [Sent] {
    var packed = PackedRecords()
    for record in records { packed.append(record) }
    let base = partition.position
    try partition.apply(
      ReadBatch(
        segments: [.init(source: nil, baseOffset: base, records: packed)],
        nextOffset: base + Int64(records.count)))
    defer { partition.published() }
    var sent: [Sent] = []
    for batch in partition.unpublished {
      batch.records.forEach { record in
        sent.append(
          Sent(
            topic: batch.target.topic, partition: batch.target.partition,
            key: String(decoding: record.key, as: UTF8.self),
            value: String(decoding: record.value ?? .init(start: nil, count: 0), as: UTF8.self)))
      }
    }
    return sent
  }
}
