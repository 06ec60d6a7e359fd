import Ledger
import Messages
import ReportingRules

/// Follows a question through the books: round by round, each a reading of the stores that finds
/// all that lies one move or transfer further.
struct TrailSearch {
  let question: TrailQuestion
  let ledger: TrailLedger
  let links: TransferLinks
  /// Whether the rows at a plant may be seen.
  let sees: (String) -> Bool
  private(set) var postings: [TrailName: TrailPosting] = [:]
  private(set) var lots: [TrailName: TrailLot] = [:]
  /// Tables of which not all is there.
  private(set) var isCut: Set<TrailTable> = []
  /// Whether something is another company's.
  private(set) var isHidden = false
  /// Whether there is more behind the last step.
  private(set) var endsEarly = false
  /// The transfers that the way led through.
  private(set) var transfers: [String: TransferState] = [:]

  init(
    _ question: TrailQuestion, _ ledger: TrailLedger, _ links: TransferLinks,
    sees: @escaping (String) -> Bool
  ) {
    (self.question, self.ledger, self.links, self.sees) = (question, ledger, links, sees)
  }

  /// - Throws: ``ReportingError``.
  mutating func run() throws {
    switch question.direction {
    case .exit: try runFromExit()
    case .entry: try runFromEntry()
    }
  }

  // MARK: From an exit back

  private mutating func runFromExit() throws {
    let (part, plant) = (question.part, question.plant)
    var wishes: [TrailWish<TrailPosting>] = [
      TrailWish(document: question.document, line: question.line) { posting in
        (part == nil || part == posting.part || part == posting.product)
          && (plant == nil || plant == posting.plant)
      }
    ]
    var marks = [""]
    for step in 0...TrailQuestion.steps {
      if step == TrailQuestion.steps {
        endsEarly = !wishes.isEmpty
        return
      }
      var found: [TrailName: String] = [:]
      try ledger.postings(of: wishes) { posting, wish in
        guard take(posting, at: step) else { return !isCut.contains(.postings) }
        found[posting.lot] = marks[wish]
        return true
      }
      let new = Set(found.keys).subtracting(lots.keys)
      try ledger.lots(named: new) { lot in
        var lot = lot
        (lot.step, lot.link) = (step, found[lot.name] ?? "")
        take(lot)
      }
      (wishes, marks) = try upstream(of: new)
      if wishes.isEmpty { return }
    }
  }

  /// What brought lots: of a move its postings, of scrap the exit that left it, of an entry by a
  /// virtual transfer the other company's exit.
  private mutating func upstream(
    of names: Set<TrailName>
  ) throws -> (wishes: [TrailWish<TrailPosting>], marks: [String]) {
    var wishes: [TrailWish<TrailPosting>] = []
    var marks: [String] = []
    for name in names.sorted(by: Self.precedes) {
      guard let lot = lots[name] else { continue }
      if lot.source == .entry {
        for state in try links.transfers(to: lot.pedimento) {
          guard let sender = state.sender else { continue }
          transfers[state.id] = state
          let isByPart = sender.lines.contains { $0.part == lot.part }
          wishes.append(
            TrailWish(document: sender.pedimento, line: nil) { posting in
              posting.toPlant == nil && !posting.isScrap
                && (!isByPart || posting.linePart == lot.part)
            })
          marks.append(isByPart ? "parte" : "documento")
        }
      } else if let document = lot.sourceBy {
        wishes.append(
          TrailWish(document: document, line: lot.sourceLine) { posting in
            posting.part == lot.part && posting.pedimento == lot.pedimento
              && posting.entryLine == lot.line && !posting.isScrap
              && posting.date == lot.sourceOn ?? posting.date
              && (lot.source == .move ? posting.toPlant == lot.plant : posting.plant == lot.plant)
          })
        marks.append("")
      }
    }
    return (wishes, marks)
  }

  // MARK: From an entry on

  private mutating func runFromEntry() throws {
    let (part, plant) = (question.part, question.plant)
    var wishes: [TrailWish<TrailLot>] = [
      TrailWish(document: question.document, line: question.line) { lot in
        (part == nil || part == lot.part) && (plant == nil || plant == lot.plant)
      }
    ]
    var marks = [""]
    var base: Int32 = 0
    while !wishes.isEmpty {
      guard base < TrailQuestion.steps else {
        endsEarly = true
        return
      }
      var found: Set<TrailName> = []
      try ledger.lots(of: wishes) { lot, wish in
        var lot = lot
        (lot.step, lot.link) = (base, marks[wish])
        guard lots[lot.name] == nil else { return true }
        guard take(lot) else { return !isCut.contains(.lots) }
        found.insert(lot.name)
        return true
      }
      var taken: [TrailPosting] = []
      let entries = Set(found.compactMap { lots[$0] }.map { EntryName($0.pedimento, $0.line) })
      let onFound = entries.map { entry in
        TrailWish<TrailPosting>(document: entry.pedimento, line: entry.line) {
          found.contains($0.lot)
        }
      }
      if !onFound.isEmpty {
        try ledger.postings(on: onFound) { posting, _ in
          guard take(posting, at: base) else { return !isCut.contains(.postings) }
          taken.append(posting)
          return true
        }
      }
      let last = countSteps(found, taken, from: base)
      (wishes, marks) = try downstream(of: taken)
      base = last + 1
    }
  }

  private struct EntryName: Hashable {
    var pedimento: String
    var line: Int32
    init(_ pedimento: String, _ line: Int32) { (self.pedimento, self.line) = (pedimento, line) }
  }

  /// The entries of other companies' books that virtual transfers made of what was taken.
  private mutating func downstream(
    of taken: [TrailPosting]
  ) throws -> (wishes: [TrailWish<TrailLot>], marks: [String]) {
    var parts: [String: Set<String>] = [:]
    for posting in taken where posting.toPlant == nil && !posting.isScrap {
      parts[posting.document, default: []].insert(posting.linePart)
    }
    var wishes: [TrailWish<TrailLot>] = []
    var marks: [String] = []
    for (document, parts) in parts.sorted(by: { CodePoints.precedes($0.key, $1.key) }) {
      for state in try links.transfers(from: document) {
        guard let receiver = state.receiver else { continue }
        transfers[state.id] = state
        let isByPart = receiver.lines.contains { parts.contains($0.part) }
        wishes.append(
          TrailWish(document: receiver.pedimento, line: nil) { lot in
            !isByPart || parts.contains(lot.part)
          })
        marks.append(isByPart ? "parte" : "documento")
      }
    }
    return (wishes, marks)
  }

  /// Counts how many moves away lots and postings are: a lot that a move brought is one further
  /// than what the move took of, and scrap one further than what left it.
  ///
  /// - Returns: the greatest.
  private mutating func countSteps(
    _ found: Set<TrailName>, _ taken: [TrailPosting], from base: Int32
  ) -> Int32 {
    var open = found.compactMap { lots[$0] }
    var last = base
    for lot in open where lot.source != .entry { lots[lot.name]?.step = base + 1 }
    open.removeAll { $0.source == .entry }
    let bringing = Dictionary(grouping: taken) { $0.document }
    // Each round settles what lies one move further; there are no more moves than steps.
    for _ in 0..<TrailQuestion.steps {
      var changed = false
      for lot in open {
        let steps = (bringing[lot.sourceBy ?? ""] ?? []).filter { posting in
          posting.part == lot.part && posting.pedimento == lot.pedimento
            && posting.entryLine == lot.line && posting.line == lot.sourceLine ?? posting.line
            && posting.date == lot.sourceOn ?? posting.date && !posting.isScrap
            && (lot.source == .move ? posting.toPlant == lot.plant : posting.plant == lot.plant)
        }.compactMap { lots[$0.lot]?.step }
        guard let step = steps.min().map({ $0 + 1 }), lots[lot.name]?.step != step else { continue }
        lots[lot.name]?.step = step
        changed = true
      }
      if !changed { break }
    }
    for posting in taken {
      let step = lots[posting.lot]?.step ?? base
      postings[posting.name]?.step = step
      last = max(last, step)
    }
    return max(last, open.compactMap { lots[$0.name]?.step }.max() ?? base)
  }

  // MARK: Within the limits

  /// Takes a posting; false where it was there, may not be seen, or does not fit.
  private mutating func take(_ posting: TrailPosting, at step: Int32) -> Bool {
    guard postings[posting.name] == nil else { return false }
    guard sees(posting.plant) else {
      isHidden = true
      return false
    }
    guard postings.count < question.limit else {
      isCut.insert(.postings)
      return false
    }
    var posting = posting
    posting.step = step
    postings[posting.name] = posting
    return true
  }

  @discardableResult
  private mutating func take(_ lot: TrailLot) -> Bool {
    guard sees(lot.plant) else {
      isHidden = true
      return false
    }
    guard lots.count < question.limit else {
      isCut.insert(.lots)
      return false
    }
    lots[lot.name] = lot
    return true
  }

  private static func precedes(_ a: TrailName, _ b: TrailName) -> Bool {
    (a.partition, a.number) < (b.partition, b.number)
  }
}

/// The virtual transfers of which both sides are there, by either side's pedimento.
struct TransferLinks {
  let stores: [ReadOnlyStore]
  /// The day after which no document is there; nil for all.
  var asOf: CalendarDate?

  /// The transfers that a document sends.
  func transfers(from pedimento: String) throws -> [TransferState] {
    try transfers(of: pedimento).filter { $0.sender?.pedimento == pedimento }
  }

  /// The transfers that a document receives.
  func transfers(to pedimento: String) throws -> [TransferState] {
    try transfers(of: pedimento).filter { $0.receiver?.pedimento == pedimento }
  }

  private func transfers(of pedimento: String) throws -> [TransferState] {
    var reader = MessageReader<TransferState>()
    var found: [String: TransferState] = [:]
    for store in stores {
      try store.forEachRow(
        """
        SELECT t.body FROM side s JOIN transfer t ON t.id = s.transfer
        WHERE s.pedimento = ?1 AND t.body IS NOT NULL
        """, [pedimento]
      ) { row in
        let state = try reader.read(row.bytes(0))
        guard state.state == .paired || state.state == .differing else { return }
        let days = [state.sender?.date, state.receiver?.date].compactMap { $0 }
        if let asOf, days.contains(where: { $0 > asOf }) { return }
        found[state.id] = state
      }
    }
    return found.values.sorted { CodePoints.precedes($0.id, $1.id) }
  }
}
