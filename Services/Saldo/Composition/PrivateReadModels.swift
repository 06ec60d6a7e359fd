import EventLog
import Logging

/// Read models that one process keeps for itself over a log that others share: they follow every
/// partition, where an instance of the reporting service has only its own.
///
/// Their groups are theirs alone, so they take nothing from the service; and they go on from where
/// their stores are.
public struct PrivateReadModels: Sendable {
  private let system: LocalSystem

  /// - Parameters:
  ///   - log: is left open.
  ///   - place: what the log is called when something is wrong with it.
  ///   - directory: the folder of their stores.
  ///   - id: their name, the same for the same folder.
  /// - Throws: ``EventLogError/unknownTopic(_:)`` where a topic is missing.
  public init(
    log: any EventLog, place: String, directory: String, id: String, logger: Logger
  ) async throws {
    var settings = LocalSystem.Settings()
    settings.services = [.reporting]
    settings.groupSuffix = id
    settings.member = id
    settings.createsTopics = false
    settings.isLogShared = true
    system = try await LocalSystem(
      log: log, place: place, directory: directory, settings: settings, logger: logger)
  }

  /// How far the services are, which run elsewhere.
  public var services: GroupProgress {
    GroupProgress(
      log: system.log,
      stages: ServiceName.allCases.flatMap { $0.stages(limits: .law) },
      counts: system.counts, status: .init())
  }

  /// Applies what is in the topics now.
  ///
  /// - Throws: what a stage or the log fails with.
  public func catchUp() async throws {
    let own = GroupProgress(
      log: system.log, stages: system.stages, counts: system.counts,
      status: system.status)
    let ends = try await own.ends()
    try await system.run { try await own.reach(ends) }
  }
}
