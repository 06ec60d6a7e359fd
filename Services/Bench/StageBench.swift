import DischargeService
import EventLog
import EventLogEmbedded
import Foundation
import Ledger
import Messages
import ServiceRuntime
import Store

/// The discharge stage by itself: take from the log, decode, apply, commit, publish.
enum StageBench {
  /// Movements a second of one partition.
  static func run(movements: Int) async throws -> Double {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let log = try EmbeddedLog(directory: URL(filePath: folder.path + "/log"))
    let stage = DischargeService.stages()[0]
    try await log.create(
      ([stage.input] + stage.outputs).map { TopicSpecification(name: $0, partitions: 1) })
    try await fill(log, stage.input, movements)
    let context = StageContext(
      partition: 0, partitions: [stage.input: 1, stage.outputs[0]: 1, stage.outputs[1]: 1])
    let store = try StageStore(
      path: folder.path + "/books.sqlite", identity: StagePartition.identity(stage, context),
      migrations: stage.migrations)
    let partition = try StagePartition(stage, store: store, context: context)
    let group = try await log.join(group: "bench", topic: stage.input, member: "bench")
    _ = try await group.nextAssignment()
    let watch = Stopwatch()
    while partition.position < Int64(movements) {
      guard
        let batch = try await group.take(0, from: partition.position, limit: ReadLimit())
      else { break }
      try partition.apply(batch)
      try await log.append(partition.unpublished, source: partition.source)
      partition.published()
    }
    let seconds = watch.seconds
    try store.close()
    await group.leave()
    await log.close()
    return Double(movements) / seconds
  }

  /// Twenty thousand books by turns; one lot for every four demands.
  static func fill(_ log: EmbeddedLog, _ topic: String, _ movements: Int) async throws {
    let first = CalendarDate(year: 2024, month: 1, day: 1)
    var records = PackedRecords()
    for index in 0..<movements {
      let (book, round) = (index % 20_000, index / 20_000)
      let (plant, part) = ("P\(book % 20)", "M-\(book / 20)")
      let date = CalendarDate(days: first.days + Int32(round))
      let movement =
        round % 5 == 0
        ? BenchMovements.lot(number: index, date: date, units: 100, plant: plant, part: part)
        : BenchMovements.demand(number: index, date: date, units: 20, plant: plant, part: part)
      var key: [UInt8] = []
      movement.writeKey(to: &key)
      key.withUnsafeBytes { key in
        records.append(key: key, timestamp: 0) { movement.write(to: &$0) }
      }
      if records.count == 5_000 || index == movements - 1 {
        try await log.append(
          [OutgoingBatch(target: TopicPartition(topic, 0), records: records)], source: nil)
        records.removeAll()
      }
    }
  }
}
