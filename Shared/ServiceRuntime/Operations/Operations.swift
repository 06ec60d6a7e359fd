import EventLog
import Hummingbird
import Logging

/// What operators and monitors see of a process: its health and its metrics, over HTTP.
///
/// - `GET /health/live`: 200 while the process answers.
/// - `GET /health/ready`: 200 once every stage has joined its group and each partition that it was
///   given runs, else 503; the body names the stages that are not there yet.
/// - `GET /metrics`: every ``Metric``, in Prometheus' text format.
///
/// A service that has an HTTP front of its own adds these to its router; the others serve them by
/// themselves, with ``application(host:port:onListening:)``.
public struct Operations: Sendable {
  private let stages: [Stage]
  private let status: StageStatus
  private let watch: StageWatch
  private let process = ProcessFigures()
  private let interval: Duration
  private let logger: Logger

  /// - Parameters:
  ///   - stages: those that run in this process.
  ///   - log: asked for its ends.
  ///   - sources: further figures.
  ///   - interval: how often the log, the disk and the sources are asked.
  public init(
    stages: [Stage], status: StageStatus, log: any EventLog, sources: [any FigureSource] = [],
    interval: Duration = .seconds(5), logger: Logger
  ) {
    self.stages = stages
    self.status = status
    watch = StageWatch(status: status, log: log, sources: sources, logger: logger)
    self.interval = interval
    self.logger = logger
  }

  /// Keeps what the metrics say of the log and the disk up to date, until the task is cancelled.
  public func run() async {
    while !Task.isCancelled {
      await watch.refresh()
      do { try await Task.sleep(for: interval) } catch { return }
    }
  }

  /// Asks the log, the disk and the sources now.
  public func refresh() async { await watch.refresh() }

  /// Whether every stage works on what it was given.
  public var isReady: Bool { status.isReady(stages) }

  /// The metrics as `GET /metrics` answers them.
  public var metrics: String {
    MetricsPage(
      stages: stages, counts: status.counts, entries: status.all, findings: watch.findings,
      isReady: isReady, process: process
    ).text
  }

  /// Adds the routes to a router.
  public func addRoutes<Context: RequestContext>(to router: Router<Context>) {
    router.get("health/live") { _, _ in Self.json(.ok, "{\"status\":\"live\"}") }
    router.get("health/ready") { _, _ in
      guard isReady else { return Self.json(.serviceUnavailable, unready) }
      return Self.json(.ok, "{\"status\":\"ready\"}")
    }
    router.get("metrics") { _, _ in
      Self.response(.ok, MetricsText.mediaType, metrics)
    }
  }

  /// A server with nothing but these routes, as a service of the process.
  ///
  /// - Parameter onListening: told the port once connections are accepted.
  public func application(
    host: String, port: Int, onListening: @escaping @Sendable (Int) async -> Void
  ) -> some ApplicationProtocol {
    let router = Router()
    addRoutes(to: router)
    return Application(
      router: router,
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port), serverName: "saldo"),
      onServerRunning: { await onListening($0.localAddress?.port ?? 0) },
      logger: logger)
  }

  /// The body of an answer that it is not ready: titles need no escaping.
  private var unready: String {
    let missing = stages.filter { !status.isReady([$0]) }.map { "\"\($0.title)\"" }
    return "{\"stages\":[\(missing.joined(separator: ","))],\"status\":\"starting\"}"
  }

  private static func json(_ status: HTTPResponse.Status, _ text: String) -> Response {
    response(status, "application/json", text)
  }

  private static func response(
    _ status: HTTPResponse.Status, _ mediaType: String, _ text: String
  ) -> Response {
    Response(
      status: status, headers: [.contentType: mediaType],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}
