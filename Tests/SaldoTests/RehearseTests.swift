import Auditor
import Foundation
import Testing

/// What another version would report is seen before it is let at the books.
@Suite(.timeLimit(.minutes(10))) struct RehearseTests {
  private func rehearse(
    _ place: Workplace, _ options: [String] = [], expecting code: Int32
  ) async throws -> SaldoProgram.Ended {
    try await SaldoProgram.run(
      ["rehearse", "--data", place.path("data"), "--today", "2026-01-31"] + options,
      expecting: code)
  }

  private func files(_ place: Workplace) throws -> [String: Data] {
    let names =
      FileManager.default.enumerator(atPath: place.path("data"))?
      .compactMap { $0 as? String } ?? []
    return try Dictionary(
      uniqueKeysWithValues: names.filter { $0.hasSuffix(".sqlite") }.map {
        ($0, try Data(contentsOf: URL(filePath: place.path("data/\($0)"))))
      })
  }

  @Test func theSameRulesSayTheSameAndTheFolderIsNotTouched() async throws {
    try await Workplace.with { place in
      try await place.process([Scenario.events("everything")], ["--partitions", "3"])
      let before = try files(place)
      #expect(before.count > 20)
      let ended = try await rehearse(place, expecting: 0)
      #expect(ended.figure("facts") ?? 0 > 50)
      #expect(ended.figure("rows only before") == 0 && ended.figure("rows only after") == 0)
      #expect(try files(place) == before)
    }
  }

  /// Beside services that run, and against reports of another version.
  @Test func whatDiffersIsSaidReportByReport() async throws {
    try await Workplace.with { place in
      try await place.process([Scenario.events("everything")], ["--partitions", "2"])
      let rules = try await SaldoProgram.run(["--version"], expecting: 0).figure("rules")
      let system = try await RunningSystem(place, [])
      try await system.waitUntilReady()
      #expect(try await rehearse(place, expecting: 0).figure("rules") == rules)
      let file = URL(filePath: place.path("reports/descargos.csv"))
      var lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      let (first, last) = (lines[1], lines[lines.count - 1])
      lines[1] = first + "0"
      lines.removeLast()
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
      let ended = try await rehearse(
        place, ["--reports", place.path("reports"), "--limit", "1"], expecting: 1)
      #expect(
        ended.output.hasPrefix(
          "descargos.csv: 1 rows only before, 2 only after\n  - \(first)0\n  + \(first)\n"
            + "  + and 1 more\n"), "\(ended.output)")
      #expect(!last.isEmpty && ended.figure("rows only after") == 2)
      #expect(await system.stop(SIGTERM).code == 0)
    }
  }
}
