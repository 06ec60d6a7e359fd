import EventLog
import HTTPServer
import Logging

/// What operators and monitors see of a process: its health and its metrics, over HTTP.
///
/// - `GET /health/live`: 200 while the process answers.
/// - `GET /health/ready`: 200 once every stage has joined its group and each partition that it was
///   given runs, else 503; the body names the stages that are not there yet.
/// - `GET /metrics`: every ``Metric``, in Prometheus' text format.
///
/// A service that has an HTTP front of its own adds these to its router; the others serve them by
/// themselves, with ``server(host:port:)``.
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
  public func addRoutes(to router: inout Router) {
    router.get("/health/live") { _ in Self.json(.ok, "{\"status\":\"live\"}") }
    router.get("/health/ready") { _ in
      guard isReady else { return Self.json(.serviceUnavailable, unready) }
      return Self.json(.ok, "{\"status\":\"ready\"}")
    }
    router.get("/metrics") { _ in Response(MetricsText.mediaType, metrics) }
  }

  /// A server with nothing but these routes; it is to be run.
  public func server(host: String, port: Int) -> Server {
    var router = Router(logger: logger)
    addRoutes(to: &router)
    return Server(.init(host: host, port: port, logger: logger), router: router)
  }

  /// The body of an answer that it is not ready: titles need no escaping.
  private var unready: String {
    let missing = stages.filter { !status.isReady([$0]) }.map { "\"\($0.title)\"" }
    return "{\"stages\":[\(missing.joined(separator: ","))],\"status\":\"starting\"}"
  }

  private static func json(_ status: Status, _ text: String) -> Response {
    Response(status: status, "application/json", text)
  }
}
