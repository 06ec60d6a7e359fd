import EventLog
import EventLogKafka
import Foundation
import LocalSystem
import Logging
import Testing

/// A cluster with topics of a test's own: a stand-in broker, or the one that `SALDO_TEST_KAFKA`
/// (`host:port`) names, where the topics get a prefix.
struct TestCluster: Sendable {
  let place: Workplace
  let servers: String
  /// The broker, where it is the test's own.
  let broker: StandInBroker?
  private let prefix: String
  private let properties: [String]

  /// Runs a test on a cluster, whose topics have so many partitions.
  static func with(
    _ place: Workplace, partitions: Int, _ body: (TestCluster) async throws -> Void
  ) async throws {
    let real = ProcessInfo.processInfo.environment["SALDO_TEST_KAFKA"]
    let cluster: TestCluster
    if let real {
      cluster = TestCluster(
        place: place, servers: real, broker: nil, prefix: "test-\(UUID().uuidString).",
        properties: quick)
    } else {
      let broker = try StandInBroker(folder: place.path("broker"))
      try await broker.start()
      cluster = TestCluster(
        place: place, servers: "127.0.0.1:\(broker.port)", broker: broker, prefix: "",
        properties: quick + standIn)
    }
    do {
      try await SaldoProgram.run(
        ["topics", "create", "--partitions", "\(partitions)"] + cluster.options, expecting: 0)
      try await body(cluster)
    } catch {
      await cluster.broker?.stop()
      throw error
    }
    await cluster.broker?.stop()
  }

  /// Members that find out soon that a group has changed.
  private static let quick = ["heartbeat.interval.ms=500", "session.timeout.ms=10000"]
  /// What noida needs: it knows no cooperative assignment, and no limit on a fetch.
  private static let standIn = [
    "partition.assignment.strategy=range", "receive.message.max.bytes=2000000000",
  ]

  /// What every command is told.
  var options: [String] {
    ["--log", "kafka://\(servers)"] + (prefix.isEmpty ? [] : ["--topic-prefix", prefix])
      + properties.flatMap { ["--kafka", $0] }
  }

  /// The log, for looking into it.
  func log() throws -> any EventLog {
    var settings = KafkaSettings(servers: servers)
    for property in properties {
      let pair = property.split(separator: "=")
      settings.properties[String(pair[0])] = String(pair[1])
    }
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
