import DischargeRules
import Ledger
import Messages
import Testing

/// Random facts with their revisions, in random orders, against the naive model of what counts in
/// the end.
@Suite struct AnyOrderTests {
  @Test(arguments: 0..<8)
  func agreesWithTheNaiveModel(_ block: Int) throws {
    for seed in UInt64(block * 60)..<UInt64(block * 60 + 60) {
      var random = SeededGenerator(seed: seed)
      let chains = try chains(&random)
      // By turns everything at hand, and as little as can be.
      var book = PostedBook(
        atHand: seed % 2 == 0 ? Books.LotsAtHand() : Books.LotsAtHand(limit: 0, front: 1))
      var together: [Fact] = []
      for fact in interleaved(chains, &random) {
        // Facts come one by one or, where one waits, together with all that come after it.
        if seed % 3 > 0, !together.isEmpty || random.below(2) == 0 {
          together.append(fact)
          if random.below(3) > 0 { continue }
          try book.apply(together)
          together = []
        } else {
          try book.apply(fact)
        }
        if random.below(4) == 0 { try book.save() }
      }
      try book.apply(together)
      let model = NaiveModel(
        lots: chains.compactMap {
          if case .lot(let lot)? = $0.last, lot.quantity != nil { lot } else { nil }
        },
        demands: chains.compactMap {
          if case .demand(let demand)? = $0.last, demand.incorporated != nil { demand } else { nil }
        })
      #expect(book.takes == model.takes, "seed \(seed)")
      #expect(book.shortages == model.shortages, "seed \(seed)")
      #expect(book.faults == [], "seed \(seed)")
    }
  }

  /// Each movement with its revisions, which arrive in their order.
  private func chains(_ random: inout SeededGenerator) throws -> [[Fact]] {
    let days = ["2024-01-10", "2024-01-11", "2024-07-10", "2024-07-11", "2025-07-11"]
    let quantities = ["1", "2", "3", "5", "0.333333", "0.000001", "12.5"]
    var chains: [[Fact]] = []
    for number in 0..<2 + random.below(7) {
      let (entry, line) = (random.below(4), Int32(1 + random.below(2)))
      let day = days[entry]
      // What moves has entered before, or on the same day.
      let moveDay = days[entry + random.below(5 - entry)]
      let moved = random.below(4) == 0 ? try move("M\(number)", on: moveDay) : nil
      chains.append(
        try revisions(&random) { random, revision, isGone in
          try lot(
            "\(number)", on: day, isGone ? nil : quantities[random.below(7)],
            value: ["0", "0.01", "10", "99.99"][random.below(4)], line: line,
            due: [nil, "2024-07-10", "2025-07-10"][random.below(3)], moved: moved,
            revision: revision)
        })
    }
    for number in 0..<2 + random.below(9) {
      let (day, directed) = (days[random.below(5)], random.below(4) == 0)
      let toPlant = random.below(5) == 0 ? "C" : nil
      let clave = random.below(5) == 0 ? "A3" : "RT"
      chains.append(
        try revisions(&random) { random, revision, isGone in
          try exit(
            "X\(number)", on: day, isGone ? nil : quantities[random.below(7)],
            waste: quantities[random.below(7)], scrap: random.below(2) == 0 ? "0" : "0.5",
            clave: clave, directed: directed ? ["\(random.below(8))", "\(random.below(8))"] : nil,
            toPlant: toPlant, revision: revision)
        })
    }
    return chains
  }

  private func revisions(
    _ random: inout SeededGenerator,
    _ make: (inout SeededGenerator, _ revision: Int64, _ isGone: Bool) throws -> Fact
  ) throws -> [Fact] {
    var wasGone = true
    return try (1...Int64(1 + max(0, random.below(6) - 2))).map { revision in
      // Only what is there is withdrawn.
      let isGone = !wasGone && random.below(3) == 0
      wasGone = isGone
      return try make(&random, revision, isGone)
    }
  }

  private func interleaved(_ chains: [[Fact]], _ random: inout SeededGenerator) -> [Fact] {
    var left = chains.map { $0[...] }
    var facts: [Fact] = []
    while !left.isEmpty {
      let index = random.below(left.count)
      if let fact = left[index].popFirst() { facts.append(fact) } else { left.remove(at: index) }
    }
    return facts
  }
}
