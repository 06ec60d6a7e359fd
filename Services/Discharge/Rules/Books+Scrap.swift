import Ledger
import Messages

/// What a demand takes of one entry as scrap, in all: the lot that it leaves in the account of
/// scrap.
struct ScrapTaking: Equatable {
  var clave: String
  var enteredOn: CalendarDate
  var pedimento: String
  var line: Int32
  let discharge: DischargeReference
  /// In millionths; zero where the demand takes no scrap of the entry any more.
  var quantity: Int64
  /// Centavos.
  var value: Int64

  /// What makes the lot the same from one match to the next.
  struct Identity: Hashable {
    let enteredOn: CalendarDate
    let pedimento: String
    let line: Int32
    let discharge: DischargeReference
  }

  var identity: Identity {
    Identity(enteredOn: enteredOn, pedimento: pedimento, line: line, discharge: discharge)
  }

  static func identity(of lot: Lot) -> Identity? {
    lot.discharge.map {
      Identity(enteredOn: lot.enteredOn, pedimento: lot.pedimento, line: lot.line, discharge: $0)
    }
  }
}

extension Books {
  /// What the last movement changed in the account of scrap beside its book; nil for nothing.
  ///
  /// It is told once.
  public mutating func takeScrapChanges() -> LedgerEntry? {
    guard let changes = scrapChanges else { return nil }
    scrapChanges = nil
    return changes.isEmpty ? nil : changes
  }

  /// Puts what a new demand at the end of a book took as scrap into the account beside it, where
  /// nothing was disposed of behind the demand: the lots are new, and nothing is served again.
  ///
  /// - Parameter first: the first of the lots in memory that it could draw on.
  mutating func leaveScrap(
    of demand: Demand, in number: Int32, from first: Int, _ changes: LedgerEntry
  ) throws {
    guard books[Int(number)].scrapOf == nil else { return }
    let takings = try Self.scrapTakings(demand) { try drawn($0, in: Int(number), from: first) }
    guard !takings.isEmpty else { return }
    let scrap = scrapBook(of: number)
    var entry = scrapEntry(changes)
    touch(scrap)
    for taking in takings {
      let lot = Lot(id: numbers.nextLot(), taking)
      try insert(lot, in: scrap)
      books[Int(scrap)].facts += 1
      entry.lots.append(lot.state)
    }
    scrapChanges = entry
  }

  /// What demands take as scrap now, if that is not what they took before.
  func scrapDifferences(_ history: History, of book: Book) -> [ScrapTaking] {
    guard book.scrapOf == nil else { return [] }
    let steps = history.steps.filter { step in
      step.demand.asked.scrap > 0 || (step.replaced?.asked.scrap ?? 0) > 0
    }
    let withdrawn = history.withdrawn.filter { $0.asked.scrap > 0 }
    guard !steps.isEmpty || !withdrawn.isEmpty else { return [] }
    var lots: [Int64: Lot] = [:]
    for lot in book.lots + book.expired + history.withdrawnLots { lots[lot.id] = lot }
    var differences: [ScrapTaking] = []
    for step in steps {
      // Most demands of a long suffix take what they took.
      if step.stands, history.revisedLots.isEmpty { continue }
      let old = step.before.map { before in
        Self.scrapTakings(before) { history.revisedLots[$0] ?? lots[$0] }
      }
      Self.compare(old ?? [], Self.scrapTakings(step.demand) { lots[$0] }, &differences)
    }
    for demand in withdrawn {
      Self.compare(Self.scrapTakings(demand) { lots[$0] }, [], &differences)
    }
    return differences
  }

  private static func compare(
    _ old: [ScrapTaking], _ new: [ScrapTaking], _ differences: inout [ScrapTaking]
  ) {
    let (before, after) = (Places(old.lazy.map(\.identity)), Places(new.lazy.map(\.identity)))
    for var taking in old where after[taking.identity] == nil {
      (taking.quantity, taking.value) = (0, 0)
      differences.append(taking)
    }
    for taking in new where before[taking.identity].map({ old[$0] }) != taking {
      differences.append(taking)
    }
  }

  /// What a demand takes of each entry as scrap. Its value is the scrap's share of what the demand
  /// took, rounded half up.
  private static func scrapTakings(
    _ demand: Demand, lot: (Int64) throws -> Lot?
  ) rethrows -> [ScrapTaking] {
    guard demand.asked.scrap > 0 else { return [] }
    var takings: [ScrapTaking] = []
    var entries = Places<TakenEntry>()
    for take in demand.takes where take.quantity.scrap > 0 {
      guard let lot = try lot(take.lot) else { continue }
      let value = Money(centavos: take.value).share(
        of: Quantity(millionths: take.quantity.scrap), in: Quantity(millionths: take.total))
      // Two lots of one entry that came by different moves leave scrap as one.
      if let index = entries[TakenEntry(lot)] {
        takings[index].quantity += take.quantity.scrap
        takings[index].value += value.centavos
      } else {
        entries.append(TakenEntry(lot))
        takings.append(
          ScrapTaking(
            clave: lot.clave, enteredOn: lot.enteredOn, pedimento: lot.pedimento, line: lot.line,
            discharge: DischargeReference(demand.key), quantity: take.quantity.scrap,
            value: value.centavos))
      }
    }
    return takings
  }

  /// Brings the account of scrap beside a book to what is taken now and what is disposed of, and
  /// serves its disposals again where they stand behind what changed: once, however much changed.
  mutating func settle(
    _ takings: [ScrapTaking], _ disposals: [DemandMovement], beside number: Int32,
    _ changes: LedgerEntry
  ) throws {
    let keys = [takings.lazy.map(\.discharge.key).min(), disposals.lazy.map(\.key).min()]
    guard let first = keys.compactMap({ $0 }).min() else { return }
    let scrap = scrapBook(of: number)
    var entry = scrapEntry(changes)
    _ = try rematch(scrap, from: first, &entry) { books, history, entry in
      books.put(takings, among: &history, of: scrap, &entry)
      try books.revise(disposals, among: &history, of: scrap)
    }
    scrapChanges = entry
  }

  private mutating func put(
    _ takings: [ScrapTaking], among history: inout History, of number: Int32,
    _ entry: inout LedgerEntry
  ) {
    guard !takings.isEmpty else { return }
    var places: [ScrapTaking.Identity: Int] = [:]
    for (place, lot) in history.lots.enumerated() {
      if let identity = ScrapTaking.identity(of: lot) { places[identity] = place }
    }
    var gone: Set<Int64> = []
    for taking in takings {
      let place = places[taking.identity]
      if taking.quantity > 0 {
        let lot = Lot(id: place.map { history.lots[$0].id } ?? numbers.nextLot(), taking)
        if let place {
          history.lots[place] = lot
        } else {
          history.lots.append(lot)
          books[Int(number)].facts += 1
        }
        entry.lots.append(lot.state)
      } else if let place {
        // Not there only where the demand was served by a version that kept no accounts of scrap.
        gone.insert(history.lots[place].id)
        books[Int(number)].facts -= 1
        history.withdrawnLots.append(history.lots[place])
        entry.lots.append(history.lots[place].goneState)
      }
    }
    if !gone.isEmpty { history.lots.removeAll { gone.contains($0.id) } }
  }

  private func scrapEntry(_ changes: LedgerEntry) -> LedgerEntry {
    var entry = LedgerEntry(
      plant: changes.plant, part: changes.part, cause: changes.cause, received: changes.received)
    entry.account = .scrap
    return entry
  }
}
