import Foundation

/// The cluster that tests share: a real one where `SALDO_TEST_KAFKA` names its servers, else a
/// broker that starts with the first test and ends with this process.
///
/// Names of topics and groups must be the test's own: see ``unique(_:)``.
public struct TestCluster: Sendable {
  /// `host:port[,host:port]`.
  public var servers: String
  /// The properties that a client needs there.
  public var properties: [String: String]

  private static let broker = Result { try Broker(.noida) }

  /// The servers that `SALDO_TEST_KAFKA` names.
  private static var named: String? {
    ProcessInfo.processInfo.environment["SALDO_TEST_KAFKA"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether tests are to run on it: always where tests must not be left out (`CI=true`), so that a
  /// missing broker fails there.
  public static var isWanted: Bool {
    named != nil || Broker.isInstalled(.noida)
      || ProcessInfo.processInfo.environment["CI"] == "true"
  }

  /// The cluster.
  ///
  /// - Throws: ``BrokerError``.
  public static func shared() throws -> TestCluster {
    if let named { return TestCluster(servers: named, properties: [:]) }
    let broker = try broker.get()
    return TestCluster(servers: broker.servers, properties: broker.properties)
  }

  /// A name that no other test, nor another run of this one, has.
  public static func unique(_ name: String) -> String {
    "\(name).\(UUID().uuidString.prefix(8).lowercased())"
  }
}
