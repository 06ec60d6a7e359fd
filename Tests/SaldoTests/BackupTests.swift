import Auditor
import Foundation
import Testing

/// Backups of real folders, made while real services take events.
@Suite(.timeLimit(.minutes(10))) struct BackupTests {
  private func backUp(
    _ place: Workplace, to name: String, expecting code: Int32 = 0
  ) async throws -> SaldoProgram.Ended {
    try await SaldoProgram.run(
      ["backup", "--data", place.path("data"), "--out", place.path(name)], expecting: code)
  }

  private func verify(
    _ place: Workplace, _ name: String, expecting code: Int32
  ) async throws -> SaldoProgram.Ended {
    try await SaldoProgram.run(["backup", "--verify", place.path(name)], expecting: code)
  }

  @Test func itIsADataFolderWithTheSameReports() async throws {
    try await Workplace.with { place in
      try await place.process([Scenario.events("everything")], ["--partitions", "3"])
      let made = try await backUp(place, to: "copy")
      let files = try #require(made.figure("files"))
      #expect(files > 20 && made.figure("bytes") ?? 0 > 100_000)
      #expect(try await verify(place, "copy", expecting: 0).figure("files") == files)
      try await SaldoProgram.run(
        [
          "export", "--data", place.path("copy"), "--out", place.path("of-copy"), "--today",
          "2026-01-31",
        ], expecting: 0)
      try place.expectSame("of-copy", as: "reports")
    }
  }

  /// A copy taken at any moment, restored and gone on with, comes to what an undisturbed run does.
  @Test func whatIsTakenInTheMiddleOfTheWorkGoesOnToTheSameReports() async throws {
    try await Workplace.with { place in
      let file = Scenario.events("everything")
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let lines = text.split(separator: "\n")
      let system = try await RunningSystem(place, ["--partitions", "3", "--log-level", "error"])
      try await system.waitUntilReady()
      var copies: [String] = []
      for start in stride(from: 0, to: lines.count, by: lines.count / 4 + 1) {
        let piece = lines[start..<min(start + lines.count / 4 + 1, lines.count)]
        let body = Data((piece.joined(separator: "\n") + "\n").utf8)
        // The copy is taken while the stages work on what was posted.
        let answer = try await system.post("v1/events", body, "application/x-ndjson")
        #expect(answer.status == 202)
        copies.append("copy-\(copies.count)")
        _ = try await backUp(place, to: copies[copies.count - 1])
      }
      system.program.send(SIGTERM)
      #expect(await system.program.ended().code == 0)
      try await place.process([file], data: "alone", reports: "expected", ["--partitions", "3"])
      for copy in copies {
        _ = try await verify(place, copy, expecting: 0)
        try await place.process([file], data: copy, reports: "of-\(copy)")
        try place.expectSame("of-\(copy)", as: "expected", "\(copy)")
      }
    }
  }

  @Test func whatIsNotAsItWasIsNamed() async throws {
    try await Workplace.with { place in
      try await place.process([Scenario.events("plain")], ["--partitions", "1"])
      _ = try await backUp(place, to: "copy")
      let store = place.path("copy/discharge/books-0.sqlite")
      let bytes = try Data(contentsOf: URL(filePath: store))
      var changed = bytes
      changed[changed.count - 1] ^= 1
      try changed.write(to: URL(filePath: store))
      var ended = try await verify(place, "copy", expecting: 1)
      #expect(ended.errors == "saldo: discharge/books-0.sqlite: has changed\n")
      try bytes.dropLast().write(to: URL(filePath: store))
      ended = try await verify(place, "copy", expecting: 1)
      #expect(ended.errors.contains("has \(bytes.count - 1) bytes and had \(bytes.count)"))
      try FileManager.default.removeItem(atPath: store)
      ended = try await verify(place, "copy", expecting: 1)
      #expect(ended.errors.contains("discharge/books-0.sqlite: cannot be read"))
      try bytes.write(to: URL(filePath: store))
      _ = try await verify(place, "copy", expecting: 0)
      try bytes.write(to: URL(filePath: place.path("copy/discharge/books-9.sqlite")))
      ended = try await verify(place, "copy", expecting: 1)
      #expect(ended.errors.contains("books-9.sqlite: is not of this backup"))
    }
  }

  @Test func whatIsNoBackupAndWhereNoneCanBeIsRefused() async throws {
    try await Workplace.with { place in
      try await place.process([Scenario.events("plain")], ["--partitions", "1"])
      _ = try await backUp(place, to: "copy")
      let twice = try await backUp(place, to: "copy", expecting: 2)
      #expect(twice.errors.contains("is there already: give a folder that is not"))
      let data = try await verify(place, "data", expecting: 2)
      #expect(data.errors.contains("is no whole backup: it has no backup.json"))
      let nowhere = try await SaldoProgram.run(
        ["backup", "--data", place.path("reports"), "--out", place.path("x")], expecting: 2)
      #expect(nowhere.errors.contains("holds no log of its own"))
      #expect(!FileManager.default.fileExists(atPath: place.path("x")))
      let half = try await SaldoProgram.run(["backup", "--data", place.path("data")], expecting: 2)
      #expect(half.errors.contains("Give --data and --out to make a backup, or --verify alone."))
    }
  }
}
