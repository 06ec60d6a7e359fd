import Auditor
import Foundation
import Testing

/// What a command prints of what it came to: for people, for programs, or nothing.
@Suite(.timeLimit(.minutes(20))) struct SummaryTests {
  private static let rejected =
    #"{"specversion":"1.0","id":"r \"1\"","source":"t","type":"immex.nothing.v1","data":{}}"#

  private static func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func forProgramsItIsOneObjectWithTheSameFigures() async throws {
    try await Workplace.with { place in
      let file = try place.write(Self.rejected + "\n", to: "rejected.ndjson")
      let files = [Scenario.events("plain"), file]
      let text = try await place.process(files, expecting: 1)
      let json = try await place.process(files, expecting: 1, ["--json"])
      #expect(json.output.split(separator: "\n").count == 1)
      #expect(json.errors.isEmpty)
      let object = try Self.object(json.output)
      for (name, member) in [("postings", "postings"), ("lots open", "lotsOpen")] {
        let figure = try #require(text.figure(name))
        #expect(figure > 0 && object[member] as? Int == figure, "\(name)")
      }
      #expect(object["rejected"] as? Int == 1)
      let written = try #require(object["files"] as? [String: Int])
      #expect(Set(written.keys) == Set(Workplace.reportNames))
      #expect(written["pendientes.csv"] == 1)
      let pending = try #require(object["pending"] as? [[String: String]])
      #expect(pending.first?["id"] == #"r "1""#)
      #expect(pending.first?["reason"]?.hasPrefix("type.unknown") == true)

      let export = try await SaldoProgram.run(
        [
          "export", "--data", place.path("data"), "--out", place.path("out"), "--json", "--today",
          "2026-01-31",
        ], expecting: 0)
      let exported = try Self.object(export.output)
      #expect(exported["postings"] as? Int == object["postings"] as? Int)
      #expect(exported["files"] as? [String: Int] == written)
    }
  }

  @Test func quietlyNothingIsPrintedAndTheExitCodeSaysTheSame() async throws {
    try await Workplace.with { place in
      let file = try place.write(Self.rejected + "\n", to: "rejected.ndjson")
      let ended = try await place.process([file], expecting: 1, ["--quiet"])
      #expect(ended.output.isEmpty && ended.errors.isEmpty)
      #expect(try place.reports().count == Workplace.reportNames.count)
      let both = try await place.process([file], expecting: 2, ["--quiet", "--json"])
      #expect(both.errors.contains("Give --json or --quiet, not both."))
    }
  }

  @Test func aLoadTellsProgramsWhatBecameOfEachFile() async throws {
    try await Workplace.with { place in
      let bad = try place.write(Self.rejected + "\n", to: "rejected.ndjson")
      let torn = try place.write("[" + Self.rejected, to: "torn.json")
      let system = try await RunningSystem(place, ["--partitions", "1"])
      let to = ["--to", "http://127.0.0.1:\(system.port)"]
      let ended = try await SaldoProgram.run(
        ["load", Scenario.events("plain"), bad, "--json"] + to, expecting: 1)
      let object = try Self.object(ended.output)
      let files = try #require(object["files"] as? [[String: Any]])
      try #require(files.map { $0["file"] as? String } == [Scenario.events("plain"), bad])
      #expect(files[0]["accepted"] as? Int == object["accepted"] as? Int)
      #expect(files[0]["rejected"] as? Int == 0 && files[1]["rejected"] as? Int == 1)
      let errors = try #require(files[1]["errors"] as? [[String: Any]])
      #expect(errors.first?["code"] as? String == "type.unknown")
      // One that fails does not hide what was loaded before.
      let cut = try await SaldoProgram.run(["load", bad, torn, "--json"] + to)
      #expect(cut.code != 0)
      let before = try Self.object(cut.output)
      #expect((before["files"] as? [[String: Any]])?.first?["file"] as? String == bad)
      let quiet = try await SaldoProgram.run(["load", bad, "--quiet"] + to, expecting: 1)
      #expect(quiet.output.isEmpty && quiet.errors.isEmpty)
      #expect(await system.stop(SIGTERM).code == 0)
    }
  }

  @Test func aCheckTellsProgramsWhatWouldWait() async throws {
    try await Workplace.with { place in
      let bad = try place.write(Self.rejected + "\n", to: "rejected.ndjson")
      let files = [Scenario.events("plain"), bad]
      let text = try await SaldoProgram.run(["check"] + files, expecting: 1)
      let json = try await SaldoProgram.run(["check"] + files + ["--json"], expecting: 1)
      let object = try Self.object(json.output)
      #expect(json.errors.isEmpty && object["rejected"] as? Int == 1)
      let (documents, lots) = (object["documents"] as? Int ?? 0, object["lots"] as? Int ?? 0)
      #expect(text.output.contains("would be in the books: \(documents) documents, \(lots) lots\n"))
      #expect(documents > 0 && lots > 0)
      let told = try #require(object["files"] as? [[String: Any]])
      #expect(told.map { $0["format"] as? String } == ["events", "events"])
      let pending = try #require(object["pending"] as? [[String: String]])
      #expect(pending.first?["id"] == #"r "1""#)
      let folder = try place.write("PK\u{3}\u{4}", to: "none.zip")
      let ended = try await SaldoProgram.run(
        ["check", folder, bad, "--quiet"], expecting: 2)
      #expect(ended.output.isEmpty && ended.errors.contains("none.zip"))
    }
  }
}
