import EventLog
import Messages
import ReportingService
import ServiceRuntime
import Store

/// A partition of a stage that sends rows to the report topics, driven without a log.
final class PublishingStage {
  let store: StageStore
  private let input: Topic
  private let context: StageContext
  private(set) var partition: StagePartition

  /// A row as it was sent; without a value where a balance is gone.
  struct Sent: Equatable {
    var topic: Topic?
    var partition: Int32
    var key: String
    var value: String?
  }

  /// Partition 3 of 12 of the stage that reads a topic.
  init(_ input: Topic) throws {
    self.input = input
    context = StageContext(
      partition: 3,
      partitions: Dictionary(uniqueKeysWithValues: Topic.allCases.map { ($0.rawValue, 12) }))
    let stage = try Self.stage(input, publishing: true)
    store = try StageStore(
      path: nil, identity: StagePartition.identity(stage, context), migrations: stage.migrations)
    partition = try StagePartition(stage, store: store, context: context)
  }

  private static func stage(_ input: Topic, publishing: Bool) throws -> Stage {
    let stages = ReportingService.stages(publishing: publishing)
    guard let stage = stages.first(where: { $0.input == input.rawValue }) else {
      throw DataFolder.Missing(what: input.rawValue)
    }
    return stage
  }

  /// Goes on out of what the store holds, as after a crash.
  func reopen(publishing: Bool = true) throws {
    partition = try StagePartition(
      try Self.stage(input, publishing: publishing), store: store, context: context)
  }

  /// Applies messages as one batch; answers what is sent, each topic's partitions by number.
  @discardableResult
  func send(_ messages: [any LogMessage]) throws -> [Sent] {
    try outgoing(messages).flatMap { batch in
      var sent: [Sent] = []
      batch.records.forEach { record in
        sent.append(
          Sent(
            topic: Topic(rawValue: batch.target.topic), partition: batch.target.partition,
            key: String(decoding: record.key, as: UTF8.self),
            value: record.value.map { String(decoding: $0, as: UTF8.self) }))
      }
      return sent
    }
  }

  /// The same, as it goes to the log.
  func outgoing(_ messages: [any LogMessage]) throws -> [OutgoingBatch] {
    var records = PackedRecords()
    for message in messages {
      records.append(Record(key: [], value: message.bytes, timestamp: 0))
    }
    let base = partition.position
    try partition.apply(
      ReadBatch(
        segments: [.init(source: nil, baseOffset: base, records: records)],
        nextOffset: base + Int64(messages.count)))
    defer { partition.published() }
    return partition.unpublished
  }
}

extension [PublishingStage.Sent] {
  /// The rows of one kind, in the order in which they were sent.
  func rows<Row: ReportRow & LogMessage>(_: Row.Type) throws -> [Row] {
    var reader = MessageReader<Row>()
    return try compactMap { sent in
      guard let value = sent.value, value.contains(Row.schemaName) else { return nil }
      return try [UInt8](value.utf8).withUnsafeBytes { try reader.read($0) }
    }
  }

  /// The keys of balances that are gone.
  var gone: [String] { filter { $0.value == nil }.map(\.key) }
}
