import Foundation
import ServiceRuntime

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// What processes of the measure do, by their own metrics: the brokers that play Kafka here are
/// told of it once a second, and one of them does not know its own ends.
struct ProcessWork {
  let processes: [BenchProcess]
  /// The stages whose records count.
  let stages: [Stage]

  /// From the first record that was seen applied to the last.
  struct Course {
    /// How many had been applied by then.
    var first: (seconds: Double, applied: Int)
    var last: (seconds: Double, applied: Int)
  }

  /// Waits until every stage of the processes has joined its group and has its partitions.
  func ready() async throws {
    for process in processes {
      let watch = Stopwatch()
      while try await Self.get("health/ready", process).status != 200 {
        guard watch.seconds < 60 else { throw BenchError.missing("a process is not ready") }
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  /// Waits until so many records are applied and nothing has happened for two seconds; by a clock
  /// of the caller's.
  func ends(with count: Int, _ watch: Stopwatch) async throws -> Course {
    var first: (seconds: Double, applied: Int)?
    var last = (seconds: watch.seconds, applied: 0)
    var total = 0
    while true {
      var (all, counted) = (0, 0)
      for process in processes {
        let applied = try await applied(process)
        all += applied.all
        counted += applied.counted
      }
      let now = watch.seconds
      if all != total {
        total = all
        last = (now, counted)
        if first == nil, counted > 0 { first = last }
      }
      if counted >= count, let first, now - last.seconds > 2 {
        return Course(first: first, last: last)
      }
      guard now - last.seconds < 120 else { throw BenchError.wrongResult }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// The records that a process has applied in all its stages, and in those that count.
  private func applied(_ process: BenchProcess) async throws -> (all: Int, counted: Int) {
    let page = try await Self.get("metrics", process).body
    let name = Metric.recordsApplied.rawValue + "{"
    var (all, counted) = (0, 0)
    for line in page.split(separator: "\n") where line.hasPrefix(name) {
      guard let value = line.split(separator: " ").last.flatMap({ Int($0) }) else { continue }
      all += value
      let isCounted = stages.contains {
        line.contains("service=\"\($0.service)\"") && line.contains("stage=\"\($0.name)\"")
      }
      if isCounted { counted += value }
    }
    return (all, counted)
  }

  private static func get(
    _ path: String, _ process: BenchProcess
  ) async throws -> (status: Int, body: String) {
    guard let url = URL(string: "http://\(process.address)/\(path)") else {
      throw BenchError.missing("an address of \(process.address)")
    }
    let (data, response) = try await URLSession.shared.data(from: url)
    let status = (response as? HTTPURLResponse)?.statusCode ?? 0
    return (status, String(decoding: data, as: UTF8.self))
  }
}
