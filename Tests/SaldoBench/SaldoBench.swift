import ArgumentParser
import Foundation
import Store

/// Measures what the README states: run it by `make bench`, in a release build, on an idle machine.
@main
struct SaldoBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "SaldoBench",
    abstract: "Measures Saldo and prints a table.",
    discussion: "Each measure runs several times; the table has the best, the median and the worst."
  )

  @Option(
    help: """
      Measures to run: core, late, stage, report, takeover, process, stores, moves, orders, \
      services, broker; and memory and backlog, which take minutes.
      """)
  var only: [String] = [
    "core", "late", "stage", "report", "takeover", "process", "stores", "moves", "orders",
    "services",
    "broker",
  ]

  @Option(help: "Times that each measure runs.")
  var runs = 3

  @Option(help: "Events of process (1,000,000), memory (10,000,000) and backlog (2,000,000).")
  var events: Int?

  @Option(help: "Moves of the moves measure.")
  var moves = 1_000_000

  @Flag(help: "Do not remove the folders with the data.")
  var keep = false

  func run() async throws {
    SQLiteMemory.keepNoStatistics()
    if !NewerClient.isLoaded {
      print("| measure | best | median | worst | unit |")
      print("|---|---|---|---|---|")
    }
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
      case "report":
        try await row("reporting's ledger stage, one partition, durable", "entries/s") {
          try await ReportBench.run(entries: 1_000_000, publishing: false)
        }
        try await row("the same, with rows to the report topics", "entries/s") {
          try await ReportBench.run(entries: 1_000_000, publishing: true)
        }
      case "takeover":
        let bench = try await TakeOverBench(movements: 1_000_000)
        defer { bench.remove() }
        try await row("take-over of 1,000,000 movements, from a snapshot", "s", lowIsGood: true) {
          try await bench.run(restoring: true)
        }
        try await row("the same, rebuilt from the log", "s", lowIsGood: true) {
          try await bench.run(restoring: false)
        }
        print("snapshot: \(bench.bytes >> 20) MiB, taken in \(bench.seconds) s")
      case "process":
        let events = events ?? 1_000_000
        try await row("whole pipeline, \(events) mixed events", "events/s") {
          try await ProcessBench.run(events: events, keep: keep)
        }
      case "stores":
        let bench = try StoresBench(mebibytes: 1_024)
        defer { bench.remove() }
        try row("opening a store of 1 GiB that was closed", "ms", lowIsGood: true) {
          try bench.opening()
        }
        try row("the same, not closed, with its check", "s", lowIsGood: true) {
          try bench.checking()
        }
        try await rows { try await StoresBench.backup(events: 300_000) }
      case "moves":
        try await row("moves over 50 plants, \(moves) of them", "moves/s") {
          try await MovesBench.rate(moves: moves)
        }
        try await row(
          "late line through five plants, 10,000 units in 10,000 moves", "ms", lowIsGood: true
        ) {
          try await MovesBench.late(movesPerPlant: 2_500, units: 4)
        }
        try await row(
          "the same, 10,000 moves at each plant", "ms", lowIsGood: true
        ) {
          try await MovesBench.late(movesPerPlant: 10_000, units: 1)
        }
      case "memory":
        let events = events ?? 10_000_000
        let peak = try MemoryBench.run(events: events, program: Self.program, keep: keep)
        show("peak memory of `saldo process`, \(events) mixed events", "MiB", true, [peak])
      case "orders": try await rows { try OrdersBench(program: Self.program).run() }
      case "services": try await rows { try await broker.services() }
      case "broker" where NewerClient.isLoaded: try await rows { try await broker.endToEnd() }
      case "backlog" where NewerClient.isLoaded:
        let bench = BrokerBench(program: Self.program, events: events ?? 2_000_000)
        try await rows { try await bench.backlog() }
      case "broker", "backlog":
        try NewerClient.run(
          ["--only", name, "--runs", "\(runs)"] + (events.map { ["--events", "\($0)"] } ?? []))
      default: throw ValidationError("no measure is called \(name)")
      }
    }
    if !NewerClient.isLoaded { print("peak memory of this process: \(Memory.peakMiB) MiB") }
  }

  /// The measures over a broker; noida, which plays it, keeps everything in memory.
  private var broker: BrokerBench {
    BrokerBench(program: Self.program, events: min(events ?? 100_000, 200_000))
  }

  private func rows(_ measure: () async throws -> [BrokerBench.Figure]) async throws {
    var figures: [[BrokerBench.Figure]] = []
    for _ in 0..<runs { figures.append(try await measure()) }
    for (index, figure) in (figures.first ?? []).enumerated() {
      show(figure.name, figure.unit, figure.lowIsGood, figures.map { $0[index].value })
    }
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
