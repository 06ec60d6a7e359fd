import EventLog
import EventLogEmbedded
import Ledger
import Messages
import ReportingService

/// Reporting's ledger stage by itself, which keeps entries as tables; and, where that is asked for,
/// sends rows to the report topics.
enum ReportBench {
  /// Ledger entries a second of one partition.
  static func run(entries: Int, publishing: Bool) async throws -> Double {
    try await OneStage.rate(
      of: ReportingService.stages(publishing: publishing)[0], records: entries, fill: fill)
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
