import Brokers
import DischargeService
import EventLog
import EventLogKafka
import Foundation
import IngestService
import Logging
import Messages
import ReportingService
import ServiceRuntime
import TransferService

/// The four services as processes of their own over a broker: each alone, and all at once.
struct BrokerBench {
  let program: URL
  let events: Int
  private static let partitions: Int32 = 4

  /// A figure of the table.
  struct Figure {
    var name: String
    var value: Double
    var unit: String
    /// Whether the least is the best.
    var lowIsGood = false
  }

  /// Each service by itself, one behind the other on the same messages, and then a job for Quix
  /// Streams on those that discharge had.
  func services() async throws -> [Figure] {
    try await withBroker(.noida) { broker, log, folder, file in
      var figures: [Figure] = []
      let watch = Stopwatch()
      try load(file, broker)
      figures.append(rate("load, events to the broker", events, watch.seconds, "events/s"))
      var discharge = 0.0
      for service in Service.allCases {
        let count = try await ends(service, log)
        let process = try start(service, broker, folder)
        let work = ProcessWork(processes: [process], stages: service.counted)
        let course = try await work.ends(with: count, Stopwatch())
        // Without the start of the process and of its group.
        let figure = rate(
          "\(service.rawValue) alone, through the broker",
          course.last.applied - course.first.applied, course.last.seconds - course.first.seconds,
          "messages/s")
        if service == .discharge { discharge = figure.value }
        figures.append(figure)
        process.stop()
      }
      let movements = try await ends(.discharge, log)
      let quix = try QuixBench.run(
        broker: broker.servers, topic: Topic.movements.rawValue, messages: movements * 3 / 4,
        folder: folder.path)
      figures.append(
        Figure(name: "the PEPS job on Quix Streams, exactly once", value: quix, unit: "messages/s"))
      figures.append(Figure(name: "discharge against that", value: discharge / quix, unit: "times"))
      return figures
    }
  }

  /// All four at once, once they have their partitions: from the first event produced until
  /// everything is applied.
  func endToEnd() async throws -> [Figure] {
    try await withBroker(.tansu) { broker, _, folder, file in
      let processes = try Service.allCases.map { try start($0, broker, folder) }
      let work = ProcessWork(processes: processes, stages: Service.ingest.counted)
      try await work.ready()
      let watch = Stopwatch()
      try load(file, broker)
      let seconds = try await work.ends(with: events, watch).last.seconds
      let peaks = processes.map(\.peakMiB)
      for process in processes { process.stop() }
      return [
        rate("four processes and the broker, end to end", events, seconds, "events/s"),
        Figure(
          name: "the largest of the four, peak memory", value: Double(peaks.max() ?? 0),
          unit: "MiB", lowIsGood: true),
      ]
    }
  }

  /// All events lie in the broker before any service starts: what each holds in memory at most, and
  /// how fast the four together get through.
  func backlog() async throws -> [Figure] {
    try await withBroker(.tansu) { broker, _, folder, file in
      try load(file, broker)
      Progress.show("\(events) events wait in the broker")
      let watch = Stopwatch()
      let processes = try Service.allCases.map { ($0, try start($0, broker, folder)) }
      let work = ProcessWork(processes: processes.map(\.1), stages: Service.ingest.counted)
      let seconds = try await work.ends(with: events, watch).last.seconds
      let peaks = processes.map { service, process in
        Figure(
          name: "\(service.rawValue), peak memory before a backlog of \(events) events",
          value: Double(process.peakMiB), unit: "MiB", lowIsGood: true)
      }
      for (_, process) in processes { process.stop() }
      return [rate("four processes, with that backlog", events, seconds, "events/s")] + peaks
    }
  }

  private enum Service: String, CaseIterable {
    case ingest, discharge, transfer, reporting

    var stages: [Stage] {
      switch self {
      case .ingest: IngestService.stages()
      case .discharge: DischargeService.stages()
      case .transfer: TransferService.stages()
      case .reporting: ReportingService.stages(publishing: true)
      }
    }

    /// The stages whose messages count. What intake sends to the documents stage is the service's
    /// own: of ingest only what comes in does.
    var counted: [Stage] { self == .ingest ? [stages[0]] : stages }
  }

  private func withBroker(
    _ kind: Broker.Kind,
    _ body: (Broker, any EventLog, TemporaryFolder, String) async throws -> [Figure]
  ) async throws -> [Figure] {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let file = folder.path + "/events.ndjson"
    _ = try ProcessBench.write(events, to: file)
    let broker = try Broker(kind)
    defer { withExtendedLifetime(broker) {} }
    try run(["topics", "create", "--partitions", "\(Self.partitions)"] + options(broker))
    var settings = KafkaSettings(servers: broker.servers)
    settings.properties = properties(broker)
    var logger = Logger(label: "bench")
    logger.logLevel = .error
    let log = try KafkaLog(settings: settings, logger: logger)
    let figures = try await body(broker, log, folder, file)
    await log.close()
    return figures
  }

  private func load(_ file: String, _ broker: Broker) throws {
    try run(["load", file] + options(broker))
  }

  private func start(
    _ service: Service, _ broker: Broker, _ folder: TemporaryFolder
  ) throws -> BenchProcess {
    let process = try BenchProcess(
      program,
      [
        service.rawValue, "--data", "\(folder.path)/\(service.rawValue)", "--port", "0",
        "--log-level", "error",
      ] + options(broker))
    try process.waitForAddress()
    return process
  }

  private func run(_ arguments: [String]) throws {
    _ = try BenchProcess(program, arguments).ended()
  }

  private func options(_ broker: Broker) -> [String] {
    ["--log", "kafka://\(broker.servers)"]
      + properties(broker).sorted { $0.key < $1.key }
      .flatMap { ["--kafka", "\($0.key)=\($0.value)"] }
  }

  /// What the client has to be told of the broker, and times with which a group is soon complete.
  private func properties(_ broker: Broker) -> [String: String] {
    broker.properties.merging(
      ["heartbeat.interval.ms": "500", "session.timeout.ms": "10000"]) { $1 }
  }

  /// How many messages lie in the topics that a service reads.
  private func ends(_ service: Service, _ log: any EventLog) async throws -> Int {
    var count: Int64 = 0
    for topic in Set(service.counted.map(\.input)) {
      for partition in 0..<Self.partitions {
        count += try await log.end(of: TopicPartition(topic, partition))
      }
    }
    return Int(count)
  }

  private func rate(_ name: String, _ count: Int, _ seconds: Double, _ unit: String) -> Figure {
    Figure(name: name, value: Double(count) / seconds, unit: unit)
  }
}
