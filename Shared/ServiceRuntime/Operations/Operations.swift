import EventLog
import HTTPServer
import Logging

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What operators and monitors see of a process: its health and its metrics, over HTTP.
///
/// - `GET /health/live`: 200 while the process answers.
/// - `GET /health/ready`: 200 once every stage has joined its group and each partition that it was
///   given runs, and while the log answers; else 503. The body names the stages that are not there
///   yet, the partitions that cannot go on, and why the log does not answer.
/// - `GET /metrics`: every ``Metric``, in Prometheus' text format.
///
/// A process that takes facts over HTTP adds these to its routes, or serves them on a port of their
/// own, as the others do.
public struct Operations: Sendable {
  private let stages: [Stage]
  private let status: StageStatus
  private let log: any EventLog
  private let watch: StageWatch
  private let process = ProcessFigures()
  private let interval: Duration
  private let fault: @Sendable () -> String?
  private let logger: Logger

  /// - Parameters:
  ///   - stages: those that run in this process.
  ///   - topics: what the topics of the log must be; looked at every now and then.
  ///   - log: asked for its ends.
  ///   - sources: further figures.
  ///   - interval: how often the log, the disk and the sources are asked.
  ///   - fault: what is wrong with what the process stands on; nil if nothing is.
  public init(
    stages: [Stage], topics: [TopicSpecification] = [], status: StageStatus, log: any EventLog,
    sources: [any FigureSource] = [], interval: Duration = .seconds(5),
    fault: @escaping @Sendable () -> String? = { nil }, logger: Logger
  ) {
    self.stages = stages
    self.status = status
    self.log = log
    watch = StageWatch(
      status: status, log: log, inputs: stages.map(\.input), topics: topics, sources: sources,
      logger: logger)
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

  /// Whether every stage works on what it was given, and the log answers and is as it must be.
  public var isReady: Bool {
    fault() == nil && status.isReady(stages) && log.outage == nil
      && watch.findings.objections.isEmpty
  }

  /// The metrics as `GET /metrics` answers them.
  public var metrics: String {
    MetricsPage(
      stages: stages, counts: status.counts, entries: status.all, stopped: status.stopped,
      findings: watch.findings, isReady: isReady, process: process
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

  /// Why the process is not ready; nil if it is.
  private var unready: HTTPError? {
    if let fault = fault() { return HTTPError(.serviceUnavailable, code: "fault", fault) }
    guard !isReady else { return nil }
    let stopped = status.stopped.sorted {
      ($0.key.stage, $0.key.source) < ($1.key.stage, $1.key.source)
    }.map { Stopped(stage: $0.stage, partition: "\($0.source)", reason: $1) }
    let (outage, objections) = (log.outage, watch.findings.objections)
    let isStarting = stopped.isEmpty && outage == nil && objections.isEmpty
    var error = HTTPError(
      .serviceUnavailable, code: isStarting ? "starting" : "stopped",
      isStarting
        ? "some stages do not run what they were given yet"
        : "something cannot go on: see the members of this problem, and the log",
      headers: [.retryAfter: isStarting ? "1" : "5"])
    let missing = stages.filter { !status.isReady([$0]) }.map(\.title)
    error.members = [.init("stages", json: Self.text(missing))]
    if let outage { error.members.append(.init("log", json: Self.text(outage))) }
    if !objections.isEmpty { error.members.append(.init("topics", json: Self.text(objections))) }
    if !stopped.isEmpty { error.members.append(.init("stopped", json: Self.text(stopped))) }
    return error
  }

  private struct Stopped: Encodable { var stage, partition, reason: String }

  private static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }

  private static func json(_ text: String) -> Response { Response("application/json", text) }
}
