import EventLog
import EventLogEmbedded
import Foundation
import ServiceRuntime
import Store

/// A stage by itself, with one partition of each topic: take from the log, decode, apply, commit,
/// publish.
enum OneStage {
  /// Records a second.
  ///
  /// - Parameters:
  ///   - records: how many there are.
  ///   - fill: puts them into the log, on this topic.
  static func rate(
    of stage: Stage, records: Int, fill: (EmbeddedLog, String, Int) async throws -> Void
  ) async throws -> Double {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let log = try EmbeddedLog(directory: URL(filePath: folder.path + "/log"))
    let topics = [stage.input] + stage.outputs
    try await log.create(topics.map { TopicSpecification(name: $0, partitions: 1) })
    try await fill(log, stage.input, records)
    let context = StageContext(
      partition: 0, partitions: Dictionary(uniqueKeysWithValues: topics.map { ($0, 1) }))
    let store = try StageStore(
      path: folder.path + "/stage.sqlite", identity: StagePartition.identity(stage, context),
      migrations: stage.migrations)
    let partition = try StagePartition(stage, store: store, context: context)
    let group = try await log.join(group: "bench", topic: stage.input, member: "bench")
    _ = try await group.nextAssignment()
    let whole = ReadLimit()
    let limit = ReadLimit(
      records: whole.records / stage.weight, bytes: whole.bytes / stage.weight)
    let watch = Stopwatch()
    while partition.position < Int64(records) {
      guard let batch = try await group.take(0, from: partition.position, limit: limit) else {
        break
      }
      try partition.apply(batch)
      try await log.append(partition.unpublished, source: partition.source)
      partition.published()
    }
    let seconds = watch.seconds
    try store.close()
    await group.leave()
    await log.close()
    return Double(records) / seconds
  }
}
