import DischargeRules
import Ledger
import Messages

/// The matching by itself: no log, no JSON, no database.
enum CoreBench {
  static let books = 100_000
  static let movements = 3_000_000

  /// Movements a second on one core: one lot for every four demands, all books by turns.
  static func run() throws -> Double {
    var core = Books(storage: DiscardingStorage())
    for number in 0..<books { _ = core.open(plant: "P\(number % 50)", part: "M-\(number / 50)") }
    var facts: [BookFact] = []
    let first = CalendarDate(year: 2024, month: 1, day: 1)
    for round in 0..<(movements / books) {
      let date = CalendarDate(days: first.days + Int32(round))
      facts.append(fact(round: round, date: date))
    }
    var changes = LedgerEntry(
      plant: "", part: "", cause: Cause(document: "", line: 0, revision: 0), received: 0)
    var writer = CountingWriter()
    var postings = 0
    let watch = Stopwatch()
    for fact in facts {
      try all(&core, &changes, &writer) {
        try $0.apply(fact, to: $1, &$2)
        postings += $2.postings.count
      }
    }
    let seconds = watch.seconds
    guard postings == books * movements / books * 4 / 5 else { throw BenchError.wrongResult }
    return Double(movements) / seconds
  }

  private static func all(
    _ core: inout Books, _ changes: inout LedgerEntry, _ writer: inout CountingWriter,
    _ apply: (inout Books, Int32, inout LedgerEntry) throws -> Void
  ) throws {
    let cause = Cause(document: "", line: 0, revision: 0)
    for book in 0..<Int32(books) {
      changes.begin(plant: "", part: "", cause: cause, received: 0)
      try apply(&core, book, &changes)
      // As a stage does, once a batch.
      if book % 5_000 == 4_999 { try core.save(to: &writer) }
    }
  }

  private static func fact(round: Int, date: CalendarDate) -> BookFact {
    let number = String(240_717_694_000_000 + round)
    if round % 5 == 0 {
      return .lot(
        LotMovement(
          clave: "IN", dueOn: date.adding(months: 18), enteredOn: date, line: 1, part: "",
          pedimento: number, plant: "", quantity: Quantity(millionths: 84_000_000), revision: 1,
          value: Money(centavos: 1_234_567)))
    }
    return .demand(
      DemandMovement(
        clave: "RT", component: 0, date: date, document: number,
        incorporated: Quantity(millionths: 20_000_000), line: 1, part: "", plant: "",
        product: "P-1", revision: 1, scrap: .zero, waste: Quantity(millionths: 1_000_000)))
  }
}

enum BenchError: Error {
  case wrongResult
  /// Something that the measure needs is not there, or ended.
  case missing(String)
}

/// A journal that is written and thrown away, so that memory does not grow with the run.
final class DiscardingStorage: BookStorage {
  private var bytes: [UInt8] = []
  var journal = JournalSize()

  func append(_ record: UnsafeRawBufferPointer) -> Int64 {
    if bytes.count > 1 << 22 { bytes.removeAll(keepingCapacity: true) }
    bytes.append(contentsOf: record)
    return Int64(bytes.count - record.count)
  }

  func read(_ pointer: Int64, _ body: (UnsafeRawBufferPointer) -> Void) {
    bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[Int(pointer)...])) }
  }

  func mark() -> Int64 { 0 }

  func removeRecords(before mark: Int64) {}

  func storedLot(_ id: Int64, of book: Int32) -> Lot? { nil }

  func keep(_ lot: Lot, of book: Int32) {}
}

struct CountingWriter: BookWriter {
  var rows = 0
  mutating func save(_ book: StoredBook, as number: Int32) { rows += 1 }
  mutating func save(_ lot: Lot, of book: Int32) { rows += 1 }
  mutating func remove(lot: Int64, of book: Int32) { rows += 1 }
}
