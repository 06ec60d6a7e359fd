import Brokers
import EventLog
import EventLogKafka
import Foundation
import Logging
import SaldoComposition
import Testing

/// A cluster on which a test has topics of its own, and what every command is told of it.
struct ServiceCluster: Sendable {
  let place: Workplace
  let servers: String
  /// The broker, where the test may stop it.
  let broker: (any StoppableBroker)?
  private let mock: MockCluster?
  let prefix = TestCluster.unique("saldo") + "."
  private let properties: [String: String]

  /// Members find out soon that a group has changed. The stand-in noida now and then leaves a
  /// request to join without an answer, and librdkafka asks again after its interval between polls,
  /// which is five minutes by default.
  private static let quick = [
    "heartbeat.interval.ms": "500", "session.timeout.ms": "10000", "max.poll.interval.ms": "40000",
  ]

  /// The cluster that tests share.
  init(_ place: Workplace, partitions: Int) async throws {
    let shared = try TestCluster.best()
    try await self.init(
      place, shared.servers, shared.properties, broker: nil, partitions: partitions)
  }

  /// A cluster for one test.
  init(_ place: Workplace, on broker: any StoppableBroker, partitions: Int) async throws {
    try await self.init(
      place, broker.servers, broker.properties, broker: broker, partitions: partitions)
  }

  /// A mock of a cluster for one test. It finds out when a member dies, but knows no static members
  /// and makes no topics by request.
  init(_ place: Workplace, on mock: MockCluster, partitions: Int) throws {
    self.place = place
    servers = mock.servers
    broker = nil
    self.mock = mock
    properties = Self.quick.merging(["session.timeout.ms": "6000"]) { $1 }
    for topic in SystemTopics.specifications(partitions: Int32(partitions)) {
      try mock.make(name(topic.name), partitions: topic.partitions)
    }
  }

  init(
    _ place: Workplace, _ servers: String, _ needed: [String: String],
    broker: (any StoppableBroker)?, partitions: Int, administrator: [String: String]? = nil
  ) async throws {
    self.place = place
    self.servers = servers
    self.broker = broker
    mock = nil
    properties = Self.quick.merging(needed) { $1 }
    let login = administrator?.flatMap { ["--kafka", "\($0)=\($1)"] } ?? []
    let own =
      administrator == nil ? options : ["--log", "kafka://\(servers)", "--topic-prefix", prefix]
    try await SaldoProgram.run(
      ["topics", "create", "--partitions", "\(partitions)"] + own + login, expecting: 0)
  }

  /// What every command is told.
  var options: [String] {
    ["--log", "kafka://\(servers)", "--topic-prefix", prefix]
      + properties.flatMap { ["--kafka", "\($0)=\($1)"] }
  }

  /// A topic's name on the cluster.
  func name(_ topic: String) -> String { prefix + topic }

  /// The log, for looking into it.
  func log() throws -> any EventLog {
    var settings = KafkaSettings(servers: servers)
    settings.properties = properties
    let log = try KafkaLog(
      settings: settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    return PrefixedLog(log, prefix: prefix)
  }

  /// Waits until stages, each with the topic that it reads, have applied all that there is.
  func waitUntilApplied(by stages: [(name: String, input: String)]) async throws {
    let log = try log()
    do {
      while try await !isApplied(by: stages, log) { try Task.checkCancellation() }
    } catch {
      await log.close()
      throw error
    }
    await log.close()
  }

  private func isApplied(
    by stages: [(name: String, input: String)], _ log: any EventLog
  ) async throws -> Bool {
    var applied: [Int64] = []
    for stage in stages {
      let group = ServiceName.group("saldo.\(stage.name)")
      applied += try await log.applied(group: group, topic: stage.input).map { $0 ?? 0 }
    }
    // After the positions: where they are at the ends of then, nothing has been under way.
    var ends: [Int64] = []
    for stage in stages {
      for partition in 0..<(try await log.partitions(of: stage.input)) {
        ends.append(try await log.end(of: TopicPartition(stage.input, partition)))
      }
    }
    return applied == ends
  }

  /// Writes the reports into a folder of the place once every service has applied everything.
  func export(to folder: String, settling seconds: Int = 600) async throws {
    let ended = try await SaldoProgram.run(
      [
        "export", "--data", place.path("reader"), "--out", place.path(folder), "--today",
        "2026-01-31", "--settle", "--settle-timeout", "\(seconds)",
      ] + options)
    try #require(ended.code == 0, "\(ended.errors)")
  }
}
