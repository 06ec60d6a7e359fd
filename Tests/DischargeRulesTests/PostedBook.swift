import DischargeRules
import Ledger
import Messages

/// One book driven fact by fact, and what its ledger says so far.
struct PostedBook {
  private let storage = MemoryBookStorage()
  private var books: Books
  private let number: Int32
  private var lots: [Int64: LotState] = [:]
  private var demands: [Int64: DemandState] = [:]
  private var out: [Int64: LotBalance] = [:]
  /// Postings that were not reversed.
  private(set) var live: [Int64: Posting] = [:]
  /// What moves take now, by receiving plant, move and entry.
  private var moves: [String: MoveTaking] = [:]
  /// Promises that were broken.
  private(set) var faults: [String] = []

  init(atHand: Books.LotsAtHand = Books.LotsAtHand()) {
    books = Books(storage: storage, atHand: atHand)
    number = books.open(plant: "A", part: "M")
  }

  @discardableResult
  mutating func apply(_ fact: Fact) throws -> LedgerEntry {
    var changes = LedgerEntry(
      plant: "A", part: "M", cause: Cause(document: "", line: 0, revision: 0), received: 0)
    try books.apply(fact, to: number, &changes)
    take(changes)
    return changes
  }

  /// Takes facts together, as a book's turn does.
  mutating func apply(_ facts: [BookFact]) throws {
    var changes = LedgerEntry(
      plant: "A", part: "M", cause: Cause(document: "", line: 0, revision: 0), received: 0)
    try books.apply(facts, to: number, &changes)
    take(changes)
  }

  /// Ends a batch: lots with nothing left go to the storage.
  mutating func save() throws {
    var writer = KeepingWriter(storage: storage)
    try books.save(to: &writer)
  }

  /// `document/line pedimento/line incorporated+waste+scrap =value`, sorted.
  var takes: [String] {
    live.values.compactMap { posting in
      guard let demand = demands[posting.demand], let lot = lots[posting.lot] else { return nil }
      let product = demand.product.map { "(\($0))" } ?? ""
      return "\(demand.document)/\(demand.line)\(product) \(lot.pedimento)/\(lot.line) "
        + "\(posting.incorporated)+\(posting.waste)+\(posting.scrap) =\(posting.value)"
    }.sorted()
  }

  /// `document/line shortage`, sorted.
  var shortages: [String] {
    demands.values.filter { $0.shortage > .zero }.map { "\($0.document)/\($0.line) \($0.shortage)" }
      .sorted()
  }

  /// `pedimento/line left` of every lot, sorted; a lot that a move brought with its document.
  var balances: [String] {
    lots.values.map { lot in
      let gone = out[lot.lot].map { $0.discharged.millionths + $0.movedOut.millionths } ?? 0
      let by = lot.moved.map { "(\($0.document))" } ?? ""
      let left = Quantity(millionths: lot.quantity.millionths - gone)
      return "\(lot.pedimento)/\(lot.line)\(by) \(left)"
    }.sorted()
  }

  /// `move>plant pedimento/line quantity =value` of what moves take, sorted.
  var takings: [String] {
    moves.values.filter { $0.quantity > .zero }.map {
      "\($0.move.document)>\($0.toPlant) \($0.pedimento)/\($0.line) \($0.quantity) =\($0.value)"
    }.sorted()
  }

  private mutating func take(_ entry: LedgerEntry) {
    for lot in entry.lots { lots[lot.lot] = lot.quantity > .zero ? lot : nil }
    for demand in entry.demands { demands[demand.demand] = demand.gone ? nil : demand }
    for posting in entry.postings { take(posting) }
    for balance in entry.balances { out[balance.lot] = balance }
    for taking in entry.moves {
      let name =
        "\(taking.toPlant) \(taking.move) \(taking.pedimento) \(taking.line) \(taking.enteredOn)"
      moves[name] = taking
    }
    check()
  }

  private mutating func take(_ posting: Posting) {
    guard let reversed = posting.reverses else {
      live[posting.posting] = posting
      return
    }
    guard var old = live.removeValue(forKey: reversed) else {
      return faults.append("\(posting) reverses what is not there")
    }
    old.posting = posting.posting
    old.reverses = reversed
    if old != posting { faults.append("\(posting) is not the reversal of \(old)") }
  }

  /// What went out of every lot is what its postings say, and never more than there was.
  private mutating func check() {
    var sums: [Int64: (units: Int64, value: Int64)] = [:]
    for posting in live.values {
      let units = posting.incorporated.millionths + posting.waste.millionths
      var sum = sums[posting.lot] ?? (0, 0)
      sum.units += units + posting.scrap.millionths
      sum.value += posting.value.centavos
      sums[posting.lot] = sum
    }
    for (number, lot) in lots {
      let sum = sums.removeValue(forKey: number) ?? (0, 0)
      let gone = out[number].map {
        ($0.discharged.millionths + $0.movedOut.millionths, $0.value.centavos)
      }
      if sum != gone ?? (0, 0) {
        faults.append("lot \(number): \(sum) posted, not \(gone ?? (0, 0))")
      }
      if sum.units > lot.quantity.millionths { faults.append("lot \(number) is below zero") }
      if sum.units == lot.quantity.millionths, sum.value != lot.value.centavos {
        faults.append("lot \(number) is used up and has value left")
      }
    }
    if !sums.isEmpty { faults.append("postings of lots that are gone: \(sums)") }
  }
}

private struct KeepingWriter: BookWriter {
  let storage: MemoryBookStorage

  func save(_ book: StoredBook, as number: Int32) {}
  func save(_ lot: Lot, of book: Int32) { storage.keep(lot, of: book) }
  func remove(lot: Int64, of book: Int32) { storage.forget(lot) }
}

/// The facts in an order drawn from a seed; of one movement the revisions stay in theirs.
func shuffled<T>(_ items: [T], _ random: inout SeededGenerator) -> [T] {
  var items = items
  for index in items.indices.dropFirst() { items.swapAt(index, random.below(index + 1)) }
  return items
}

/// SplitMix64.
struct SeededGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}
