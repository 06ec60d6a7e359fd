import DischargeService
import EventLog
import EventLogEmbedded
import Ledger
import Messages

/// The discharge stage by itself.
enum StageBench {
  /// Movements a second of one partition.
  static func run(movements: Int) async throws -> Double {
    try await OneStage.rate(of: DischargeService.stages()[0], records: movements, fill: fill)
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
