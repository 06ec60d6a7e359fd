import EventLogTesting
import Ledger
import Messages
import ReportingService
import Testing

/// A ledger drawn at random, and what a plain model says that its reports are.
struct RandomLedger {
  private struct Lot {
    var book: Int
    var line: Int32
    var quantity: Int64
    var out: Int64 = 0
    var isGone = false
  }

  private var random: SeededGenerator
  private var lots: [Lot] = []
  private var live: [(posting: Int64, demand: Int, lot: Int, quantity: Int64)] = []
  private var demandBooks: [Int] = []
  private var postings: Int64 = 0
  private(set) var entries: [LedgerEntry] = []

  init(seed: UInt64, count: Int) throws {
    random = SeededGenerator(seed: seed)
    while entries.count < count {
      switch random.below(10) {
      case 0..<3: try open()
      case 3..<7: try discharge()
      case 7..<9: try takeBack()
      default: try revise()
      }
    }
  }

  private func state(_ index: Int) throws -> LotState {
    var state = try Facts.lot(Int64(index + 1), line: lots[index].line, "0")
    state.quantity = Quantity(millionths: lots[index].quantity)
    state.value = lots[index].quantity == 0 ? .zero : Money(centavos: 1_000)
    return state
  }

  private func balance(_ index: Int) throws -> LotBalance {
    var balance = try Facts.balance(Int64(index + 1))
    balance.discharged = Quantity(millionths: lots[index].out)
    balance.value = Money(centavos: lots[index].out)
    return balance
  }

  private func entry(_ book: Int) -> LedgerEntry { Facts.entry("JUA\(book % 2)", "M-\(book)") }

  private mutating func open() throws {
    lots.append(
      Lot(
        book: random.below(4), line: Int32(1 + random.below(3)),
        quantity: Int64(1 + random.below(900))))
    var entry = entry(lots[lots.count - 1].book)
    entry.lots = [try state(lots.count - 1)]
    entries.append(entry)
  }

  private mutating func discharge() throws {
    let open = lots.indices.filter { !lots[$0].isGone && lots[$0].out < lots[$0].quantity }
    guard !open.isEmpty else { return }
    let lot = open[random.below(open.count)]
    let taken = Int64(1 + random.below(Int(lots[lot].quantity - lots[lot].out)))
    demandBooks.append(lots[lot].book)
    lots[lot].out += taken
    postings += 1
    live.append((postings, demandBooks.count, lot, taken))
    var entry = entry(lots[lot].book)
    entry.balances = [try balance(lot)]
    entry.demands = [
      try Facts.demand(Int64(demandBooks.count), "D-\(demandBooks.count)", shortage: "0.5")
    ]
    entry.postings = [try posting(postings, live[live.count - 1])]
    entries.append(entry)
  }

  private mutating func takeBack() throws {
    guard !live.isEmpty else { return }
    let old = live.remove(at: random.below(live.count))
    lots[old.lot].out -= old.quantity
    postings += 1
    var entry = entry(lots[old.lot].book)
    entry.balances = [try balance(old.lot)]
    entry.demands = [
      try Facts.demand(Int64(old.demand), "D-\(old.demand)", gone: random.below(2) == 0)
    ]
    entry.postings = [try posting(postings, old, reverses: old.posting)]
    entries.append(entry)
  }

  /// A lot that grows, or that is withdrawn where nothing has gone out of it.
  private mutating func revise() throws {
    let there = lots.indices.filter { !lots[$0].isGone }
    guard !there.isEmpty else { return }
    let lot = there[random.below(there.count)]
    if lots[lot].out == 0, random.below(2) == 0 {
      lots[lot].isGone = true
      lots[lot].quantity = 0
    } else {
      lots[lot].quantity += Int64(random.below(50))
    }
    var entry = entry(lots[lot].book)
    entry.lots = [try state(lot)]
    entries.append(entry)
  }

  private func posting(
    _ number: Int64, _ taken: (posting: Int64, demand: Int, lot: Int, quantity: Int64),
    reverses: Int64? = nil
  ) throws -> Posting {
    var posting = try Facts.posting(
      number, demand: Int64(taken.demand), lot: Int64(taken.lot + 1), "0", reverses: reverses)
    posting.incorporated = Quantity(millionths: taken.quantity)
    posting.value = Money(centavos: taken.quantity)
    return posting
  }

  /// Plant, part, line, quantity, gone out, left, of each entry that is there.
  var balances: [String] {
    var sums: [String: (Int64, Int64)] = [:]
    for lot in lots where !lot.isGone {
      let key = "JUA\(lot.book % 2),M-\(lot.book),\(lot.line)"
      let sum = sums[key] ?? (0, 0)
      sums[key] = (sum.0 + lot.quantity, sum.1 + lot.out)
    }
    return sums.map { key, sum in
      let numbers = [sum.0, sum.1, sum.0 - sum.1].map { Quantity(millionths: $0).description }
      return key + "," + numbers.joined(separator: ",")
    }.sorted()
  }

  /// Document and quantity of each posting that stands.
  var discharges: [String] {
    live.map { "D-\($0.demand),\(Quantity(millionths: $0.quantity))" }.sorted()
  }
}

@Suite struct BatchBoundaryTests {
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func reportsAreThoseOfTheModelWhateverTheBatches(seed: UInt64) throws {
    let ledger = try RandomLedger(seed: seed, count: 300)
    var random = SeededGenerator(seed: seed &* 31)
    var texts: [[String: String]] = []
    for largest in [1, 7, 300] {
      let data = try DataFolder()
      var rest = ledger.entries[...]
      while !rest.isEmpty {
        let size = largest == 300 ? 300 : 1 + random.below(largest)
        try data.send(.ledger, Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
        // A store that is closed and opened again goes on where it was.
        if random.happens(perMille: 100) { try data.close() }
      }
      texts.append(try data.export())
    }
    for other in texts[1...] {
      let differing = texts[0].keys.filter { texts[0][$0] != other[$0] }
      #expect(differing.isEmpty, "seed \(seed)")
    }
    let balances = texts[0]["saldos"].map { text in
      text.split(separator: "\n").dropFirst().map { row in
        let cells = row.split(separator: ",", omittingEmptySubsequences: false)
        return [2, 3, 5, 8, 9, 11].map { String(cells[$0]) }.joined(separator: ",")
      }
    }
    #expect(balances?.sorted() == ledger.balances, "seed \(seed)")
    let discharges = texts[0]["descargos"].map { text in
      text.split(separator: "\n").dropFirst().map { row in
        let cells = row.split(separator: ",", omittingEmptySubsequences: false)
        return "\(cells[3]),\(cells[11])"
      }
    }
    #expect(discharges?.sorted() == ledger.discharges, "seed \(seed)")
  }
}
