import ArgumentParser
import Hummingbird
import IngestService
import LocalSystem
import Logging
import ServiceLifecycle
import ServiceRuntime

/// `saldo up`: the four services as a running system.
struct UpCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "up",
    abstract: "Runs the services on a data folder, and takes events and files by HTTP.",
    discussion: """
      Once it takes connections it says "listening on HOST:PORT" on standard output. It runs until \
      SIGTERM or SIGINT, finishes what is in hand and exits with 0; a second signal ends it at once.

      POST /v1/events        one CloudEvent, a JSON array of them, or NDJSON
      POST /v1/files/{name}  a file as for 'saldo process'
      GET /health/live       200 while the process runs
      GET /health/ready      200 once every stage works on its partitions, else 503
      GET /metrics           figures, in Prometheus' text format

      Posts answer {"accepted": n, "rejected": n, "errors": [...]} once everything is durable.

      Examples:
        saldo up --data books
        saldo up --data books --host 0.0.0.0 --port 80 --log-level debug
        curl --data-binary @events.ndjson http://127.0.0.1:8080/v1/events
      """)

  @Option(help: ArgumentHelp("The folder of the books; made if it is not there.", valueName: "dir"))
  var data: String

  @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("The port to listen on; 0 takes a free one.", valueName: "number"))
  var port = 8080

  @OptionGroup var system: SystemOptions
  @OptionGroup var logging: LogOptions

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port must be 0 to 65535.") }
  }

  func run() async throws {
    try InputPaths.makeFolder(data)
    let interruptions = await Interruptions()
    let logger = logging.logger
    let local = try await LocalSystem(
      directory: data, settings: system.settings, logger: logger)
    do {
      try await serve(local, until: interruptions, logger)
    } catch {
      await local.close()
      throw error
    }
    await local.close()
    logger.info("Stopped")
  }

  private func serve(
    _ local: LocalSystem, until interruptions: Interruptions, _ logger: Logger
  ) async throws {
    var settings = IngestFront.Settings(uploadFolder: data + "/ingest/uploads")
    (settings.host, settings.port) = (host, port)
    let operations = local.operations()
    let front = IngestFront(
      log: local.log, partitions: local.partitions, settings: settings, operations: operations,
      logger: logger)
    front.removeLeftovers()
    // Ended in the opposite order: first nothing more comes in, then the stages end.
    let group = ServiceGroup(
      configuration: .init(
        services: [
          .init(service: StagesService(system: local)),
          .init(service: OperationsService(operations: operations)),
          .init(service: FrontService(front: front, host: host, port: port, logger: logger)),
        ], logger: logger))
    let signals = Task {
      guard let signal = await interruptions.wait() else { return }
      logger.info("Stopping", metadata: ["signal": "\(signal)"])
      await group.triggerGracefulShutdown()
    }
    defer { signals.cancel() }
    try await group.run()
  }
}

/// The stages, as a service of the process.
private struct StagesService: Service {
  let system: LocalSystem

  func run() async throws {
    do {
      try await cancelWhenGracefulShutdown { try await system.run() }
    } catch is CancellationError {
      // Asked for, or because another service failed, which the group reports.
    }
  }
}

/// What keeps the metrics up to date, as a service of the process.
private struct OperationsService: Service {
  let operations: Operations

  func run() async throws {
    await cancelWhenGracefulShutdown { await operations.run() }
  }
}

/// The HTTP front, as a service of the process.
private struct FrontService: Service {
  let front: IngestFront
  let host: String
  let port: Int
  let logger: Logger

  func run() async throws {
    let isListening = Shared(false)
    do {
      try await front.application { port in
        isListening.value = true
        Standard.output("listening on \(host):\(port)")
        logger.info("Listening", metadata: ["host": "\(host)", "port": "\(port)"])
      }.run()
    } catch  where !isListening.value {
      throw ArgumentError("\(host):\(port)", "cannot be listened on: \(error)")
    }
  }
}
