import HTTPServer
import IngestService
import Logging
import ReportingService
import SaldoComposition
import ServiceRuntime

/// A process of services: opens them, serves until a signal comes, and closes them.
struct SystemRun: Sendable {
  let services: [ServiceName]
  let data: String
  let listener: ListenOptions
  var producers = ProducerOptions()
  let system: SystemOptions
  let logger: Logger
  /// The folder that files are taken from; nil for none.
  var watch: WatchOptions?

  /// Runs until a signal comes.
  ///
  /// - Throws: what opening them, a stage or the log fails with.
  func run() async throws {
    let listening = try Listening(
      listener, producers, showsBooks: services.contains(.ingest))
    try InputPaths.makeFolder(data)
    try watch?.prepare()
    let interruptions = try Interruptions()
    let opening = SystemOpening(
      options: system, data: data, services: services, endurance: .stopsThePartition,
      logger: logger)
    let local: LocalSystem
    do {
      local = try await interruptions.during { try await opening.open() }
    } catch let interruption as Interruption {
      logger.info("Stopped before it ran", metadata: ["signal": "\(interruption.signal)"])
      return
    }
    do {
      try await serving(local, listening).run(until: interruptions)
    } catch {
      await local.close()
      throw error
    }
    await local.close()
    logger.info("Stopped")
  }

  private func serving(_ local: LocalSystem, _ listening: Listening) -> Serving {
    let operations = local.operations()
    let clients = local.needs.clients
    let operationsServer = listening.operationsServer(
      operations, clients: clients / 8, logger: logger)
    // A connection that is told to end has its file for a moment longer.
    let server = listening.server(clients: clients * 3 / 4, logger: logger) { router in
      if operationsServer == nil || !services.contains(.ingest) {
        operations.addRoutes(to: &router)
      }
      if services.contains(.ingest) { addIngest(local, listening.bearer, to: &router) }
    }
    return Serving(
      system: local, operations: operations, listener: listener, server: server,
      operationsServer: operationsServer, folder: watch?.folder(for: local, logger), logger: logger)
  }

  /// Ingest takes events and files; with reporting beside it, decisions on transfers too.
  private func addIngest(_ local: LocalSystem, _ bearer: Bearer?, to router: inout Router) {
    var settings = IngestFront.Settings(uploadFolder: data + "/ingest/uploads")
    settings.bearer = bearer
    let front = IngestFront(
      log: local.log, partitions: local.inboundPartitions, settings: settings, logger: logger)
    front.removeLeftovers()
    front.addRoutes(to: &router)
    guard services.contains(.reporting) else { return }
    let scope: @Sendable (Request) throws -> ReportScope? = { request in
      // Who may send facts of some companies sees the reports of those.
      guard let producer = try bearer?.producer(of: request), producer.companies != .all else {
        return nil
      }
      return ReportScope(name: producer.name) { producer.companies.contains($0) }
    }
    ReportRoutes(
      dataDirectory: data, log: FolderLog.opening(data), logger: logger, scope: scope
    ) { [data] trail in
      try TrailBook(dataDirectory: data).addEvents(to: &trail)
    }.add(to: &router)
    TransferRoutes(
      data: data, log: local.log, partitions: local.inboundPartitions, bearer: bearer,
      logger: logger
    ).add(to: &router)
  }
}
