import Ledger
import Messages

/// Makes the rows of the report topics out of the ledger: each posting with what its demand and its
/// lot say, each shortage that changed, each balance that changed, and what was received of moves.
///
/// What is sent is a function of the partition's entries alone. The lots and demands that it keeps
/// in memory only spare questions to the store, and are forgotten between two batches where they
/// are many.
public struct LedgerRows: Sendable {
  private let partition: Int32
  /// The greatest numbers that were ever given: what is above them is new and is in no store.
  private var lastLot: Int64
  private var lastDemand: Int64

  private var lots: [HeldLot] = []
  private var lotPlaces: [Int64: Int] = [:]
  private var entries: [HeldEntry] = []
  private var entryPlaces: [EntryLine: Int] = [:]
  private var demands: [Int64: DemandState] = [:]
  /// Entry lines whose balance the entry at hand changed, in the order in which it did.
  private var changed: [Int] = []

  private static let heldLimit = 8_192

  private struct HeldLot {
    var lot: ReportedLot
    /// The place of its entry line.
    var entry: Int
  }

  private struct HeldEntry {
    var line: EntryLine
    var lots: [Int64]
    var isChanged = false
  }

  /// Nothing held.
  ///
  /// - Parameters:
  ///   - partition: of the ledger; lots, demands and postings have their numbers within it.
  ///   - lastLot: the greatest number of a lot in the store.
  ///   - lastDemand: the greatest number of a demand in the store.
  public init(partition: Int32, lastLot: Int64, lastDemand: Int64) {
    self.partition = partition
    self.lastLot = lastLot
    self.lastDemand = lastDemand
  }

  /// Sends the rows of an entry.
  ///
  /// - Parameters:
  ///   - book: the number of the entry's book.
  ///   - version: greater than that of every earlier entry of the partition.
  ///   - books: the store, as the entries before this one left it but for lots, which it may have
  ///     as they stood at the last ``saved()``.
  /// - Throws: ``LedgerRowsError``, or what the store throws.
  public mutating func apply(
    _ entry: LedgerEntry, of book: Int64, version: Int64, from books: some ReportedBooks,
    to output: inout some LedgerRowsOutput
  ) throws {
    for lot in entry.lots { try note(lot, of: book, books) }
    for balance in entry.balances {
      let place = try place(ofLot: balance.lot, books)
      lots[place].lot.out = balance
      change(lots[place].entry)
    }
    for demand in entry.demands {
      guard let shortage = try note(demand, books) else { continue }
      output.send(row(shortage, of: demand, entry, version))
    }
    for posting in entry.postings { output.send(try row(posting, entry, version, books)) }
    for place in changed {
      entries[place].isChanged = false
      if let row = try balance(place, entry, version, books) {
        output.send(row)
      } else {
        output.remove(balance: key(place, entry))
      }
    }
    changed.removeAll(keepingCapacity: true)
    for row in ReceiptRow.of(entry, book: book, partition: partition, version: version) {
      output.send(row)
    }
  }

  /// Notes that the store has every lot as it stands.
  public mutating func saved() {
    if lots.count > Self.heldLimit {
      lots.removeAll(keepingCapacity: true)
      lotPlaces.removeAll(keepingCapacity: true)
      entries.removeAll(keepingCapacity: true)
      entryPlaces.removeAll(keepingCapacity: true)
    }
    if demands.count > Self.heldLimit { demands.removeAll(keepingCapacity: true) }
  }

  // MARK: Lots

  private mutating func note(
    _ state: LotState, of book: Int64, _ books: some ReportedBooks
  ) throws {
    var lot = ReportedLot(state, of: book)
    let isNew = state.lot > lastLot && lotPlaces[state.lot] == nil
    lastLot = max(lastLot, state.lot)
    if !isNew, let place = try findLot(state.lot, books) {
      let old = lots[place]
      // A lot keeps what has gone out of it; one that was withdrawn begins anew.
      if !old.lot.isGone { lot.out = old.lot.out }
      entries[old.entry].lots.removeAll { $0 == state.lot }
      change(old.entry)
      lots[place] = HeldLot(lot: lot, entry: try placeOfEntry(lot.entry, books))
    } else {
      hold(lot, entry: try placeOfEntry(lot.entry, books))
    }
    let entry = lots[lotPlaces[state.lot] ?? 0].entry
    change(entry)
    if lot.isGone {
      entries[entry].lots.removeAll { $0 == state.lot }
      try books.keep(withdrawn: lot)
    } else if !entries[entry].lots.contains(state.lot) {
      entries[entry].lots.append(state.lot)
    }
  }

  private mutating func place(ofLot number: Int64, _ books: some ReportedBooks) throws -> Int {
    guard let place = try findLot(number, books) else { throw LedgerRowsError.unknownLot(number) }
    return place
  }

  private mutating func findLot(_ number: Int64, _ books: some ReportedBooks) throws -> Int? {
    if let place = lotPlaces[number] { return place }
    guard let lot = try books.lot(number) else { return nil }
    return hold(lot, entry: try placeOfEntry(lot.entry, books))
  }

  @discardableResult
  private mutating func hold(_ lot: ReportedLot, entry: Int) -> Int {
    lotPlaces[lot.number] = lots.count
    lots.append(HeldLot(lot: lot, entry: entry))
    return lots.count - 1
  }

  private mutating func placeOfEntry(
    _ line: EntryLine, _ books: some ReportedBooks
  ) throws -> Int {
    if let place = entryPlaces[line] { return place }
    entryPlaces[line] = entries.count
    entries.append(HeldEntry(line: line, lots: try books.lots(of: line)))
    return entries.count - 1
  }

  private mutating func change(_ entry: Int) {
    guard !entries[entry].isChanged else { return }
    entries[entry].isChanged = true
    changed.append(entry)
  }

  private func key(_ place: Int, _ entry: LedgerEntry) -> String {
    let line = entries[place].line
    return BalanceRow.key(
      plant: entry.plant, part: entry.part, pedimento: line.pedimento, line: line.line)
  }

  /// The sum of the lots of an entry line, which came by several moves; nil where none is left.
  private mutating func balance(
    _ place: Int, _ entry: LedgerEntry, _ version: Int64, _ books: some ReportedBooks
  ) throws -> BalanceRow? {
    var row: BalanceRow?
    for number in entries[place].lots {
      let lot = lots[try self.place(ofLot: number, books)].lot
      let left = lot.quantity - lot.out.discharged - lot.out.movedOut
      guard var sum = row else {
        row = BalanceRow(
          balance: QuantitySum(left), discharged: QuantitySum(lot.out.discharged),
          dueOn: lot.dueOn, enteredOn: lot.enteredOn, line: lot.entry.line,
          movedOut: QuantitySum(lot.out.movedOut), part: entry.part,
          pedimento: lot.entry.pedimento, plant: entry.plant,
          quantity: QuantitySum(lot.quantity), received: entry.received, row: key(place, entry),
          value: MoneySum(lot.value), valueLeft: MoneySum(lot.value - lot.out.value),
          version: version)
        continue
      }
      sum.balance += left
      sum.discharged += lot.out.discharged
      sum.dueOn = [sum.dueOn, lot.dueOn].compactMap { $0 }.min()
      sum.enteredOn = min(sum.enteredOn, lot.enteredOn)
      sum.movedOut += lot.out.movedOut
      sum.quantity += lot.quantity
      sum.value += lot.value
      sum.valueLeft += lot.value - lot.out.value
      row = sum
    }
    return row
  }

  // MARK: Demands and postings

  /// Takes a demand as it stands, and answers its shortage where that changed.
  private mutating func note(
    _ state: DemandState, _ books: some ReportedBooks
  ) throws -> Quantity? {
    var state = state
    if state.gone { state.shortage = .zero }
    var before = demands[state.demand]
    if before == nil, state.demand <= lastDemand { before = try books.demand(state.demand) }
    lastDemand = max(lastDemand, state.demand)
    demands[state.demand] = state
    if state.gone { try books.keep(withdrawn: state) }
    return state.shortage == before?.shortage ?? .zero ? nil : state.shortage
  }

  private func row(
    _ shortage: Quantity, of demand: DemandState, _ entry: LedgerEntry, _ version: Int64
  ) -> ShortageRow {
    ShortageRow(
      causeDocument: entry.cause.document, causeLine: entry.cause.line,
      causeRevision: entry.cause.revision, clave: demand.clave, date: demand.date,
      document: demand.document, line: demand.line, part: entry.part, plant: entry.plant,
      product: demand.product, received: entry.received,
      row: "shortage/\(partition)/\(demand.demand)", shortage: shortage, toPlant: demand.toPlant,
      version: version)
  }

  private mutating func row(
    _ posting: Posting, _ entry: LedgerEntry, _ version: Int64, _ books: some ReportedBooks
  ) throws -> PostingRow {
    let lot = lots[try place(ofLot: posting.lot, books)].lot
    guard let demand = try demands[posting.demand] ?? books.demand(posting.demand) else {
      throw LedgerRowsError.unknownDemand(posting.demand)
    }
    demands[posting.demand] = demand
    // Amounts of postings are never below zero, so they can be turned around.
    let sign: Int64 = posting.reverses == nil ? 1 : -1
    var posted = PostingRow(
      causeDocument: entry.cause.document, causeLine: entry.cause.line,
      causeRevision: entry.cause.revision, clave: demand.clave, date: demand.date,
      document: demand.document, dueOn: lot.dueOn, enteredOn: lot.enteredOn,
      entryLine: lot.entry.line,
      incorporated: Quantity(millionths: sign * posting.incorporated.millionths),
      line: demand.line, part: entry.part, pedimento: lot.entry.pedimento, plant: entry.plant,
      product: demand.product, received: entry.received,
      reverses: posting.reverses.map { "posting/\(partition)/\($0)" },
      row: "posting/\(partition)/\(posting.posting)",
      scrap: Quantity(millionths: sign * posting.scrap.millionths), toPlant: demand.toPlant,
      value: Money(centavos: sign * posting.value.centavos), version: version,
      waste: Quantity(millionths: sign * posting.waste.millionths))
    posted.causeWithdrawal = entry.cause.withdrawal?.text
    return posted
  }
}
