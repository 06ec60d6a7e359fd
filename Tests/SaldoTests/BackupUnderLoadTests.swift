import Foundation
import Synchronization
import Testing

/// Backups while events come as fast as the services take them: each is of one moment, and goes on
/// to the same reports elsewhere.
@Suite(.timeLimit(.minutes(20))) struct BackupUnderLoadTests {
  @Test func whatIsCopiedWhileEventsComeGoesOnToTheSameReports() async throws {
    try await Workplace.with { place in
      let (files, lines) = try await Self.sample(place)
      try await place.process(files, data: "calm", reports: "expected", ["--partitions", "3"])
      try await place.process(
        Array(files.dropLast()), reports: "before", ["--partitions", "3"])
      let system = try await RunningSystem(place, ["--log-level", "error"])
      try await system.waitUntilReady()

      let posts = Posts(lines)
      let copies = try await withThrowingTaskGroup(of: Void.self) { senders in
        for _ in 0..<4 { senders.addTask { try await posts.send(to: system) } }
        var copies: [String] = []
        while copies.count < 3 {
          let copy = "copy-\(copies.count)"
          try await SaldoProgram.run(
            ["backup", "--data", place.path("data"), "--out", place.path(copy)], expecting: 0)
          copies.append(copy)
          if posts.count == lines.count { break }
        }
        try await senders.waitForAll()
        return copies
      }
      #expect(await system.stop(SIGTERM).code == 0)
      for copy in copies {
        try await SaldoProgram.run(["backup", "--verify", place.path(copy)], expecting: 0)
        try await place.process(files, data: copy, reports: "of-\(copy)")
        try place.expectSame("of-\(copy)", as: "expected", "\(copy)")
      }
    }
  }

  /// A company's files, movements last, and the lines of those.
  private static func sample(_ place: Workplace) async throws -> ([String], [Substring]) {
    try await SaldoProgram.run(
      [
        "sample", "--out", place.path("files"), "--seed", "7", "--plants", "2", "--parts", "40",
        "--days", "40", "--movements-per-day", "500",
      ], expecting: 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path("files")).sorted()
    let files = (names.filter { $0 != "movimientos.ndjson" } + ["movimientos.ndjson"])
      .map { place.path("files/\($0)") }
    let text = try String(contentsOfFile: place.path("files/movimientos.ndjson"), encoding: .utf8)
    return (files, text.split(separator: "\n"))
  }
}

/// Events that are posted by several senders, each a piece at a time.
private final class Posts: Sendable {
  private static let piece = 500

  private let lines: [Substring]
  private let state = Mutex((next: 0, posted: 0))

  init(_ lines: [Substring]) { self.lines = lines }

  /// How many have been taken.
  var count: Int { state.withLock { $0.posted } }

  /// Sends what nobody else sends, until there is nothing left.
  func send(to system: RunningSystem) async throws {
    while true {
      let start = state.withLock { state in
        defer { state.next += Self.piece }
        return state.next
      }
      guard start < lines.count else { return }
      let some = lines[start..<min(start + Self.piece, lines.count)]
      let body = Data((some.joined(separator: "\n") + "\n").utf8)
      let answer = try await system.post("v1/events", body, "application/x-ndjson")
      #expect(answer.status == 202)
      state.withLock { $0.posted += some.count }
    }
  }
}
