import DischargeRules
import DischargeService
import EventLog
import Foundation
import Ledger
import Messages
import ServiceRuntime
import Store

/// One late pedimento line before everything in a book with 100,000 matches.
enum LateBench {
  /// Milliseconds from the late movement to its postings, in the books' core.
  static func core() throws -> Double {
    var books = Books(storage: MemoryBookStorage())
    let book = books.open(plant: "P1", part: "M-1")
    var changes = LedgerEntry(
      plant: "P1", part: "M-1", cause: Cause(document: "", line: 0, revision: 0), received: 0)
    func apply(_ movement: Movement) throws {
      changes.begin(plant: "P1", part: "M-1", cause: changes.cause, received: 0)
      guard let fact = BookFact(movement) else { return }
      try books.apply(fact, to: book, &changes)
    }
    let first = CalendarDate(year: 2024, month: 1, day: 1)
    for number in 1...100 {
      try apply(BenchMovements.lot(number: number, date: first, units: 1_000))
    }
    for index in 0..<100_000 {
      let date = CalendarDate(days: first.days + 1 + Int32(index / 500))
      try apply(BenchMovements.demand(number: index, date: date, units: 1))
    }
    let late = BenchMovements.lot(number: 0, date: CalendarDate(days: first.days - 1), units: 1)
    let watch = Stopwatch()
    try apply(late)
    let milliseconds = watch.seconds * 1_000
    guard changes.postings.count > 1_000 else { throw BenchError.wrongResult }
    return milliseconds
  }

  /// Milliseconds from the late movement to its postings committed, in a store on disk.
  static func run() throws -> Double {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let stage = DischargeService.stages()[0]
    let context = StageContext(
      partition: 0,
      partitions: Dictionary(uniqueKeysWithValues: ([stage.input] + stage.outputs).map { ($0, 1) }))
    let store = try StageStore(
      path: folder.path + "/books.sqlite", identity: StagePartition.identity(stage, context),
      migrations: stage.migrations)
    let partition = try StagePartition(stage, store: store, context: context)
    var offset: Int64 = 0
    func apply(_ movements: [Movement]) throws {
      var records = PackedRecords()
      for movement in movements {
        var key: [UInt8] = []
        movement.writeKey(to: &key)
        key.withUnsafeBytes { key in
          records.append(key: key, timestamp: 0) { movement.write(to: &$0) }
        }
      }
      let segment = ReadBatch.Segment(source: nil, baseOffset: offset, records: records)
      offset += Int64(records.count)
      try partition.apply(ReadBatch(segments: [segment], nextOffset: offset))
      partition.published()
    }
    let first = CalendarDate(year: 2024, month: 1, day: 1)
    try apply((0..<100).map { BenchMovements.lot(number: $0 + 1, date: first, units: 1_000) })
    for start in stride(from: 0, to: 100_000, by: 5_000) {
      try apply(
        (start..<start + 5_000).map { index in
          BenchMovements.demand(
            number: index, date: CalendarDate(days: first.days + 1 + Int32(index / 500)), units: 1)
        })
    }
    let late = BenchMovements.lot(
      number: 0, date: CalendarDate(days: first.days - 1), units: 1)
    let watch = Stopwatch()
    // The late movement waits for the book's turn, which nothing else delays.
    try apply([late])
    try apply([.settle(SettleMovement(plant: "P1", part: "M-1"))])
    let milliseconds = watch.seconds * 1_000
    try store.close()
    return milliseconds
  }
}

enum BenchMovements {
  static func lot(
    number: Int, date: CalendarDate, units: Int64, plant: String = "P1", part: String = "M-1"
  ) -> Movement {
    .lot(
      LotMovement(
        clave: "IN", dueOn: date.adding(months: 18), enteredOn: date, line: 1, part: part,
        pedimento: String(240_717_694_000_000 + number), plant: plant,
        quantity: Quantity(millionths: units * 1_000_000), revision: 1,
        value: Money(centavos: 1_234_567)))
  }

  static func demand(
    number: Int, date: CalendarDate, units: Int64, plant: String = "P1", part: String = "M-1"
  ) -> Movement {
    .demand(
      DemandMovement(
        clave: "RT", component: 0, date: date, document: String(250_717_694_000_000 + number),
        incorporated: Quantity(millionths: units * 1_000_000), line: 1, part: part, plant: plant,
        product: "P-001", revision: 1, scrap: .zero, waste: .zero))
  }
}

/// A folder of its own, removed when it is done with.
struct TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/saldo-bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func remove() {
    do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
  }
}
