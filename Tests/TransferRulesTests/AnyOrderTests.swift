import Auditor
import Ledger
import Messages
import Testing
import TransferRules

/// Random sides and decisions, in random orders: the rows are a function of the set of facts, and
/// what a naive model that looks at all of them at once says.
@Suite struct AnyOrderTests {
  @Test(arguments: 1...120 as ClosedRange<UInt64>)
  func theRowsAreAFunctionOfTheSetOfFacts(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let facts = try facts(&random)
    let expected = NaivePairs(facts, days: 10).described
    for round in 0..<4 {
      var desk = PairsDesk()
      try desk.take(round == 0 ? facts : facts.shuffled(using: &random))
      #expect(desk.described == expected, "seed \(seed), order \(round)")
      let sent = desk.sent
      try desk.take(facts.shuffled(using: &random))
      #expect(desk.sent == sent, "seed \(seed): facts that came again send nothing")
    }
  }

  /// Few goods, days and numbers, so that references and likenesses cross.
  private func facts(_ random: inout SeededRandom) throws -> [SideMessage] {
    var facts: [SideMessage] = []
    let count = 2 + random.below(12)
    let exports = (1...count).map { $0 }
    let entries = (101...100 + count).map { $0 }
    for (numbers, make) in [(exports, export), (entries, entry)] {
      for n in numbers {
        let others = n > 100 ? exports : entries
        var revision: Int64 = 0
        for _ in 0...random.below(2) {
          revision += 1
          let lines = [
            try goods(
              ["A", "B"][random.below(2)], "\(1 + random.below(2))",
              value: "\(100 + random.below(2))", tariff: ["85444299", "39269099"][random.below(2)])
          ]
          let day = 1 + random.below(28)
          let names = random.below(4) == 0 ? others[random.below(others.count)] : nil
          facts.append(
            try make(
              n, lines, "2026-03-\(day < 10 ? "0" : "")\(day)", names, nil, revision,
              random.below(8) == 0))
        }
      }
    }
    for hour in 0..<random.below(6) {
      facts.append(
        try decide(
          random.below(3) == 0 ? .unpair : .pair, exports[random.below(count)],
          entries[random.below(count)], at: hour))
    }
    for case .decision(let decision) in facts where random.below(3) == 0 {
      for _ in 0...random.below(3) {
        facts.append(
          .withdrawal(
            WithdrawalMessage(
              of: decision.name, cancels: random.below(2) == 0,
              by: FactName(source: "/people", id: "w-\(facts.count)"),
              time: try Instant("2026-03-0\(1 + random.below(3))T00:00:00Z"))))
      }
    }
    return facts
  }
}

extension SeededRandom {
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

/// The rules of pairing over all facts at once, without marks, reach or memory.
struct NaivePairs {
  private var exports: [TransferSide] = []
  private var entries: [TransferSide] = []
  private var decisions: [PairDecision] = []
  private let days: Int

  init(_ facts: [SideMessage], days: Int) {
    self.days = days
    var last: [String: TransferSide] = [:]
    for case .side(let side) in facts {
      if let known = last[side.pedimento], known.revision >= side.revision { continue }
      last[side.pedimento] = side
    }
    for side in last.values.sorted(by: { $0.pedimento < $1.pedimento })
    where side.state == .counts {
      if side.role == .sender { exports.append(side) } else { entries.append(side) }
    }
    var counting: [FactName: WithdrawalMessage] = [:]
    for case .withdrawal(let withdrawal) in facts {
      if let known = counting[withdrawal.of], known.version >= withdrawal.version { continue }
      counting[withdrawal.of] = withdrawal
    }
    for case .decision(let decision) in facts where counting[decision.name]?.cancels ?? true {
      decisions.append(decision)
    }
  }

  var described: [String] {
    var rows: [String] = []
    var left = (exports: Set(exports.map(\.pedimento)), entries: Set(entries.map(\.pedimento)))
    func take(_ pairs: [(TransferSide, TransferSide)], _ how: String) {
      for (a, b) in pairs {
        left.exports.remove(a.pedimento)
        left.entries.remove(b.pedimento)
        let differs = Self.differences(a, b)
        rows.append(
          ([
            "\(PairsDesk.short(a.pedimento))-\(PairsDesk.short(b.pedimento))",
            differs.isEmpty ? "paired" : "differing", how,
          ] + differs).joined(separator: " "))
      }
    }
    func open(_ rule: (TransferSide, TransferSide) -> Bool) -> [(TransferSide, TransferSide)] {
      exports.filter { left.exports.contains($0.pedimento) }.flatMap { a in
        entries.filter { left.entries.contains($0.pedimento) && rule(a, $0) }.map { (a, $0) }
      }
    }
    func propose(_ pairs: [(TransferSide, TransferSide)], _ how: String) {
      let sole = pairs.filter { pair in
        pairs.filter { $0.0 == pair.0 }.count == 1 && pairs.filter { $0.1 == pair.1 }.count == 1
      }
      for a in exports {
        let others = pairs.filter { $0.0 == a }.map(\.1)
        guard !others.isEmpty, !sole.contains(where: { $0.0 == a }) else { continue }
        left.exports.remove(a.pedimento)
        rows.append("\(PairsDesk.short(a.pedimento))-? proposed <\(Self.list(others))>")
      }
      for b in entries {
        let others = pairs.filter { $0.1 == b }.map(\.0)
        guard !others.isEmpty, !sole.contains(where: { $0.1 == b }) else { continue }
        left.entries.remove(b.pedimento)
        rows.append("?-\(PairsDesk.short(b.pedimento)) proposed <\(Self.list(others))>")
      }
      take(sole, how)
    }
    take(open(isChosen), "person")
    take(
      open { apart($0, $1) == false && $0.names == $1.pedimento && $1.names == $0.pedimento },
      "reference")
    propose(
      open { apart($0, $1) == false && ($0.names == $1.pedimento || $1.names == $0.pedimento) },
      "reference")
    propose(
      open { apart($0, $1) == false && $0.names == nil && $1.names == nil && isLike($0, $1) },
      "goods")
    rows += left.exports.map { "\(PairsDesk.short($0))-? senderOnly" }
    rows += left.entries.map { "?-\(PairsDesk.short($0)) receiverOnly" }
    return rows.sorted()
  }

  private func last(_ a: TransferSide, _ b: TransferSide) -> PairDecision? {
    decisions.filter { $0.sender.pedimento == a.pedimento && $0.receiver.pedimento == b.pedimento }
      .max { $0.version < $1.version }
  }

  private func apart(_ a: TransferSide, _ b: TransferSide) -> Bool {
    last(a, b)?.decision == .unpair
  }

  /// The last choice about the export, and about the entry.
  private func isChosen(_ a: TransferSide, _ b: TransferSide) -> Bool {
    guard let decision = last(a, b), decision.decision == .pair else { return false }
    let rivals =
      entries.compactMap { last(a, $0) } + exports.compactMap { last($0, b) }
    return rivals.allSatisfy { $0.decision == .unpair || $0.version <= decision.version }
  }

  private func isLike(_ a: TransferSide, _ b: TransferSide) -> Bool {
    guard let one = a.date, let other = b.date, abs(Int(one.days) - Int(other.days)) <= days else {
      return false
    }
    // The facts of these tests have one line each.
    return a.lines.count == 1 && b.lines.count == 1
      && a.lines[0].quantity == b.lines[0].quantity
      && (a.lines[0].part == b.lines[0].part || a.lines[0].tariffItem == b.lines[0].tariffItem)
  }

  private static func differences(_ a: TransferSide, _ b: TransferSide) -> [String] {
    let (mine, theirs) = (a.lines[0], b.lines[0])
    var found: [String] = []
    if mine.part != theirs.part, mine.tariffItem != theirs.tariffItem {
      found.append("goods")
    } else if mine.quantity != theirs.quantity {
      found.append("quantity")
    }
    if mine.value != theirs.value { found.append("value") }
    return found
  }

  private static func list(_ sides: [TransferSide]) -> String {
    sides.map { PairsDesk.short($0.pedimento) }.joined(separator: " ")
  }
}
