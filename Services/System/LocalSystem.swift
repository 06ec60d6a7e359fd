import DischargeService
import EventLog
import EventLogEmbedded
import Foundation
import IngestService
import Ledger
import Logging
import Messages
import ReportingService
import ServiceRuntime
import TransferService

/// The four services in one process over the embedded log.
///
/// Wires, and nothing else: what the services do is theirs.
public final class LocalSystem: Sendable {
  /// The log that the services talk over.
  public let log: any EventLog
  /// How far each partition of each stage is.
  public let status = StageStatus()
  private let directory: String
  let stages: [Stage]
  private let logger: Logger

  /// How a system is set up.
  public struct Settings: Sendable {
    /// Partitions of every topic; fixed once the log is made. Nil takes the number that the data
    /// folder was made with, and ``defaultPartitions`` where there is none yet.
    public var partitions: Int32?
    /// How long goods may stay.
    public var limits = TimeLimits.law
    /// How many records a step takes at most.
    public var batch = ReadLimit(records: 5_000, bytes: 8 << 20)

    /// The defaults.
    public init() {}
  }

  /// Partitions of a data folder's topics where nothing else is asked for.
  public static let defaultPartitions: Int32 = 12
  /// How many partitions every topic has.
  public let partitions: Int32
  let settings: Settings

  /// Opens the log in a data folder, and makes its topics where they are not there.
  ///
  /// - Throws: ``LocalSystemError`` where the folder is in use or has another number of partitions;
  ///   ``EventLogError`` where the log cannot be opened.
  public init(directory: String, settings: Settings = Settings(), logger: Logger) async throws {
    self.directory = directory
    self.settings = settings
    self.logger = logger
    stages =
      IngestService.stages(limits: settings.limits) + DischargeService.stages()
      + TransferService.stages() + ReportingService.stages()
    let log: EmbeddedLog
    do {
      log = try EmbeddedLog(directory: URL(filePath: directory).appending(path: "log"))
    } catch EventLogError.alreadyOpen {
      throw LocalSystemError.inUse(directory)
    }
    self.log = log
    do {
      partitions = try await Self.partitions(of: log, asked: settings.partitions, directory)
      try await log.create(
        Topic.allCases.map {
          TopicSpecification(
            name: $0.rawValue, partitions: partitions, compacted: $0.isCompacted)
        })
    } catch {
      await log.close()
      throw error
    }
  }

  private static func partitions(
    of log: EmbeddedLog, asked: Int32?, _ directory: String
  ) async throws -> Int32 {
    let found: Int32
    do {
      found = try await log.partitions(of: Topic.inbound.rawValue)
    } catch EventLogError.unknownTopic {
      return asked ?? defaultPartitions
    }
    guard asked == nil || asked == found else {
      throw LocalSystemError.otherPartitions(directory, found: found, asked: asked ?? found)
    }
    return found
  }

  /// Runs every stage until the task is cancelled or one fails; then all end between two steps.
  public func run() async throws {
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for stage in stages {
        let runner = StageRunner(
          stage, log: log, directory: directory, member: "local", status: status,
          limit: settings.batch, logger: logger)
        tasks.addTask { try await runner.run() }
      }
      do {
        while try await tasks.next() != nil {}
      } catch {
        tasks.cancelAll()
        throw error
      }
    }
  }

  /// Closes the log, and with it the folder to be opened by another process. Nothing may be called
  /// after it.
  public func close() async { await log.close() }

  /// A producer that appends inbound events.
  public func producer() -> InboundProducer {
    InboundProducer(log: log, partitions: partitions)
  }

  /// Whether every stage works on the partitions that its group gave it.
  public var isReady: Bool { status.isReady(stages) }

  /// What operators see of this process.
  public func operations() -> Operations {
    Operations(
      stages: stages, status: status, log: log,
      sources: [PendingFigures(dataDirectory: directory)], logger: logger)
  }

  /// Whether every stage has applied and published all that there is.
  public func isSettled() async throws -> Bool {
    let before = try await ends()
    for stage in stages {
      for partition in 0..<partitions {
        let source = TopicPartition(stage.input, partition)
        guard let entry = status.entry(stage: stage.title, source: source),
          entry.position >= before[source] ?? 0
        else { return false }
      }
    }
    // A stage that was caught up makes nothing more unless something came meanwhile.
    return try await ends() == before
  }

  /// Waits until every stage has caught up; calls `progress` some times a second.
  public func settle(progress: () -> Void = {}) async throws {
    while try await !isSettled() {
      progress()
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  func ends() async throws -> [TopicPartition: Int64] {
    var ends: [TopicPartition: Int64] = [:]
    for topic in Topic.allCases {
      for partition in 0..<partitions {
        let source = TopicPartition(topic.rawValue, partition)
        ends[source] = try await log.end(of: source)
      }
    }
    return ends
  }
}
