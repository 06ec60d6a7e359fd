import HTTPServer
import IngestService
import LocalSystem
import Logging
import ServiceRuntime

/// A process of services: opens them, serves until a signal comes, and closes them.
struct SystemRun: Sendable {
  let services: [ServiceName]
  let data: String
  let listener: ListenOptions
  let system: SystemOptions
  let logger: Logger

  /// Runs until a signal comes.
  ///
  /// - Throws: what opening them, a stage or the log fails with.
  func run() async throws {
    try InputPaths.makeFolder(data)
    let interruptions = try Interruptions()
    let opening = SystemOpening(
      options: system, data: data, services: services, logger: logger)
    let local: LocalSystem
    do {
      local = try await interruptions.during { try await opening.open() }
    } catch let interruption as Interruption {
      logger.info("Stopped before it ran", metadata: ["signal": "\(interruption.signal)"])
      return
    }
    do {
      try await serving(local).run(until: interruptions)
    } catch {
      await local.close()
      throw error
    }
    await local.close()
    logger.info("Stopped")
  }

  private func serving(_ local: LocalSystem) -> Serving {
    let operations = local.operations()
    return Serving(
      system: local, operations: operations, listener: listener, server: server(local, operations),
      logger: logger)
  }

  /// Ingest takes events and files; any process answers for its health.
  private func server(_ local: LocalSystem, _ operations: Operations) -> Server {
    let (host, port) = (listener.host, listener.port)
    guard services.contains(.ingest) else { return operations.server(host: host, port: port) }
    var settings = IngestFront.Settings(uploadFolder: data + "/ingest/uploads")
    (settings.host, settings.port) = (host, port)
    let transfers = TransferRoutes(
      data: data, log: local.log, partitions: local.partitions, logger: logger)
    let hasReports = services.contains(.reporting)
    let front = IngestFront(
      log: local.log, partitions: local.partitions, settings: settings, operations: operations,
      logger: logger, addRoutes: { if hasReports { transfers.add(to: &$0) } })
    front.removeLeftovers()
    return front.server()
  }
}
