import Auditor
import Foundation
import Testing

/// `--conocido`, `--corte` and `--contra`: the books as they were known, and what is otherwise now.
@Suite(.timeLimit(.minutes(20))) struct KnownThenTests {
  private static func export(
    _ place: Workplace, _ out: String, expecting code: Int32 = 0, data: String = "data",
    _ options: String...
  ) async throws -> [String: Any] {
    let ended = try await SaldoProgram.run(
      ["export", "--data", place.path(data), "--out", place.path(out), "--json"] + options,
      expecting: code)
    let json = try? JSONSerialization.jsonObject(with: Data(ended.output.utf8))
    return json as? [String: Any] ?? ["errors": ended.errors]
  }

  private static var now: String {
    Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  @Test func anEarlierMomentIsExportedAgain() async throws {
    try await Workplace.with { place in
      try await place.process([Scenario.events("plain")], ["--partitions", "2"])
      let then = try await Self.export(place, "then")
      let instant = Self.now
      // Some of its facts are of plants that are others' here.
      try await place.process([Scenario.events("everything")], expecting: 1)
      let after = try await Self.export(place, "now")

      let known = try await Self.export(place, "known", "--conocido", instant)
      try place.expectSame("known", as: "then")
      #expect(known["postings"] as? Int == then["postings"] as? Int)
      #expect(known["postings"] as? Int != after["postings"] as? Int)
      #expect(known["receivedByThen"] as? Int ?? 0 > 0 && known["postedLater"] as? Int == 0)
      #expect(then["receivedByThen"] == nil)
      let corte = try #require(then["corte"] as? String)
      let again = try await Self.export(place, "again", "--corte", corte)
      try place.expectSame("again", as: "then")
      #expect(again["corte"] as? String == corte && after["corte"] as? String != corte)

      let contra = try await Self.export(place, "contra", "--contra", "corte:\(corte)")
      let files = try #require(contra["files"] as? [String: Int])
      #expect(Set(files.keys) == Set(Workplace.reportNames.map { "contra-\($0)" }))
      #expect(files["contra-saldos.csv"] ?? 0 > 0)

      // Of another folder, and over a cluster.
      try await place.process([Scenario.events("moves")], data: "other", reports: "others")
      let gone = try await Self.export(
        place, "gone", expecting: 2, data: "other", "--corte", corte)
      #expect((gone["errors"] as? String)?.contains("of another log") == true)
      let cluster = try await Self.export(
        place, "cluster", expecting: 2, "--corte", corte, "--log", "kafka://127.0.0.1:1")
      #expect((cluster["errors"] as? String)?.contains("over a cluster there is none") == true)
    }
  }

  /// Killed while the books of the moment are made: nothing half is taken for them.
  @Test func killedWhileTheBooksAreMade() async throws {
    try await Workplace.with { place in
      try await SaldoProgram.run(
        [
          "sample", "--out", place.path("files"), "--seed", "5", "--plants", "2", "--parts", "30",
          "--days", "20", "--movements-per-day", "120",
        ], expecting: 0)
      let files = try FileManager.default.contentsOfDirectory(atPath: place.path("files"))
        .sorted().map { place.path("files/\($0)") }
      _ = try await SaldoProgram.run(
        Workplace.arguments(files, place.path("data"), place.path("reports"))
          + ["--partitions", "2"])
      let corte = try #require(try await Self.export(place, "then")["corte"] as? String)
      try await place.process([Scenario.events("plain")], reports: "later")
      let arguments = [
        "export", "--data", place.path("data"), "--out", place.path("known"), "--corte", corte,
      ]
      let moments = place.path("data/moments")
      func parts() -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: moments)
        return names?.filter { $0.hasSuffix(".part") } ?? []
      }
      var killed = 0
      for round in 1...6 {
        let before = Set(parts())
        let run = try RunningProgram(arguments)
        // It has begun, and is so far each time a little more.
        let deadline = ContinuousClock.now + .seconds(60)
        while parts().allSatisfy(before.contains), ContinuousClock.now < deadline {}
        for _ in 0..<round * 200 { _ = parts() }
        run.send(SIGKILL)
        if await run.ended().isKilled { killed += 1 }
        guard try names(moments).allSatisfy({ $0.hasPrefix(".") }) else { break }
      }
      #expect(killed > 0)
      try await SaldoProgram.run(arguments, expecting: 0)
      try place.expectSame("known", as: "then")
      // Who was killed before it had said that it is at work has left an empty folder, which goes
      // after a minute: its maker might be about to begin.
      let left = parts()
      for part in left { #expect(try names("\(moments)/\(part)") == []) }
      #expect(try names(moments).count == 1 + left.count)
    }
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
  }
}
