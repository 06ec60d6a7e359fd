import Brokers
import EventLog
import EventLogKafka
import Foundation
import LocalSystem
import Logging
import Testing

/// A cluster on which a test has topics of its own, and what every command is told of it.
struct ServiceCluster: Sendable {
  let place: Workplace
  let servers: String
  /// The broker, where the test may stop it.
  let broker: Broker?
  private let prefix = TestCluster.unique("saldo") + "."
  private let properties: [String: String]

  /// Members find out soon that a group has changed.
  private static let quick = ["heartbeat.interval.ms": "500", "session.timeout.ms": "10000"]

  /// The cluster that tests share.
  init(_ place: Workplace, partitions: Int) async throws {
    let shared = try TestCluster.shared()
    try await self.init(
      place, shared.servers, shared.properties, broker: nil, partitions: partitions)
  }

  /// A cluster for one test.
  init(_ place: Workplace, on broker: Broker, partitions: Int) async throws {
    try await self.init(
      place, broker.servers, broker.properties, broker: broker, partitions: partitions)
  }

  private init(
    _ place: Workplace, _ servers: String, _ needed: [String: String], broker: Broker?,
    partitions: Int
  ) async throws {
    self.place = place
    self.servers = servers
    self.broker = broker
    properties = Self.quick.merging(needed) { $1 }
    try await SaldoProgram.run(
      ["topics", "create", "--partitions", "\(partitions)"] + options, expecting: 0)
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

  /// Writes the reports into a folder of the place once every service has applied everything.
  func export(to folder: String, settling seconds: Int = 240) async throws {
    let ended = try await SaldoProgram.run(
      [
        "export", "--data", place.path("reader"), "--out", place.path(folder), "--today",
        "2026-01-31", "--settle", "--settle-timeout", "\(seconds)",
      ] + options)
    try #require(ended.code == 0, "\(ended.errors)")
  }
}
