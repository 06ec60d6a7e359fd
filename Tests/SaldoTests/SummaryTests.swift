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
        ["export", "--data", place.path("data"), "--out", place.path("out"), "--json"],
        expecting: 0)
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
}
