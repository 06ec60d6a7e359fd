import EventLog
import Logging
import Synchronization

/// What was logged.
final class LogLines: Sendable {
  private let lines = Mutex<[String]>([])
  private let changes = ChangeSignal()

  /// All of it.
  var text: String { lines.withLock { $0.joined(separator: "\n") } }

  /// A logger of every level that writes here.
  var logger: Logger {
    var logger = Logger(label: "test") { [self] _ in Handler(lines: self) }
    logger.logLevel = .trace
    return logger
  }

  /// Waits until one of the lines is as wanted.
  func wait(for isWanted: (String) -> Bool) async throws {
    while true {
      let seen = changes.changes
      if lines.withLock({ $0.contains(where: isWanted) }) { return }
      try await changes.wait(after: seen)
    }
  }

  private func add(_ line: String) {
    lines.withLock { $0.append(line) }
    changes.advance()
  }

  private struct Handler: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { lines.add("\(event.message) \(event.metadata ?? [:])") }
  }
}
