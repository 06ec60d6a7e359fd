import Ledger
import Messages

extension Books {
  /// Whether a fact is new and comes after everything that was served in its book: then it is taken
  /// by itself, and nothing is served again.
  ///
  /// - Throws: ``BooksError``, or what the storage throws.
  public mutating func follows(_ fact: BookFact, in number: Int32) throws -> Bool {
    switch fact {
    case .lot(let lot):
      guard lot.revision == 1, lot.opened != nil else { return false }
      return try isBehindAll(of: Int(number), on: lot.availableOn) { lot.available }
    case .demand(let demand):
      guard demand.revision == 1, let asked = demand.asked else { return false }
      let account = try book(of: demand, in: number)
      guard try isBehindAll(of: Int(account), on: demand.date, { demand.key }) else {
        return false
      }
      guard asked.scrap > 0, let scrap = books[Int(account)].scrapBook else { return true }
      // What it leaves as scrap must not come before what was disposed of.
      return try isBehindAll(of: Int(scrap), on: demand.date) { demand.key }
    }
  }

  /// Whether what stands on a day, at a key, comes after everything that was served in a book.
  private mutating func isBehindAll(
    of index: Int, on date: CalendarDate, _ key: () -> SequenceKey
  ) throws -> Bool {
    // Nearly always the days decide, and no key has to be made.
    if books[index].knowsLastKey {
      guard let last = books[index].lastKey?.date else { return true }
      if last != date { return last < date }
    }
    return try lastKey(of: index).map { key() >= $0 } ?? true
  }

  /// Takes a fact, a new revision of one, or its withdrawal, at once.
  ///
  /// - Parameters:
  ///   - number: the book; a demand on the account of scrap goes to the account beside it.
  ///   - changes: gets what the fact changed.
  /// - Throws: ``BooksError``, or what the storage throws.
  public mutating func apply(
    _ fact: BookFact, to number: Int32, _ changes: inout LedgerEntry
  ) throws {
    guard try follows(fact, in: number) else {
      return try apply([fact], to: number, &changes)
    }
    switch fact {
    case .lot(let lot): try append(lot, to: number, &changes)
    case .demand(let demand):
      changes.account = demand.account
      try append(demand, to: try book(of: demand, in: number), &changes)
    }
  }

  /// Takes facts of one book together: what comes after the first of them is served again once.
  ///
  /// It ends as one after another would; only what is posted on the way is less.
  ///
  /// - Parameters:
  ///   - facts: in the order in which they came.
  ///   - changes: gets what the facts changed in the book; what they changed in the account of
  ///     scrap beside it is told by ``takeScrapChanges()``.
  /// - Throws: ``BooksError``, or what the storage throws.
  public mutating func apply(
    _ facts: [BookFact], to number: Int32, _ changes: inout LedgerEntry
  ) throws {
    var lots: [LotMovement] = []
    var demands: [DemandMovement] = []
    var disposals: [DemandMovement] = []
    for fact in facts {
      switch fact {
      case .lot(let lot): lots.append(lot)
      case .demand(let demand) where demand.account == .scrap: disposals.append(demand)
      case .demand(let demand): demands.append(demand)
      }
    }
    var scrap: [ScrapTaking] = []
    if let from = Self.first(of: lots, and: demands) {
      scrap = try rematch(number, from: from, &changes) { books, history, changes in
        try books.revise(lots, among: &history, of: number, &changes)
        try books.revise(demands, among: &history, of: number)
      }
    }
    try settle(scrap, disposals, beside: number, changes)
  }

  /// How many facts a book and the account of scrap beside it hold: as many as a late one can have
  /// looked at again.
  public func facts(of number: Int32) -> Int64 {
    let scrap = books[Int(number)].scrapBook.map { books[Int($0)].facts } ?? 0
    return books[Int(number)].facts + scrap
  }

  /// The book that a demand draws on: the one of its part, or the account of scrap beside it.
  private mutating func book(of demand: DemandMovement, in number: Int32) throws -> Int32 {
    demand.account == .scrap ? scrapBook(of: number) : number
  }

  private static func first(
    of lots: [LotMovement], and demands: [DemandMovement]
  ) -> SequenceKey? {
    let first = lots.lazy.map(\.available).min()
    guard let demand = demands.lazy.map(\.key).min() else { return first }
    return first.map { min($0, demand) } ?? demand
  }
}
