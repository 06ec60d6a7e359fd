import Auditor
import Foundation
import Ledger
import ReportingRules
import Testing

@testable import ReportingService

/// The difference of two moments is that of their files.
@Suite(.timeLimit(.minutes(20))) struct ContrastTests {
  @Test(arguments: [1, 3] as [Int32])
  func theDifferenceOfTwoMomentsIsThatOfTheirFiles(_ partitions: Int32) async throws {
    try await MomentBooks.with(partitions: partitions) { books in
      let events = try Scenario(named: "everything").events
      let half = events.count / 2
      try await books.take(events[..<half])
      let then = try books.files(try books.export()).summary.corte
      let instant = await MomentBooks.now()
      try await books.take(events[half...])
      var sides: [String: Int] = [:]
      for (contra, moment, day) in [
        (.moment(.known(instant)), .now, nil), (.moment(.corte(then)), .now, nil),
        (.moment(.now), .corte(then), nil), (.moment(.corte(then)), .now, "2025-06-30"),
        (.asOf(try CalendarDate("2025-03-31")), .now, nil),
        (.asOf(try CalendarDate("2025-03-31")), .known(instant), "2025-09-30"),
      ] as [(ContrastChoice, MomentChoice, String?)] {
        let export = try books.export(moment, asOf: day, contra: contra)
        let earlier = try #require(export.earlier)
        let (before, after) = (
          try books.files(earlier).files,
          try books.files(try books.export(moment, asOf: day)).files
        )
        let (found, summary) = try books.files(export)
        #expect(summary.files.map(\.name).allSatisfy { $0.hasPrefix("contra-") })
        for name in before.keys {
          let rows = CSV.rows(Self.text(found["contra-\(name)"]))
          let (old, new) = (
            CSV.rows(Self.text(before[name])), CSV.rows(Self.text(after[name]))
          )
          #expect(rows.first == ["momento"] + (old.first ?? []))
          #expect(Self.side(rows, ["solo_antes", "antes"]) == Self.less(old, new), "\(name)")
          #expect(Self.side(rows, ["solo_despues", "despues"]) == Self.less(new, old), "\(name)")
          Self.checkPairs(rows)
          for row in rows.dropFirst() { sides[row[0], default: 0] += 1 }
        }
      }
      #expect(sides.count == 4 && sides.values.allSatisfy { $0 > 10 }, "\(sides)")
    }
  }

  @Test func aMomentAgainstItselfIsNoDifference() async throws {
    try await MomentBooks.with { books in
      try await books.take(Scenario(named: "everything").events[...])
      let summary = try books.files(try books.export()).summary
      let none = try books.files(
        try books.export(contra: .moment(.corte(summary.corte)))
      ).summary
      #expect(none.files.count == summary.files.count)
      #expect(none.files.allSatisfy { $0.rows == 0 })
      #expect(books.kept == [], "neither spools nor moments")
    }
  }

  /// What is filtered is filtered on both sides, in every format.
  @Test func theDifferenceIsOfTheRowsThatAreWanted() async throws {
    try await MomentBooks.with { books in
      let events = try Scenario(named: "everything").events
      try await books.take(events[..<(events.count / 2)])
      let instant = await MomentBooks.now()
      try await books.take(events[(events.count / 2)...])
      let export = try books.export(contra: .moment(.known(instant)))
      func rows(_ filter: RowFilter, _ format: ReportFormat = .csv) throws -> String {
        var bytes: [UInt8] = []
        try export.write(.balances, as: format, filter) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
      }
      let all = CSV.rows(try rows(RowFilter()))
      let plant = try #require(all.dropFirst().first?[3])
      let filter = RowFilter(.balances, cells: ["planta": plant])
      let found = CSV.rows(try rows(filter))
      #expect(found == all.prefix(1) + all.dropFirst().filter { $0[3] == plant })
      #expect(found.count < all.count)
      let json = try JSONSerialization.jsonObject(with: Data(try rows(filter, .json).utf8))
      let objects = try #require(json as? [[String: Any]])
      #expect(objects.map { $0["momento"] as? String } == found.dropFirst().map { $0[0] })
    }
  }

  @Test(arguments: [
    "", "al", "al:", "al:2026-13-01", "conocido:2026-01-01", "corte:x", "2026-01-01",
    "ayer:2026-01-01",
  ])
  func whatIsNoMomentIsNotTakenForOne(_ text: String) {
    #expect(ContrastChoice(text) == nil)
  }

  // MARK: Rows

  private static func text(_ data: Data?) -> String {
    String(decoding: data ?? Data(), as: UTF8.self)
  }

  /// The rows of one file that the other does not have, as often as it does not have them.
  private static func less(_ rows: [[String]], _ others: [[String]]) -> [[String]: Int] {
    var counts: [[String]: Int] = [:]
    for row in rows { counts[row, default: 0] += 1 }
    for row in others { counts[row, default: 0] -= 1 }
    return counts.filter { $0.value > 0 }
  }

  private static func side(_ rows: [[String]], _ sides: Set<String>) -> [[String]: Int] {
    var counts: [[String]: Int] = [:]
    for row in rows where sides.contains(row[0]) { counts[Array(row.dropFirst()), default: 0] += 1 }
    return counts
  }

  /// A row as it was is followed by the same as it is.
  private static func checkPairs(_ rows: [[String]]) {
    for (row, next) in zip(rows, rows.dropFirst()) {
      #expect((row[0] == "antes") == (next[0] == "despues"))
    }
    #expect(rows.last?[0] != "antes" && rows.first?[0] != "despues")
  }
}
