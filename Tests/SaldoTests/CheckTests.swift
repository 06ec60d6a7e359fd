import Auditor
import Foundation
import Testing

/// `saldo check`: what files would come to, without any books.
@Suite(.timeLimit(.minutes(20))) struct CheckTests {
  @Test func filesThatAreCompleteAreAllWell() async throws {
    let files = try Scenario.customsFiles("units-and-boms")
    let ended = try await SaldoProgram.run(["check"] + files, expecting: 0)
    for file in files { #expect(ended.output.contains("\(file): ")) }
    #expect(ended.output.contains(".zip: Data Stage, "))
    #expect(ended.output.contains("/partes.csv: partes, "))
    #expect(ended.output.contains("\nwould wait: 0\nwould be rejected: 0\n"))
    #expect(ended.errors.isEmpty)
  }

  @Test func whatWouldWaitAndBeRejectedIsToldWithItsReason() async throws {
    try await Workplace.with { place in
      let partes = try #require(
        try Scenario.customsFiles("plain").first { $0.hasSuffix("partes.csv") })
      let bad = try place.write("{\"id\":\"b-1\"}\n", to: "bad.ndjson")
      let ended = try await SaldoProgram.run(
        ["check", partes, bad, "--limit", "3"], expecting: 1)
      #expect(ended.output.contains("\(bad): events, 0 accepted, 1 rejected\n  line 1: "))
      #expect(ended.output.contains("would be in the books: "))
      #expect(!ended.output.contains("would wait: 0\n"))
      #expect(ended.output.contains("would be rejected: 1\n"))
      let reasons = ended.output.split(separator: "would be rejected: 1\n").last ?? ""
      #expect(reasons.split(separator: "\n").count == 3)
      #expect(reasons.contains("  wait.pedimento: "))
    }
  }

  @Test func aFileThatCannotBeReadDoesNotHideTheOthers() async throws {
    try await Workplace.with { place in
      let letter = try place.write("A letter, and no table.\n", to: "letter.txt")
      let ended = try await SaldoProgram.run(
        ["check", letter, Scenario.events("plain")], expecting: 2)
      #expect(ended.errors.contains("\(letter): unknownFormat: "))
      #expect(ended.output.contains("events.ndjson: events, "))
      #expect(ended.output.contains("would wait: 0\n"))
    }
  }
}
