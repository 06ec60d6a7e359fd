import Ledger
import Messages

/// What the sides and decisions that are known now come to: which side is whose counterpart.
///
/// Everything here is a function of the set of facts; nothing depends on when one came. What
/// becomes of a side depends on the sides within ``reach`` steps of it alone. A step goes from a
/// side to one that names it or is named by it, that a decision ties to it, or that is like it.
struct PairsView<Storage: PairsStorage> {
  let storage: Storage
  /// How many days may lie between two sides that are paired by their goods.
  let days: Int32
  private var links: [SideName: Links] = [:]
  private var known: [SideName: TransferSide] = [:]

  /// How many steps away a side can still matter: a decision holds by what lies two steps from a
  /// side, a reference both ways by four, one by six, and likeness by seven.
  static var reach: Int { 7 }

  /// The sides that may matter to a side.
  struct Links {
    /// By decisions; of each pair the last one.
    var decided: [SideName: PairDecision] = [:]
    /// One of the two names the other.
    var named: [SideName] = []
    /// Neither names anything, and goods, quantities and days agree.
    var alike: [SideName] = []

    var all: Set<SideName> { Set(decided.keys).union(named).union(alike) }
  }

  /// What becomes of a side.
  enum Outcome: Equatable {
    case alone
    case paired(SideName, TransferState.Pairing)
    case ambiguous([SideName])
  }

  init(storage: Storage, days: Int32) {
    self.storage = storage
    self.days = days
  }

  func side(_ name: SideName) -> TransferSide? { known[name] }

  /// Takes a side that was found into the view.
  mutating func note(_ side: TransferSide) -> SideName {
    let name = SideName(side)
    known[name] = side
    return name
  }

  /// The sides that a change at these can matter to, themselves among them.
  mutating func within(reachOf sides: [SideName]) throws -> Set<SideName> {
    var found = Set(sides)
    var border = sides
    for _ in 0..<Self.reach where !border.isEmpty {
      var next: [SideName] = []
      for name in border {
        for other in try links(of: name).all where found.insert(other).inserted {
          next.append(other)
        }
      }
      border = next
    }
    return found
  }

  // MARK: Rules, the strongest first

  /// The counterpart of a side.
  mutating func outcome(of name: SideName) throws -> Outcome {
    if let other = try held(name) { return .paired(other, .person) }
    if let other = try mutual(name) { return .paired(other, .reference) }
    let named = try named(name)
    if !named.isEmpty {
      guard named.count == 1, try self.named(named[0]).count == 1 else { return .ambiguous(named) }
      return .paired(named[0], .reference)
    }
    let alike = try alike(name)
    guard !alike.isEmpty else { return .alone }
    guard alike.count == 1, try self.alike(alike[0]).count == 1 else { return .ambiguous(alike) }
    return .paired(alike[0], .goods)
  }

  /// The counterpart that a person chose: the last choice about either of the two.
  private mutating func held(_ name: SideName) throws -> SideName? {
    guard let other = try chosen(name), try chosen(other) == name else { return nil }
    return other
  }

  private mutating func chosen(_ name: SideName) throws -> SideName? {
    let pairs = try links(of: name).decided.filter { $0.value.decision == .pair }
    return pairs.max { $0.value.version < $1.value.version }?.key
  }

  private mutating func areApart(_ a: SideName, _ b: SideName) throws -> Bool {
    try links(of: a).decided[b]?.decision == .unpair
  }

  /// The counterpart where each of the two names the other.
  private mutating func mutual(_ name: SideName) throws -> SideName? {
    guard let other = try namingEachOther(name), try namingEachOther(other) == name else {
      return nil
    }
    return other
  }

  private mutating func namingEachOther(_ name: SideName) throws -> SideName? {
    guard try held(name) == nil, let side = known[name] else { return nil }
    var found: [SideName] = []
    for other in try links(of: name).named {
      guard let counterpart = known[other], let mine = side.names, let theirs = counterpart.names,
        counterpart.chain.contains(mine), side.chain.contains(theirs),
        try held(other) == nil, try !areApart(name, other)
      else { continue }
      found.append(other)
    }
    return found.count == 1 ? found[0] : nil
  }

  /// The counterparts where one of the two names the other.
  private mutating func named(_ name: SideName) throws -> [SideName] {
    guard try held(name) == nil, try mutual(name) == nil else { return [] }
    var found: [SideName] = []
    for other in try links(of: name).named {
      guard try held(other) == nil, try mutual(other) == nil, try !areApart(name, other) else {
        continue
      }
      found.append(other)
    }
    return found
  }

  /// The counterparts with goods like a side's, where no reference speaks for either.
  private mutating func alike(_ name: SideName) throws -> [SideName] {
    guard try isOpen(name) else { return [] }
    var found: [SideName] = []
    for other in try links(of: name).alike
    where try isOpen(other) && !areApart(name, other) {
      found.append(other)
    }
    return found
  }

  private mutating func isOpen(_ name: SideName) throws -> Bool {
    guard known[name]?.names == nil else { return false }
    return try held(name) == nil && mutual(name) == nil && named(name).isEmpty
  }

  // MARK: Links

  private mutating func links(of name: SideName) throws -> Links {
    if let found = links[name] { return found }
    var found = Links()
    if let side = known[name] {
      try addDecided(side, to: &found)
      try addNamed(side, to: &found)
      try addAlike(side, to: &found)
    }
    links[name] = found
    return found
  }

  private mutating func addDecided(_ side: TransferSide, to links: inout Links) throws {
    for decision in try storage.decisions(about: side.document) {
      // About this document as this side, between these companies.
      guard decision.sender.rfc == side.sender, decision.receiver.rfc == side.receiver else {
        continue
      }
      let (mine, theirs) =
        side.role == .sender
        ? (decision.sender, decision.receiver) : (decision.receiver, decision.sender)
      guard mine == side.document else { continue }
      let mark = TransferSide.counting(theirs.pedimento, side.opposite)
      for other in try storage.sides(marked: mark) {
        let name = note(other)
        if let last = links.decided[name], decision.version <= last.version { continue }
        links.decided[name] = decision
      }
    }
  }

  private mutating func addNamed(_ side: TransferSide, to links: inout Links) throws {
    var found: Set<SideName> = []
    if let names = side.names {
      for other in try storage.sides(marked: TransferSide.inChain(names, side.opposite)) {
        found.insert(note(other))
      }
    }
    for number in side.chain {
      for other in try storage.sides(marked: TransferSide.naming(number, side.opposite)) {
        found.insert(note(other))
      }
    }
    links.named = found.sorted(by: SideName.precedes)
  }

  private mutating func addAlike(_ side: TransferSide, to links: inout Links) throws {
    guard side.names == nil, let date = side.date, !side.lines.isEmpty else { return }
    let goods = Goods(side.lines)
    var found: Set<SideName> = []
    for mark in side.goodsMarks(side.opposite) {
      let others = try storage.sides(
        marked: mark, from: CalendarDate(days: date.days - days),
        to: CalendarDate(days: date.days + days))
      for other in others where goods.isLike(Goods(other.lines)) { found.insert(note(other)) }
    }
    links.alike = found.sorted(by: SideName.precedes)
  }
}
