import ArgumentParser
import Foundation

/// Measures what the README states: run it by `make bench`, in a release build, on an idle machine.
@main
struct SaldoBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "SaldoBench",
    abstract: "Measures Saldo and prints a table.",
    discussion: "Each measure runs several times; the table has the best, the median and the worst."
  )

  @Option(help: "Measures to run: core, late, stage, process; and memory, which takes minutes.")
  var only: [String] = ["core", "late", "stage", "process"]

  @Option(help: "Times that each measure runs.")
  var runs = 3

  @Option(help: "Events of the process measure (1,000,000) and of memory (10,000,000).")
  var events: Int?

  @Flag(help: "Do not remove the folders with the data.")
  var keep = false

  func run() async throws {
    print("| measure | best | median | worst | unit |")
    print("|---|---|---|---|---|")
    for name in only {
      switch name {
      case "core": try row("PEPS core alone, 100,000 books", "movements/s") { try CoreBench.run() }
      case "late":
        try row("late line before 100,000 matches, to the postings", "ms", lowIsGood: true) {
          try LateBench.core()
        }
        try row("the same, to the messages committed", "ms", lowIsGood: true) {
          try LateBench.run()
        }
      case "stage":
        try await row("discharge stage, one partition, durable", "movements/s") {
          try await StageBench.run(movements: 1_000_000)
        }
      case "process":
        let events = events ?? 1_000_000
        try await row("whole pipeline, \(events) mixed events", "events/s") {
          try await ProcessBench.run(events: events, keep: keep)
        }
      case "memory":
        let events = events ?? 10_000_000
        let peak = try MemoryBench.run(events: events, program: Self.program, keep: keep)
        show("peak memory of `saldo process`, \(events) mixed events", "MiB", true, [peak])
      default: throw ValidationError("no measure is called \(name)")
      }
    }
    print("peak memory of this process: \(Memory.peakMiB) MiB")
  }

  /// The program that is built beside this one.
  private static var program: URL {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "saldo")
  }

  private func row(
    _ name: String, _ unit: String, lowIsGood: Bool = false, _ measure: () throws -> Double
  ) throws {
    show(name, unit, lowIsGood, try (0..<runs).map { _ in try measure() })
  }

  private func row(
    _ name: String, _ unit: String, lowIsGood: Bool = false, _ measure: () async throws -> Double
  ) async throws {
    var figures: [Double] = []
    for _ in 0..<runs { figures.append(try await measure()) }
    show(name, unit, lowIsGood, figures)
  }

  private func show(_ name: String, _ unit: String, _ lowIsGood: Bool, _ figures: [Double]) {
    let sorted = lowIsGood ? figures.sorted() : figures.sorted(by: >)
    let cells = [sorted.first, sorted.dropFirst(sorted.count / 2).first, sorted.last].map {
      figure in
      figure.map { $0 < 1_000 ? String(format: "%.1f", $0) : "\(Int($0))" } ?? ""
    }
    print("| \(name) | \(cells.joined(separator: " | ")) | \(unit) |")
  }
}

enum Memory {
  /// The largest resident set of this process so far.
  static var peakMiB: Int { peakMiB(of: ProcessInfo.processInfo.processIdentifier) ?? 0 }

  /// The largest resident set of a process so far; nil where there is no such process.
  static func peakMiB(of process: Int32) -> Int? {
    let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
    return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 / 1_024 }
  }
}

/// A stopwatch on the monotonic clock.
struct Stopwatch {
  private let start = ContinuousClock.now

  var seconds: Double {
    let (seconds, atto) = (ContinuousClock.now - start).components
    return Double(seconds) + Double(atto) / 1e18
  }
}
