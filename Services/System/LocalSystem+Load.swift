import EventLog
import IngestService
import Messages

/// How much of what is in the log has been applied.
public struct Backlog: Sendable, Equatable {
  /// Inbound events that intake has checked and forwarded, over the log's whole life.
  public var taken: Int64 = 0
  /// Inbound events that intake has yet to take.
  public var inbound: Int64 = 0
  /// Messages that some stage has yet to apply, inbound events among them.
  public var messages: Int64 = 0
}

extension LocalSystem {
  /// How many inbound events may be in the log and not taken before the loading waits.
  private static let eventsAhead: Int64 = 500_000

  /// Loads a file while the services work; its events are durable when this returns.
  ///
  /// - Throws: ``InputFileError``, what the log throws, or `CancellationError`.
  public func load(
    path: String, progress: LoadProgress = .init()
  ) async throws -> FileLoader.Loaded {
    // Several steps' worth at a time: an append costs the same however much there is in it.
    let loader = FileLoader(
      log: log, partitions: partitions, batch: 4 * settings.batch.records)
    return try await loader.load(path: path, progress: progress) {
      while try await self.backlog().inbound > Self.eventsAhead {
        try await Task.sleep(for: .milliseconds(5))
      }
    }
  }

  /// How far the stages are.
  public func backlog() async throws -> Backlog {
    let ends = try await ends()
    var backlog = Backlog()
    for stage in stages {
      for partition in 0..<partitions {
        let source = TopicPartition(stage.input, partition)
        let position = status.entry(stage: stage.title, source: source)?.position ?? 0
        let behind = max(0, (ends[source] ?? 0) - position)
        backlog.messages += behind
        if stage.input == Topic.inbound.rawValue {
          backlog.inbound += behind
          backlog.taken += position
        }
      }
    }
    return backlog
  }
}
