import Foundation
import Synchronization

/// A cluster of Apache Kafka on loopback: one node or three, each a broker and a controller
/// (KRaft), in a folder of its own that ends with it.
public final class KafkaCluster: Sendable {
  /// `host:port`, one for each node, separated by commas.
  public let servers: String
  /// The properties that a client needs to be let in.
  public let properties: [String: String]
  /// The numbers of the nodes, from 1.
  public let nodes: ClosedRange<Int>

  let folder: URL
  /// How the administrator's client of Kafka itself reaches the cluster.
  var administration: String { plan.administration }
  private let plan: KafkaNodePlan
  private let runs = Mutex<[Int: BrokerRun]>([:])

  /// What a cluster is to be.
  public struct Setup: Sendable {
    /// One, or three.
    public var nodes = 1
    /// Whether clients need TLS and a login (SCRAM-SHA-512).
    public var isSecure = false
    /// Whether rights are checked: everybody but the administrator has those that are given only.
    public var checksRights = false
    /// Further settings of every broker.
    public var settings: [String: String] = [:]
    /// Whether the nodes are of the older Kafka.
    public var isOlder = false

    /// One node without TLS.
    public init(nodes: Int = 1) { self.nodes = nodes }
  }

  /// The name and the password of the administrator of a cluster with logins.
  public static let administrator = (name: "saldo", password: "saldo-test")
  /// The name and the password of a user without any right of its own.
  public static let user = (name: "service", password: "service-test")

  /// What a client needs that logs in as the user without rights of its own.
  public var userProperties: [String: String] { KafkaNodePlan.login(Self.user, folder) }

  /// Starts a cluster, and returns once all of its nodes take connections.
  ///
  /// - Throws: ``BrokerError``.
  public init(_ setup: Setup = Setup()) throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "saldo-kafka-\(UUID().uuidString)")
    nodes = 1...setup.nodes
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    do {
      plan = try KafkaNodePlan(setup, folder: folder)
      servers = plan.servers
      properties = plan.clientProperties
      for node in nodes { try plan.format(node) }
      for node in nodes { try launch(node, older: setup.isOlder) }
      for node in nodes { try waitUntilReachable(node) }
    } catch {
      runs.withLock { for run in $0.values { run.end() } }
      try? FileManager.default.removeItem(at: folder)
      throw error
    }
  }

  deinit {
    runs.withLock { for run in $0.values { run.end() } }
    try? FileManager.default.removeItem(at: folder)
  }

  /// Kills a node (-9).
  public func kill(_ node: Int) throws {
    try runs.withLock { try $0.removeValue(forKey: node)?.kill() }
  }

  /// Has a node end in good order, and waits for that.
  public func terminate(_ node: Int) throws {
    try runs.withLock { try $0.removeValue(forKey: node)?.terminate() }
  }

  /// Starts a node again with what it had, and returns once it takes connections.
  ///
  /// - Parameter older: whether as one of the older Kafka.
  public func start(_ node: Int, older: Bool = false) throws {
    try launch(node, older: older)
    try waitUntilReachable(node)
  }

  /// Freezes a node (SIGSTOP).
  public func pause(_ node: Int) { runs.withLock { $0[node]?.send(SIGSTOP) } }

  /// Lets a frozen node go on.
  public func resume(_ node: Int) { runs.withLock { $0[node]?.send(SIGCONT) } }

  /// Has one of Kafka's own tools do something; answers what it printed.
  ///
  /// - Parameter tool: the class of the tool, such as `org.apache.kafka.tools.TopicCommand`.
  @discardableResult
  public func run(_ tool: String, _ arguments: [String]) throws -> String {
    try plan.run(tool, arguments)
  }

  func waitUntilReachable(_ node: Int) throws { try plan.waitUntilReachable(node) }

  func launch(_ node: Int, older: Bool) throws {
    try runs.withLock { $0[node] = try plan.launch(node, older: older) }
  }
}
