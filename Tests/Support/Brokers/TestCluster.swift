import Foundation
import Synchronization

/// A cluster that tests share. It starts with the first test and ends with this process.
///
/// Names of topics and groups must be the test's own: see ``unique(_:)``.
public struct TestCluster: Sendable {
  /// `host:port[,host:port]`.
  public var servers: String
  /// The properties that a client needs there.
  public var properties: [String: String]

  private static let sharedBroker = Result { try Broker(.noida) }
  private static let sharedKafka = Result { try KafkaCluster() }

  /// The servers of a cluster that runs already, which `SALDO_TEST_KAFKA` names.
  private static var named: String? {
    ProcessInfo.processInfo.environment["SALDO_TEST_KAFKA"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether tests are to run on the broker that stands in for Kafka: always where tests must not
  /// be left out (`CI=true`), so that a missing broker fails there.
  public static var isStandInWanted: Bool {
    Broker.isInstalled(.noida) || ProcessInfo.processInfo.environment["CI"] == "true"
  }

  /// Whether there is an Apache Kafka.
  public static var hasKafka: Bool { named != nil || KafkaHome.isThere }

  /// The cluster that says most: Apache Kafka where there is one, else the broker that stands in.
  ///
  /// - Throws: ``BrokerError``.
  public static func best() throws -> TestCluster {
    hasKafka ? try kafka() : try standIn()
  }

  /// The broker that stands in for Kafka.
  ///
  /// - Throws: ``BrokerError``.
  public static func standIn() throws -> TestCluster {
    let broker = try sharedBroker.get()
    return TestCluster(servers: broker.servers, properties: broker.properties)
  }

  /// Apache Kafka: the cluster that `SALDO_TEST_KAFKA` names, else one node out of ``KafkaHome``.
  ///
  /// - Throws: ``BrokerError``.
  public static func kafka() throws -> TestCluster {
    if let named { return TestCluster(servers: named, properties: [:]) }
    let kafka = try sharedKafka.get()
    return TestCluster(servers: kafka.servers, properties: kafka.properties)
  }

  /// A name that no other test, nor another run of this one, has.
  public static func unique(_ name: String) -> String {
    "\(name).\(UUID().uuidString.prefix(8).lowercased())"
  }
}
