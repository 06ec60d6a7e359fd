/// A broker, or a cluster of them, that a test may take away and bring back.
public protocol StoppableBroker: Sendable {
  /// `host:port`, more than one separated by commas.
  var servers: String { get }
  /// The properties that a client needs there.
  var properties: [String: String] { get }

  /// Has it end in good order, so that it keeps what it has, and waits for that.
  func terminate() throws

  /// Starts it again, on the same ports and with what it had.
  func start() throws
}

extension Broker: StoppableBroker {}

extension KafkaCluster: StoppableBroker {
  /// Has every node end in good order, one after the other.
  public func terminate() throws {
    for node in nodes.reversed() { try terminate(node) }
  }

  /// Starts every node, and returns once all of them take connections.
  public func start() throws {
    for node in nodes { try launch(node, older: false) }
    for node in nodes { try waitUntilReachable(node) }
  }
}

extension TestCluster {
  /// A broker of the test's own: Apache Kafka where there is one, else the one that stands in.
  ///
  /// - Throws: ``BrokerError``.
  public static func ownBroker() throws -> any StoppableBroker {
    KafkaHome.isThere ? try KafkaCluster() : try Broker(.noida)
  }
}
