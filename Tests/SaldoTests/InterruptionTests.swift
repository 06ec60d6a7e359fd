import Auditor
import Foundation
import Testing

/// A run that ends before its time loses nothing: the next one goes on.
@Suite(.timeLimit(.minutes(20))) struct InterruptionTests {
  private static let options = ["--partitions", "2", "--batch-size", "50"]

  @Test func killedAtAnyMoment() async throws {
    let seed: UInt64 = 23
    var random = SeededRandom(seed: seed)
    try await Workplace.with { place in
      let (files, stream) = try await sample(place)
      try await place.process(
        files, data: "calm", reports: "calm-reports", Self.options)
      for round in 1...5 {
        let run = try RunningProgram(arguments(place, files))
        // How far the stages are when the kill comes depends on how far the feeding is.
        let fed = Int(random.next() % UInt64(stream.count))
        try await run.feed(stream.prefix(fed))
        run.send(SIGKILL)
        let ended = await run.ended()
        #expect(ended.isKilled, "seed \(seed), round \(round): \(ended.output)\(ended.errors)")
      }
      // Once more at the end, when everything was loaded and not everything applied.
      let last = try RunningProgram(arguments(place, files))
      try await last.feed(stream)
      last.send(SIGKILL)
      _ = await last.ended()

      try await place.process(files)
      try place.expectSame("reports", as: "calm-reports", "seed \(seed)")
    }
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func askedToStop(_ signal: Int32) async throws {
    try await Workplace.with { place in
      let (files, stream) = try await sample(place)
      try await place.process(
        files, data: "calm", reports: "calm-reports", Self.options)
      let run = try RunningProgram(arguments(place, files))
      try await run.feed(stream.prefix(stream.count / 2))
      run.send(signal)
      let ended = await run.ended()
      #expect(ended.code == 128 + signal && !ended.isKilled)
      #expect(ended.errors.hasPrefix("saldo: interrupted"))
      try await place.process(files)
      try place.expectSame("reports", as: "calm-reports")
    }
  }

  /// Everything but the movements as files, the movements from standard input.
  private func arguments(_ place: Workplace, _ files: [String]) -> [String] {
    Workplace.arguments(
      files.dropLast() + ["/dev/stdin"], place.path("data"), place.path("reports"))
      + Self.options
  }

  /// A sample company's files, in the order in which they are best loaded, and the last's bytes.
  private func sample(_ place: Workplace) async throws -> ([String], Data) {
    try await SaldoProgram.run(
      [
        "sample", "--out", place.path("files"), "--seed", "5", "--plants", "2", "--parts", "30",
        "--days", "20", "--movements-per-day", "120",
      ], expecting: 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path("files")).sorted()
    let files = (names.filter { $0 != "movimientos.ndjson" } + ["movimientos.ndjson"])
      .map { place.path("files") + "/" + $0 }
    let stream = try Data(contentsOf: URL(filePath: place.path("files/movimientos.ndjson")))
    // Longer than a pipe holds, else feeding would say nothing of the program.
    try #require(stream.count > 300_000)
    return (files, stream)
  }
}
