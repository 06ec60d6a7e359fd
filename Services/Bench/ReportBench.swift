import EventLog
import EventLogEmbedded
import Foundation
import Ledger
import Messages
import ReportingService
import ServiceRuntime
import Store

/// Reporting's ledger stage by itself: take entries from the log, keep them as tables, commit; and,
/// where it sends rows to the report topics, publish them.
enum ReportBench {
  /// Ledger entries a second of one partition.
  static func run(entries: Int, publishing: Bool) async throws -> Double {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let log = try EmbeddedLog(directory: URL(filePath: folder.path + "/log"))
    let stage = ReportingService.stages(publishing: publishing)[0]
    let topics = [stage.input] + stage.outputs
    try await log.create(topics.map { TopicSpecification(name: $0, partitions: 1) })
    try await fill(log, stage.input, entries)
    let context = StageContext(
      partition: 0, partitions: Dictionary(uniqueKeysWithValues: topics.map { ($0, 1) }))
    let store = try StageStore(
      path: folder.path + "/ledger.sqlite", identity: StagePartition.identity(stage, context),
      migrations: stage.migrations)
    let partition = try StagePartition(stage, store: store, context: context)
    let group = try await log.join(group: "bench", topic: stage.input, member: "bench")
    _ = try await group.nextAssignment()
    let watch = Stopwatch()
    while partition.position < Int64(entries) {
      let limit = ReadLimit(records: 5_000 / stage.weight, bytes: (8 << 20) / stage.weight)
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
    return Double(entries) / seconds
  }

  /// Twenty thousand books by turns; a lot for every four demands, each of which takes of it.
  private static func fill(_ log: EmbeddedLog, _ topic: String, _ entries: Int) async throws {
    let books = 20_000
    var records = PackedRecords()
    var lots = [Int64](repeating: 0, count: books)
    var (lot, demand): (Int64, Int64) = (0, 0)
    for index in 0..<entries {
      let (book, round) = (index % books, index / books)
      let date = CalendarDate(
        days: CalendarDate(year: 2024, month: 1, day: 1).days + Int32(round))
      let document = "2407176940\(10_000 + index % 89_999)"
      var entry = LedgerEntry(
        plant: "P\(book % 20)", part: "M-\(book / 20)",
        cause: Cause(document: document, line: 1, revision: 1), received: 1_700_000_000_000)
      if round % 5 == 0 {
        lot += 1
        lots[book] = lot
        entry.lots = [
          LotState(
            clave: "IN", dueOn: CalendarDate(days: date.days + 540), enteredOn: date, line: 1,
            lot: lot, moved: nil, pedimento: document, quantity: Quantity(millionths: 100_000_000),
            value: Money(centavos: 100_000))
        ]
      } else {
        demand += 1
        let taken = Int64(round % 5)
        entry.demands = [
          DemandState(
            clave: "RT", date: date, demand: demand, document: document, gone: false, line: 1,
            product: nil, shortage: .zero, toPlant: nil)
        ]
        entry.postings = [
          Posting(
            demand: demand, incorporated: Quantity(millionths: 20_000_000), lot: lots[book],
            posting: demand, scrap: .zero, value: Money(centavos: 20_000), waste: .zero)
        ]
        entry.balances = [
          LotBalance(
            discharged: Quantity(millionths: 20_000_000 * taken), lot: lots[book],
            movedOut: .zero, value: Money(centavos: 20_000 * taken))
        ]
      }
      records.append(key: UnsafeRawBufferPointer(start: nil, count: 0), timestamp: 0) {
        entry.write(to: &$0)
      }
      if records.count == 5_000 || index == entries - 1 {
        try await log.append(
          [OutgoingBatch(target: TopicPartition(topic, 0), records: records)], source: nil)
        records.removeAll()
      }
    }
  }
}
