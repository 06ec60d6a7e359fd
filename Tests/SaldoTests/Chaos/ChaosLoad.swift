import Foundation
import Synchronization
import Testing

/// A sample company's files, cut into pieces that are loaded one after the other, and the reports
/// that they end in where nothing goes wrong.
struct ChaosLoad: Sendable {
  /// Files, the last of which are pieces of the stock movements.
  let files: [String]
  /// The stock events among them, as `source id`.
  let stockEvents: [String]
  let loading = LoadingProgram()

  /// How often a file is loaded again; each try waits for the broker by itself, too.
  private static let retries = 10

  private struct Event: Decodable {
    struct Fact: Decodable { var kind: String? }
    var source, id, type: String
    var data: Fact
  }

  /// Makes the files in a folder of the place, and the reports in `calm-reports`.
  init(_ place: Workplace, _ plan: ChaosPlan) async throws {
    let pieces = max(8, plan.seconds / 2)
    try await SaldoProgram.run(
      [
        "sample", "--out", place.path("files"), "--seed", String(plan.seed), "--companies", "2",
        "--plants", "4", "--parts", "40", "--days", "30", "--movements-per-day", "150",
        "--moved-per-mille", "30", "--submanufacture-per-mille", "10",
      ], expecting: 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path("files")).sorted()
    let movements = "movimientos.ndjson"
    try #require(names.contains(movements))
    var files = names.filter { $0 != movements }.map { place.path("files") + "/" + $0 }
    let lines = try Data(contentsOf: URL(filePath: place.path("files/\(movements)")))
      .split(separator: UInt8(ascii: "\n"))
    let size = max(1, (lines.count + pieces - 1) / pieces)
    for start in stride(from: 0, to: lines.count, by: size) {
      let piece = Data(lines[start..<min(start + size, lines.count)].joined(separator: [10])) + [10]
      files.append(place.path("piece-\(start).ndjson"))
      try piece.write(to: URL(filePath: place.path("piece-\(start).ndjson")))
    }
    self.files = files
    stockEvents = try lines.compactMap {
      let event = try JSONDecoder().decode(Event.self, from: Data($0))
      // A move goes by way of the documents, and shows in the reports.
      guard event.type == "immex.stock.v1", event.data.kind != "moved" else { return nil }
      return "\(event.source) \(event.id)"
    }
    let code = try await SaldoProgram.run(
      Workplace.arguments(files, place.path("calm"), place.path("calm-reports"))
        + ["--partitions", "2"]
    ).code
    try #require(code == 0 || code == 1)
  }

  /// Loads them; what fails because the broker is away is loaded again, which does no harm.
  func run(on cluster: ServiceCluster) async throws {
    for file in files {
      var ended = try await loading.run(["load", file] + cluster.options)
      for _ in 0..<Self.retries where ended.code == 2 {
        try await Task.sleep(for: .milliseconds(500))
        ended = try await loading.run(["load", file] + cluster.options)
      }
      #expect(ended.code == 0, "\(file): \(ended.output)\(ended.errors)")
    }
  }
}

/// The program that loads at the moment, so that it can be held up.
final class LoadingProgram: Sendable {
  private let program = Mutex<RunningProgram?>(nil)

  func run(_ arguments: [String]) async throws -> SaldoProgram.Ended {
    let started = try RunningProgram(arguments)
    program.withLock { $0 = started }
    let ended = await started.ended()
    program.withLock { $0 = nil }
    return ended
  }

  func send(_ signal: Int32) { program.withLock { $0?.send(signal) } }
}
