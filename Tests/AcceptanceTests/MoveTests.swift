import Auditor
import Foundation
import Harness
import Testing

/// Moves between plants and their receipts: computed by hand, and by the auditor.
@Suite struct MoveTests {
  /// How many days goods may be under way, where nothing else is said.
  private static let days = 5

  @Test(arguments: MoveCase.all)
  func theAuditorSaysWhatWasComputedByHand(_ moves: MoveCase) {
    for seed in UInt64(0)...2 {
      let books = Auditor.audit(events: moves.shuffled(seed: seed))
      #expect(books.unreadable == [])
      #expect(books.moves.report(on: MoveCase.day, days: Self.days) == moves.expected)
    }
  }

  @Test(arguments: MoveCase.all)
  func theReportSaysWhatWasComputedByHand(_ moves: MoveCase) throws {
    try check(moves.events, moves.expected, partitions: 3, "as written")
    for (seed, partitions) in [(1, 1), (2, 3), (3, 12), (4, 1), (5, 3)] {
      try check(
        moves.shuffled(seed: UInt64(seed)), moves.expected, partitions: Int32(partitions),
        "seed \(seed), \(partitions) partitions")
    }
  }

  @Test(arguments: ["moves", "everything"])
  func theScenariosMovesAreAsTheAuditorSays(_ name: String) throws {
    let scenario = try Scenario(named: name)
    let events = scenario.events + (try Self.receipts(ofMovesIn: scenario.events))
    let expected = Auditor.audit(events: events).moves.report(on: Self.later, days: Self.days)
    #expect(Set(expected.map { $0[12] }) == ["vencido", "recibido", "corto"])
    for (seed, partitions) in [(1, 1), (2, 3), (3, 12)] {
      var random = SeededRandom(seed: UInt64(seed))
      try check(
        events.shuffled(using: &random), expected, partitions: Int32(partitions), on: Self.later,
        "seed \(seed), \(partitions) partitions")
    }
  }

  /// After all that the scenarios tell of.
  private static let later = "2026-12-31"

  /// Of the moves by turns all is received, a part, and nothing.
  private static func receipts(ofMovesIn events: [Data]) throws -> [Data] {
    var receipts: [Data] = []
    for event in events {
      let read = try JSONSerialization.jsonObject(with: event)
      guard var envelope = read as? [String: Any], var data = envelope["data"] as? [String: Any],
        data["kind"] as? String == "moved"
      else { continue }
      envelope["id"] = "received-\(receipts.count)"
      data["plant"] = data["toPlant"]
      for member in ["rfc", "toPlant", "aviso"] { data[member] = nil }
      data["kind"] = receipts.count % 3 == 2 ? "shipped" : "received"
      if receipts.count % 3 == 1 { data["quantity"] = "0.5" }
      envelope["data"] = data
      receipts.append(try JSONSerialization.data(withJSONObject: envelope))
    }
    return receipts
  }

  private func check(
    _ events: [Data], _ expected: [[String]], partitions: Int32, on day: String = MoveCase.day,
    _ how: Comment
  ) throws {
    let cluster = try Cluster(partitions: partitions)
    try cluster.produce(events.map { [UInt8]($0) })
    // Cut into batches of three, so that receipts and moves come in different ones.
    try cluster.settle(limit: 3)
    // Without the company's name and the unit.
    let got = try cluster.rows(of: "traslados", on: day).map { row in
      row.enumerated().filter { ![1, 13].contains($0.offset) }.map(\.element)
    }
    #expect(got == expected, how)
  }
}
