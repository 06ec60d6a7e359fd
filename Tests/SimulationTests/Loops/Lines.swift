import Logging
import Synchronization

/// What the instances of a run logged about partitions that stop.
final class Lines: Sendable {
  private let lines = Mutex<[String]>([])

  /// Lines that must not be there: a partition stops for what nobody did.
  var unexpected: [String] {
    lines.withLock { $0.filter { !$0.contains("\(MortalLog.Dead())") } }
  }

  var logger: Logger {
    var logger = Logger(label: "simulation") { [self] _ in Handler(lines: self) }
    logger.logLevel = .error
    return logger
  }

  private struct Handler: LogHandler {
    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.error

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let fields = event.metadata?.map { "\($0.key)=\($0.value)" }.sorted() ?? []
      lines.lines.withLock { $0.append("\(event.message) " + fields.joined(separator: " ")) }
    }
  }
}
