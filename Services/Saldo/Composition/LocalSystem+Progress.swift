import EventLog
import IngestService
import Messages
import ServiceRuntime

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
  /// How many inbound events may be in an embedded log and not taken before loading waits.
  private static let eventsAhead: Int64 = 500_000

  /// How far the services are, the ones in other processes included.
  public var progress: GroupProgress {
    GroupProgress(
      log: log,
      stages: ServiceName.allCases.flatMap {
        $0.stages(limits: settings.limits, rules: settings.rules)
      },
      counts: counts, status: status)
  }

  /// A producer that appends inbound events.
  public func producer() -> InboundProducer {
    InboundProducer(log: log, partitions: inboundPartitions)
  }

  /// Loads a file while the services work; its events are durable when this returns.
  ///
  /// - Parameter checked: whether to judge and count the events.
  /// - Throws: ``InputFileError``, what the log throws, or `CancellationError`.
  public func load(
    path: String, checked: Bool = false, progress: LoadProgress = .init()
  ) async throws -> FileLoader.Loaded {
    // Several steps' worth at a time: an append costs the same however much there is in it.
    let loader = FileLoader(
      log: log, partitions: inboundPartitions, batch: 4 * settings.batch.records,
      turns: settings.isLogShared ? turns : nil)
    return try await loader.load(path: path, checked: checked, progress: progress) {
      if self.settings.isLogShared { return }
      while try await self.backlog().inbound > Self.eventsAhead {
        try await Task.sleep(for: .milliseconds(5))
      }
    }
  }

  /// How far the services are, in sum.
  public func backlog() async throws -> Backlog {
    var backlog = Backlog()
    for entry in try await progress.entries() {
      backlog.messages += entry.behind
      if entry.source.topic == Topic.inbound.rawValue {
        backlog.inbound += entry.behind
        backlog.taken += entry.position
      }
    }
    return backlog
  }

  /// Whether every service has applied and published all that there is.
  public func isSettled() async throws -> Bool { try await progress.isSettled() }

  /// Waits until every service has caught up.
  public func settle() async throws {
    try await progress.settle(every: settings.isLogShared ? .milliseconds(250) : .milliseconds(20))
  }
}
