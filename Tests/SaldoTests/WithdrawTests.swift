import Auditor
import Foundation
import Testing

/// `saldo withdraw`: a person takes a fact back.
@Suite(.timeLimit(.minutes(5))) struct WithdrawTests {
  private static let folder = FieldCase.folder + "/cases/withdrawn-event/"

  private static func rows(_ report: String, in folder: String) throws -> [[String]] {
    Array(
      CSV.rows(try String(contentsOfFile: folder + "/\(report).csv", encoding: .utf8)).dropFirst())
  }

  @Test func inAFolderOfBooksTheReportsAreThoseWithoutIt() async throws {
    try await Workplace.with { place in
      try await place.process(["cat.ndjson", "e.ndjson"].map { Self.folder + $0 })
      let books = ["--data", place.path("data"), "--export", place.path("reports")]
      #expect(try Self.rows("descargos", in: place.path("reports")).count == 2)
      let event = ["withdraw", "--source", "/customs", "--id", "13"]
      let taken = try await SaldoProgram.run(
        event + ["--reason", "A test", "--by", "Ana Ruiz"] + books, expecting: 0)
      #expect(taken.errors.isEmpty)
      #expect(try Self.rows("descargos", in: place.path("reports")).count == 1)
      let row = try #require(try Self.rows("retiros", in: place.path("reports")).first)
      #expect(Array(row[..<2]) == ["/customs", "13"])
      #expect(Array(row[5...8]) == ["immex.pedimento.v1", "262434566000003", "A test", "Ana Ruiz"])
      #expect(row[10] == "/saldo/withdraw")
      #expect(
        Array(row[12...]) == ["retirado", "MNO010101AB1", "Maquilas del Norte", "MTY-1"])

      let back = try await SaldoProgram.run(
        event + ["--reason", "It was none", "--cancel"] + books, expecting: 0)
      #expect(back.errors.isEmpty)
      #expect(try Self.rows("descargos", in: place.path("reports")).count == 2)
      #expect(try Self.rows("retiros", in: place.path("reports")).first?[12] == "cancelado")
    }
  }

  @Test func rowsAndUnknownFactsByFile() async throws {
    try await Workplace.with { place in
      let out = place.path("w.ndjson")
      let written = try await SaldoProgram.run(
        [
          "withdraw", "--pedimento", "262434566000001", "--line", "1", "--part", "CABLE",
          "--reason", "Typed wrong", "--out", out,
        ], expecting: 0)
      #expect(written.output.contains("w.ndjson: withdrawn as event "))
      let ended = try await place.process([out], expecting: 1)
      #expect(ended.output.contains("wait.fact: 262434566000001|1|CABLE"))
      let row = try #require(try Self.rows("retiros", in: place.path("reports")).first)
      #expect(Array(row[2..<5]) == ["262434566000001", "1", "CABLE"] && row[12] == "en_espera")
    }
  }

  @Test func onARunningSystem() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "2"])
      try await system.waitUntilReady()
      let ended = try await SaldoProgram.run(
        [
          "withdraw", "--source", "/mes", "--id", "7", "--reason", "A test", "--to", system.url,
        ], expecting: 0)
      #expect(ended.output.contains("withdrawn as event "))
      _ = await system.stop(SIGTERM)
      try await place.process([Self.folder + "cat.ndjson"], expecting: 1)
      #expect(try Self.rows("retiros", in: place.path("reports")).map { $0[12] } == ["en_espera"])
    }
  }

  @Test(arguments: [
    (["--source", "/mes", "--out", "x"], "Which fact?"),
    (["--source", "/mes", "--id", "7", "--part", "M", "--out", "x"], "Which fact?"),
    (["--pedimento", "262434566000001", "--part", "M", "--out", "x"], "Which fact?"),
    (["--source", "/mes", "--id", "7"], "Where to?"),
    (["--source", "/mes", "--id", "7", "--out", "x", "--data", "y", "--export", "z"], "Where to?"),
    (["--source", "/mes", "--id", "7", "--data", "y"], "--export"),
    (["--pedimento", "2624", "--line", "1", "--part", "M", "--out", "x"], "--pedimento"),
    (["--source", "/mes", "--id", " 7", "--out", "x"], "--id"),
  ])
  func whatIsNotRightIsSaid(_ options: [String], _ said: String) async throws {
    try await Workplace.with { place in
      let ended = try await SaldoProgram.run(
        ["withdraw", "--reason", "A test"]
          + options.map { ["x", "y", "z"].contains($0) ? place.path($0) : $0 },
        expecting: 2)
      #expect(ended.errors.contains(said))
      #expect(!FileManager.default.fileExists(atPath: place.path("x")))
    }
  }
}
