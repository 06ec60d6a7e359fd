import DischargeRules
import Ledger
import Messages
import Testing

/// Rules.md#R5.2, Rules.md#R8.1 on one book: the same result in whatever order the facts come, and
/// wherever batches end.
@Suite struct MatchingTests {
  @Test(arguments: Case.all)
  func isTheSameInAnyOrder(_ matching: Case) throws {
    let facts = try matching.facts()
    for seed in UInt64(0)..<24 {
      var random = SeededGenerator(seed: seed)
      var book = PostedBook()
      for fact in seed == 0 ? facts : shuffled(facts, &random) {
        try book.apply(fact)
        if random.below(3) == 0 { try book.save() }
      }
      #expect(book.takes == matching.takes, "seed \(seed)")
      #expect(book.balances == matching.balances, "seed \(seed)")
      #expect(book.shortages == matching.shortages, "seed \(seed)")
      #expect(book.faults == [], "seed \(seed)")
    }
  }
}

struct Case: CustomTestStringConvertible, Sendable {
  var name: String
  var facts: @Sendable () throws -> [Fact]
  var takes: [String] = []
  var balances: [String] = []
  var shortages: [String] = []

  var testDescription: String { name }

  static let all = order + limits + values

  private static let order = [
    Case(
      name: "first in, first out",
      facts: {
        [
          try lot("2", on: "2024-01-11", "5"), try lot("1", on: "2024-01-10", "5"),
          try lot("3", on: "2024-01-11", "5"), try exit("R", on: "2024-02-01", "12"),
        ]
      },
      takes: ["R/1 1/1 5+0+0 =0", "R/1 2/1 5+0+0 =0", "R/1 3/1 2+0+0 =0"],
      balances: ["1/1 0", "2/1 0", "3/1 3"]),
    Case(
      name: "lines of one pedimento by number, not as text",
      facts: {
        [
          try lot("1", on: "2024-01-10", "5", line: 10),
          try lot("1", on: "2024-01-10", "5", line: 9),
          try exit("R", on: "2024-02-01", "6"),
        ]
      },
      takes: ["R/1 1/10 1+0+0 =0", "R/1 1/9 5+0+0 =0"], balances: ["1/10 4", "1/9 0"]),
    Case(
      name: "incorporated, then waste, then scrap",
      facts: {
        [
          try lot("1", on: "2024-01-10", "5"), try lot("2", on: "2024-01-11", "1.5"),
          try exit("R", on: "2024-02-01", "4", waste: "2", scrap: "1"),
        ]
      },
      takes: ["R/1 1/1 4+1+0 =0", "R/1 2/1 0+1+0.5 =0"], balances: ["1/1 0", "2/1 0"],
      shortages: ["R/1 0.5"]),
    Case(
      name: "what enters on the day serves the day's exits, what enters later does not",
      facts: {
        [
          try lot("9", on: "2024-01-10", "5"), try exit("1", on: "2024-01-10", "2"),
          try exit("2", on: "2024-01-09", "1"),
        ]
      },
      takes: ["1/1 9/1 2+0+0 =0"], balances: ["9/1 3"], shortages: ["2/1 1"]),
    Case(
      name: "on one day moves are before exits",
      facts: {
        [
          try lot("1", on: "2024-01-10", "5"), try exit("A", on: "2024-01-10", "3"),
          try exit("Z", on: "2024-01-10", "4", toPlant: "B"),
        ]
      },
      takes: ["A/1 1/1 1+0+0 =0", "Z/1 1/1 4+0+0 =0"], balances: ["1/1 0"], shortages: ["A/1 2"]),
    Case(
      name: "what a move brings is there behind the move's key, in the entry's order",
      facts: {
        [
          try lot("1", on: "2024-01-05", "5", moved: try move("MV", on: "2024-01-20")),
          try lot("2", on: "2024-01-10", "5"), try exit("M1", on: "2024-01-20", "1"),
          try exit("MV", on: "2024-01-20", "2", toPlant: "C"),
          try exit("M2", on: "2024-01-19", "1"),
        ]
      },
      takes: ["M1/1 1/1 1+0+0 =0", "M2/1 2/1 1+0+0 =0", "MV/1 2/1 2+0+0 =0"],
      balances: ["1/1(MV) 4", "2/1 2"]),
    Case(
      name: "a directed demand draws on the entry that it names, and on no other",
      facts: {
        [
          try lot("1", on: "2024-01-10", "5"), try lot("2", on: "2024-01-11", "5"),
          try exit("R", on: "2024-02-01", "7", directed: ["2"]),
          try exit("S", on: "2024-02-02", "1"),
        ]
      },
      takes: ["R/1 2/1 5+0+0 =0", "S/1 1/1 1+0+0 =0"], balances: ["1/1 4", "2/1 0"],
      shortages: ["R/1 2"]),
    Case(
      name: "one line asks by itself, directed, and for two products",
      facts: {
        [
          try lot("1", on: "2024-01-10", "6"), try exit("R", on: "2024-02-01", "2", product: "P"),
          try exit("R", on: "2024-02-01", "1"), try exit("R", on: "2024-02-01", "2", product: "Q"),
          try exit("R", on: "2024-02-01", "2", directed: ["1"], product: "P"),
        ]
      },
      takes: [
        "R/1 1/1 1+0+0 =0", "R/1(P) 1/1 2+0+0 =0", "R/1(P) 1/1 2+0+0 =0", "R/1(Q) 1/1 1+0+0 =0",
      ],
      balances: ["1/1 0"], shortages: ["R/1 1"]),
  ]

  private static let limits = [
    Case(
      name: "the last day counts, the day after does not",
      facts: {
        [
          try lot("1", on: "2024-01-10", "5", due: "2025-07-10"),
          try exit("R", on: "2025-07-10", "1"), try exit("S", on: "2025-07-11", "1"),
        ]
      },
      takes: ["R/1 1/1 1+0+0 =0"], balances: ["1/1 4"], shortages: ["S/1 1"]),
    Case(
      name: "A3 draws on expired lots too, all in one order",
      facts: {
        [
          try lot("1", on: "2024-01-10", "5", due: "2024-07-10"),
          try lot("2", on: "2024-01-11", "1"),
          try lot("3", on: "2024-01-12", "5", due: "2024-07-12"),
          try exit("R", on: "2025-01-01", "2"),
          try exit("S", on: "2025-01-02", "9", clave: "A3"), try exit("T", on: "2025-01-03", "1"),
        ]
      },
      takes: ["R/1 2/1 1+0+0 =0", "S/1 1/1 5+0+0 =0", "S/1 3/1 4+0+0 =0"],
      balances: ["1/1 0", "2/1 0", "3/1 1"], shortages: ["R/1 1", "T/1 1"]),
    Case(
      name: "a directed A3 draws on its expired entry alone",
      facts: {
        [
          try lot("1", on: "2024-01-10", "5", due: "2024-07-10"),
          try lot("2", on: "2024-01-11", "5", due: "2024-07-11"),
          try exit("S", on: "2025-01-02", "2", clave: "A3", directed: ["2"]),
        ]
      },
      takes: ["S/1 2/1 2+0+0 =0"], balances: ["1/1 5", "2/1 3"]),
  ]

  private static let values = [
    Case(
      name: "the values of a used lot add up to its own",
      facts: {
        [
          try lot("1", on: "2024-01-10", "3", value: "10"), try exit("R", on: "2024-02-01", "1"),
          try exit("S", on: "2024-02-02", "1"), try exit("T", on: "2024-02-03", "1"),
        ]
      },
      takes: ["R/1 1/1 1+0+0 =3.33", "S/1 1/1 1+0+0 =3.34", "T/1 1/1 1+0+0 =3.33"],
      balances: ["1/1 0"]),
    Case(
      name: "half a centavo rounds up, on what has gone so far",
      facts: {
        [
          try lot("1", on: "2024-01-10", "2", value: "0.01"), try exit("R", on: "2024-02-01", "1"),
          try exit("S", on: "2024-02-02", "1"),
        ]
      },
      takes: ["R/1 1/1 1+0+0 =0.01", "S/1 1/1 1+0+0 =0"], balances: ["1/1 0"]),
    Case(
      name: "moves take value in their place of the sequence",
      facts: {
        [
          try lot("1", on: "2024-01-10", "3", value: "10"),
          try exit("M", on: "2024-02-02", "1", toPlant: "B"), try exit("R", on: "2024-02-01", "1"),
          try exit("T", on: "2024-02-03", "1"),
        ]
      },
      takes: ["M/1 1/1 1+0+0 =3.34", "R/1 1/1 1+0+0 =3.33", "T/1 1/1 1+0+0 =3.33"],
      balances: ["1/1 0"]),
  ]
}
