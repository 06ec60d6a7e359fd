import DischargeRules
import Ledger
import Messages
import Testing

/// The journal is written anew piece by piece, whatever is appended meanwhile.
@Suite struct CompactionTests {
  @Test func aChainIsTheSameBehindItsCompaction() throws {
    let storage = MemoryBookStorage()
    var books = Books(storage: storage)
    let numbers = ["M", "N", "O"].map { books.open(plant: "A", part: $0) }
    var changes = LedgerEntry(
      plant: "A", part: "M", cause: Cause(document: "", line: 0, revision: 0), received: 0)
    for book in numbers {
      for day in 10..<28 {
        try books.apply(exit("R\(day)", on: "2024-02-\(day)", "1"), to: book, &changes)
      }
    }
    let live = storage.journal.live
    #expect(storage.journal.total == live)
    // Everything is served again and again, until more than half is garbage.
    var entries = 0
    while storage.journal.total <= 2 * storage.journal.live + Books.garbageLeft {
      entries += 1
      for book in numbers {
        try books.apply(
          lot("\(entries)", on: "2024-01-01", "0.000001"), to: book, &changes)
      }
    }
    // A third of the work at a time, while facts come.
    let grown = storage.journal.live
    try books.compact(atMost: 1)
    #expect(books.compaction?.next == 1)
    try books.apply(exit("S", on: "2024-03-01", "2"), to: numbers[0], &changes)
    try books.apply(lot("X", on: "2024-01-02", "0.5"), to: numbers[2], &changes)
    let late = books.open(plant: "A", part: "P")
    try books.apply(exit("T", on: "2024-03-01", "2"), to: late, &changes)
    books.restore(books.compaction)
    try books.compact(atMost: 1)
    try books.compact(atMost: 1)
    #expect(books.compaction == nil)
    // Left is what is in chains, and what became garbage meanwhile.
    #expect(storage.journal.total < 2 * grown)
    #expect(storage.journal.total >= storage.journal.live)
    for book in numbers + [late] {
      changes.begin(plant: "A", part: "M", cause: changes.cause, received: 0)
      try books.apply(lot("Y", on: "2024-01-03", "99"), to: book, &changes)
      let shortages = changes.demands.filter { $0.shortage > .zero }
      #expect(shortages.isEmpty && !changes.demands.isEmpty)
    }
  }
}
