import EventLog
import Foundation
import Logging
import SaldoComposition
import ServiceRuntime

/// Opens services on the log that the options name: the data folder's own, or a cluster's, whose
/// brokers and topics may be a while in coming.
struct SystemOpening: Sendable {
  let options: SystemOptions
  let data: String
  let services: [ServiceName]
  /// What becomes of the process when a partition cannot go on.
  var endurance = Endurance.none
  let logger: Logger

  /// How long to wait before the cluster is asked again.
  private static let pause = Duration.milliseconds(500)

  /// Opens them.
  ///
  /// - Throws: what the settings, the folder or the log fail with; for a cluster once the time is
  ///   up that it is given to come.
  func open() async throws -> LocalSystem {
    var settings = try options.settings
    settings.services = services
    settings.endurance = endurance
    let folder = DataFolder(data)
    guard case .kafka(let servers) = try options.eventLog.address else {
      try folder.claim(for: .embeddedLog)
      return try await LocalSystem(directory: data, settings: settings, logger: logger)
    }
    try folder.claim(for: .services)
    // Asked again below, where the log tells who waits for what.
    let log = try options.eventLog.open(
      servers, instance: options.instance, firstAnswer: EventLogOptions.leastWait, logger)
    do {
      return try await whenThere(servers) {
        let system = try await LocalSystem(
          log: log, place: "kafka://\(servers)", directory: data, settings: settings,
          logger: logger)
        let objections = try await log.objections(to: system.topics)
        guard objections.isEmpty else {
          throw ArgumentError("kafka://\(servers)", objections.joined(separator: "; "))
        }
        return system
      }
    } catch {
      await log.close()
      throw error
    }
  }

  private func whenThere(
    _ servers: String, _ open: () async throws -> LocalSystem
  ) async throws -> LocalSystem {
    let deadline = ContinuousClock.now + .seconds(options.eventLog.wait)
    var hasTold = false
    while true {
      do {
        return try await open()
      } catch let error as EventLogError where error.mayPass && ContinuousClock.now < deadline {
        if !hasTold {
          logger.warning(
            "Waiting for the brokers and the topics",
            metadata: ["log": "kafka://\(servers)", "error": "\(error)"])
        }
        hasTold = true
        try await Task.sleep(for: Self.pause)
      } catch let error as EventLogError {
        throw ArgumentError(
          "kafka://\(servers)", "\(error)\(options.eventLog.advice(error, servers))")
      }
    }
  }
}

extension EventLogError {
  /// Whether it may be over by itself: topics that are about to be made, brokers about to come.
  fileprivate var mayPass: Bool {
    switch self {
    case .unknownTopic, .failed: true
    case .topicMismatch, .alreadyOpen, .closed, .damaged, .refused, .rejected: false
    }
  }
}
