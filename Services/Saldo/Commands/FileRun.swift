import EventLog
import IngestFiles
import IngestService
import SaldoComposition
import Synchronization

/// Loads files while the services work, and waits until everything has been applied.
struct FileRun: Sendable {
  let system: LocalSystem
  let files: [String]
  /// The bytes of each file.
  let sizes: [Int64]
  let line: ProgressLine

  /// What the files came to.
  struct Result: Sendable {
    /// The events that are in the log, without what files held and was not taken.
    var events = 0
    /// What of each file was not taken, or counts otherwise than it stands, as it is told.
    var notes: [String] = []
  }

  /// Runs until everything is in the books.
  ///
  /// - Throws: ``Interruption`` on a signal; what the files, the log or a stage fail with. The
  ///   services end between two steps either way, and nothing that was taken is lost.
  func run(until interruptions: Interruptions) async throws -> Result {
    let progress = LoadProgress()
    let doneBytes = Shared<Int64>(0)
    return try await withThrowingTaskGroup(of: Result?.self) { tasks in
      tasks.addTask {
        try await system.run()
        if !Task.isCancelled { throw LocalSystemError.ended }
        return nil
      }
      tasks.addTask {
        if let signal = await interruptions.wait() { throw Interruption(signal: signal) }
        return nil
      }
      tasks.addTask {
        var result = Result()
        for (path, size) in zip(files, sizes) {
          let summary = try await system.load(path: path, progress: progress).summary
          result.events += summary.events
          result.notes += summary.notes.map { "\(path): \($0)" }
          doneBytes.value += size
        }
        try await system.settle()
        return result
      }
      if line.isShown {
        tasks.addTask {
          try await show(progress, doneBytes)
          return nil
        }
      }
      while let ended = try await tasks.next() {
        guard let result = ended else { continue }
        tasks.cancelAll()
        try await drain(&tasks)
        return result
      }
      throw CancellationError()
    }
  }

  /// The rest ends because it was told to; a stage that failed meanwhile still counts.
  private func drain(_ tasks: inout ThrowingTaskGroup<Result?, any Error>) async throws {
    while let result = await tasks.nextResult() {
      if case .failure(let error) = result, !(error is CancellationError) { throw error }
    }
  }

  private func show(_ progress: LoadProgress, _ doneBytes: Shared<Int64>) async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let before = try await system.backlog().taken
    let total = max(1, sizes.reduce(0, +))
    while true {
      let backlog = try await system.backlog()
      let applied = max(0, backlog.taken - before)
      let rate = Elapsed(start.duration(to: clock.now)).rate(of: Int(applied))
      let read = min(total, doneBytes.value + progress.bytes) * 100 / total
      line.show(
        "\(progress.events) events loaded (\(read) %), \(applied) applied, \(rate)/s, "
          + "\(backlog.messages) messages to go")
      try await Task.sleep(for: .milliseconds(250))
    }
  }
}

/// A value that several tasks see.
final class Shared<Value: Sendable>: Sendable {
  private let held: Mutex<Value>

  init(_ value: Value) { held = Mutex(value) }

  var value: Value {
    get { held.withLock { $0 } }
    set { held.withLock { $0 = newValue } }
  }
}
