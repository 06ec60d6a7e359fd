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
/// A process that takes facts over HTTP adds these to its routes, or serves them on a port of their
/// own, as the others do.
public struct Operations: Sendable {
  private let stages: [Stage]
  private let status: StageStatus
  private let watch: StageWatch
  private let process = ProcessFigures()
  private let interval: Duration
  private let fault: @Sendable () -> String?
  private let logger: Logger

  /// - Parameters:
  ///   - stages: those that run in this process.
  ///   - log: asked for its ends.
  ///   - sources: further figures.
  ///   - interval: how often the log, the disk and the sources are asked.
  ///   - fault: what is wrong with what the process stands on; nil where nothing is.
  public init(
    stages: [Stage], status: StageStatus, log: any EventLog, sources: [any FigureSource] = [],
    interval: Duration = .seconds(5), fault: @escaping @Sendable () -> String? = { nil },
    logger: Logger
  ) {
    self.stages = stages
    self.status = status
    watch = StageWatch(status: status, log: log, sources: sources, logger: logger)
    self.interval = interval
    self.fault = fault
    self.logger = logger
  }

  /// Keeps what the metrics say of the log and the disk up to date, until the task is cancelled.
  public func run() async {
    // It reads files' sizes, and opens some.
    await withTaskExecutorPreference(ProcessThreads.disk) {
      while !Task.isCancelled {
        await watch.refresh()
        do { try await Task.sleep(for: interval) } catch { return }
      }
    }
  }

  /// Asks the log, the disk and the sources now.
  public func refresh() async { await watch.refresh() }

  /// Whether every stage works on what it was given.
  public var isReady: Bool { fault() == nil && status.isReady(stages) }

  /// The metrics as `GET /metrics` answers them.
  public var metrics: String {
    MetricsPage(
      stages: stages, counts: status.counts, entries: status.all, findings: watch.findings,
      isReady: isReady, process: process
    ).text
  }

  /// Adds the routes to a router.
  public func addRoutes(to router: inout Router) {
    router.get("/health/live") { _ in Self.json("{\"status\":\"live\"}") }
    router.get("/health/ready") { _ in
      if let error = unready { throw error }
      return Self.json("{\"status\":\"ready\"}")
    }
    router.get("/metrics") { _ in Response(MetricsText.mediaType, metrics) }
  }

  /// Why the process is not ready; nil where it is. Titles need no escaping.
  private var unready: HTTPError? {
    if let fault = fault() { return HTTPError(.serviceUnavailable, code: "fault", fault) }
    let missing = stages.filter { !status.isReady([$0]) }.map { "\"\($0.title)\"" }
    guard !missing.isEmpty else { return nil }
    var error = HTTPError(
      .serviceUnavailable, code: "starting", "some stages do not run what they were given yet",
      headers: [.retryAfter: "1"])
    error.members = [.init("stages", json: "[\(missing.joined(separator: ","))]")]
    return error
  }

  private static func json(_ text: String) -> Response { Response("application/json", text) }
}
