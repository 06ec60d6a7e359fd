import Auditor
import Foundation
import Testing

/// What the books depend on is recorded with them: nobody has to know how the program was started.
@Suite(.timeLimit(.minutes(10))) struct RecordedSettingTests {
  /// Another number than the default, by which these events come to other pairs.
  private static let days = ["--pairing-days", "0"]

  /// Documents of virtual transfers that name nobody, some days apart.
  private func write(_ place: Workplace) throws -> String {
    try place.write(String(decoding: TransfersTests.events, as: UTF8.self), to: "events.ndjson")
  }

  @Test func whatIsMadeAgainGoesByTheLog() async throws {
    try await Workplace.with { place in
      let events = try write(place)
      try await place.process([events], Self.days + ["--partitions", "2"])
      for service in ["ingest", "discharge", "transfer", "reporting"] {
        try FileManager.default.removeItem(atPath: place.path("data/\(service)"))
      }
      // The log knows it, where no store does any more.
      let refused = try await place.process(
        [events], expecting: 2, ["--pairing-days", "10"])
      #expect(
        refused.errors.contains("\(place.path("data")) has --pairing-days 0, not 10, and keeps it"),
        "\(refused.errors)")
      try await place.process([events], reports: "again")
      try place.expectSame("again", as: "reports", "without being told")
    }
  }

  @Test func aBackupAndARehearsalGoByIt() async throws {
    try await Workplace.with { place in
      let events = try write(place)
      try await place.process([events], Self.days + ["--partitions", "2"])
      try await SaldoProgram.run(
        ["backup", "--data", place.path("data"), "--out", place.path("copy")], expecting: 0)
      try FileManager.default.removeItem(atPath: place.path("copy/transfer"))
      try await place.process([events], data: "copy", reports: "again")
      try place.expectSame("again", as: "reports", "restored")

      let rehearse = ["rehearse", "--data", place.path("data"), "--today", "2026-01-31"]
      try await SaldoProgram.run(rehearse, expecting: 0)
      // What another number would make of the same facts.
      let other = try await SaldoProgram.run(rehearse + ["--pairing-days", "10"], expecting: 1)
      #expect(other.output.contains("transferencias.csv: "), "\(other.output)")
    }
  }

  /// A folder of an earlier program has no record: what was in use becomes it, and nothing changes.
  @Test func anEarlierFolderGetsTheNumberThatWasInUse() async throws {
    try await Workplace.with { place in
      try EarlierFolderTests.unpack(in: place)
      let first = try place.write(EarlierFolderTests.lines(..<99), to: "first.ndjson")
      let refused = try await place.process([first], expecting: 2, ["--pairing-days", "9"])
      #expect(refused.errors.contains("has --pairing-days 10, not 9"), "\(refused.errors)")
      try await place.process([first], reports: "again", expecting: 1)
      try EarlierFolderTests.expectSame("again", in: place, "as it was")
      let known = try await place.process([first], expecting: 2, ["--pairing-days", "9"])
      #expect(known.errors.contains("has --pairing-days 10, not 9"), "\(known.errors)")
    }
  }
}
