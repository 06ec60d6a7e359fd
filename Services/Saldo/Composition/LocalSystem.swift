import EventLog
import EventLogEmbedded
import Foundation
import IngestService
import Ledger
import Logging
import Messages
import ReportingService
import ServiceRuntime
import Store

/// Services in this process: all four over the embedded log of a data folder, or some of them over
/// a log that they share with other processes.
///
/// Wires, and nothing else: what the services do is theirs.
public final class LocalSystem: Sendable {
  /// The log that the services talk over.
  public let log: any EventLog
  /// How far each partition of each stage is that runs here.
  public let status = StageStatus()
  /// How many partitions every topic has but the inbound one.
  public var partitions: Int32 { counts.inner }
  /// How many partitions the inbound topic has.
  public var inboundPartitions: Int32 { counts.inbound }
  let counts: TopicCounts
  /// The stages that run here.
  public let stages: [Stage]
  /// What they need of the machine.
  public let needs: MachineNeeds
  let settings: Settings
  /// Which partition a file that is loaded begins with.
  let turns = Turns()
  private let hasReports: Bool
  private let directory: String
  private let logger: Logger

  /// How services are set up.
  public struct Settings: Sendable {
    /// Partitions of every topic; fixed once the topics are made. Nil takes the number that they
    /// have, and ``defaultPartitions`` where there are none yet.
    public var partitions: Int32?
    /// How long goods may stay.
    public var limits = TimeLimits.law
    /// How many days may lie between the documents of a virtual transfer that are paired by their
    /// goods; a fact of the log. Nil takes it, and ten where there is none yet.
    public var pairingDays: Int32?
    /// How many records a step takes at most.
    public var batch = ReadLimit()
    /// Where snapshots of the stores are kept; nil for nowhere.
    public var snapshots: Snapshots?
    /// The services that run in this process.
    public var services = ServiceName.allCases
    /// This process's name in the groups of its services.
    public var member = "local"
    /// What the names of the groups end in, for a process that follows the topics for itself
    /// instead of sharing the work; nil for the services' own groups.
    public var groupSuffix: String?
    /// Whether topics that are not there are made.
    public var createsTopics = true
    /// Whether the log is a cluster's: it keeps any number of messages as easily, and is asked for
    /// its state less often than one in this process.
    public var isLogShared = false
    /// Whether reporting sends rows to the report topics. Over a log that is shared it always does,
    /// unless it follows the topics for itself; a data folder that was made with them keeps them.
    public var publishesReports = false

    /// The version of the rules that the stages go by, and what they do otherwise than this
    /// program's: for tests of other rules.
    package var rules = RulesVersion.current
    package var changed: @Sendable (Stage) -> Stage = { $0 }

    /// What becomes of the process when a partition cannot go on.
    public var endurance = Endurance.none

    /// The defaults.
    public init() {}
  }

  /// Partitions of new topics where nothing else is asked for.
  public static let defaultPartitions: Int32 = 12

  /// Opens the embedded log of a data folder, and makes its topics where they are not there.
  ///
  /// - Throws: ``LocalSystemError`` where the folder is in use or has another number of partitions;
  ///   ``EventLogError`` where the log cannot be opened.
  public convenience init(
    directory: String, settings: Settings = Settings(), logger: Logger
  ) async throws {
    let log: EmbeddedLog
    do {
      log = try EmbeddedLog(directory: URL(filePath: directory).appending(path: "log"))
    } catch EventLogError.alreadyOpen {
      throw LocalSystemError.inUse(directory)
    }
    do {
      // Whoever holds the log holds the folder.
      if InUseMark.isOfAnotherFolder(directory) { throw LocalSystemError.liveCopy(directory) }
      try await self.init(
        log: log, place: directory, directory: directory, settings: settings, logger: logger)
      try InUseMark.set(directory)
    } catch {
      await log.close()
      throw error
    }
  }

  /// Services over a log that is open, whose topics are looked at and, where the settings say so,
  /// made. The caller closes the log where this throws; else ``close()`` does.
  ///
  /// - Parameters:
  ///   - place: what the log is called when something is wrong with it.
  ///   - directory: the folder of this process's stores.
  /// - Throws: ``LocalSystemError`` where topics have other numbers of partitions;
  ///   ``EventLogError/unknownTopic(_:)`` where one is missing that may not be made.
  public init(
    log: any EventLog, place: String, directory: String, settings: Settings, logger: Logger
  ) async throws {
    self.log = log
    self.directory = directory
    self.settings = settings
    self.logger = logger
    let topics = SystemTopics(log: log, place: place)
    var hasReports = settings.isLogShared || settings.publishesReports
    if !hasReports { hasReports = try await topics.haveReports() }
    // Before anything is made that there is no going back from.
    needs = Self.needs(
      settings, topics: SystemTopics.specifications(partitions: 1, reports: hasReports).count,
      counts: try await topics.count(
        partitions: settings.partitions, creating: settings.createsTopics))
    try needs.check()
    counts = try await topics.prepare(
      partitions: settings.partitions, creating: settings.createsTopics, reports: hasReports)
    self.hasReports = hasReports
    let pairs = settings.services.contains(.transfer)
    // Who does not pair has nothing to record, and asks only if it is to be compared.
    let days =
      pairs || settings.pairingDays != nil
      ? try await SettingFacts(log: log, place: place).pairingDays(
        asked: settings.pairingDays, stores: directory, recording: pairs) : nil
    let publishes = hasReports && settings.groupSuffix == nil
    stages = settings.services.flatMap {
      $0.stages(
        limits: settings.limits, pairingDays: days, publishing: publishes,
        rules: settings.rules)
    }.map { stage in
      var stage = stage
      let topic = Topic(rawValue: stage.input)
      stage.writers = topic == .inbound ? .others : .stages
      stage.hasHoles = topic?.isCompacted ?? false
      stage = settings.changed(stage)
      if let suffix = settings.groupSuffix { stage.group += ".\(suffix)" }
      return stage
    }
  }

  /// What all services of one process with a log of its own need.
  public static func needs(partitions: Int32) -> MachineNeeds {
    needs(
      Settings(), topics: SystemTopics.specifications(partitions: 1, reports: false).count,
      counts: TopicCounts(inner: partitions, inbound: partitions))
  }

  private static func needs(
    _ settings: Settings, topics: Int, counts: TopicCounts
  ) -> MachineNeeds {
    let stages = settings.services.flatMap { $0.stages(limits: settings.limits) }
    return MachineNeeds(
      stages: stages.count,
      readers: stages.count { $0.service == ServiceName.reporting.rawValue },
      topics: settings.isLogShared ? 0 : topics, partitions: max(counts.inner, counts.inbound))
  }

  /// What the topics must be.
  public var topics: [TopicSpecification] {
    SystemTopics.specifications(
      partitions: counts.inner, inbound: counts.inbound, reports: hasReports)
  }

  /// Runs every stage until the task is cancelled or one ends; then all end between two steps. What
  /// ends a stage depends on the settings' endurance.
  public func run() async throws {
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for stage in stages {
        let runner = StageRunner(
          stage, log: log, directory: directory, member: settings.member, status: status,
          limit: settings.batch, snapshots: settings.snapshots, endurance: settings.endurance,
          logger: logger)
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

  /// Runs every stage until something is done; then all end between two steps.
  ///
  /// - Throws: what a stage or `body` fails with; ``LocalSystemError/ended`` where the stages end
  ///   before it is done.
  public func run(until body: @escaping @Sendable () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Bool.self) { tasks in
      tasks.addTask {
        try await self.run()
        return false
      }
      tasks.addTask {
        try await body()
        return true
      }
      defer { tasks.cancelAll() }
      guard try await tasks.next() == true else { throw LocalSystemError.ended }
      tasks.cancelAll()
      while let result = await tasks.nextResult() {
        if case .failure(let error) = result, !(error is CancellationError) { throw error }
      }
    }
  }

  /// Closes the log, and with it an embedded log's folder to be opened by another process. Nothing
  /// may be called after it.
  public func close() async {
    await log.close()
    // What is left of a mark that cannot be removed says no more than that a process was here.
    if log is EmbeddedLog { try? InUseMark.clear(directory) }
  }

  /// Whether every stage works on the partitions that its group gave it.
  public var isReady: Bool { status.isReady(stages) }

  /// What operators see of this process.
  public func operations() -> Operations {
    Operations(
      stages: stages, topics: settings.isLogShared ? topics : [], status: status, log: log,
      sources: settings.services.contains(.reporting)
        ? [
          PendingFigures(dataDirectory: directory),
          ConservationFigures(dataDirectory: directory, logger: logger),
        ] : [],
      fault: { [log] in
        (log as? EmbeddedLog)?.isFolderThere == false
          ? "the data folder was removed: stop the services, and put it back" : nil
      },
      logger: logger)
  }
}
