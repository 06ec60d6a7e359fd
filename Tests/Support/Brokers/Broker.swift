import Foundation
import Synchronization

/// A stand-in for a Kafka cluster, on loopback, with a folder of its own.
///
/// What each can stand for is told in the decision on test brokers. `.ci/brokers` installs them.
public final class Broker: Sendable {
  /// What there is.
  public enum Kind: Sendable {
    /// Keeps its records over a restart by ``terminate()``. Takes no cooperative assignor, and
    /// never expires a member that was killed.
    case noida
    /// In memory. Only clients of librdkafka 2.2 and later can connect (``newerClient``).
    case tansu
  }

  /// `host:port`.
  public let servers: String
  /// The properties that a client needs with this broker.
  public let properties: [String: String]

  private let kind: Kind
  private let port: UInt16
  private let folder: URL
  private let run = Mutex<BrokerRun?>(nil)

  /// Starts a broker.
  public init(_ kind: Kind = .noida) throws {
    self.kind = kind
    folder = FileManager.default.temporaryDirectory
      .appending(path: "saldo-broker-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    port = try FreePort.find()
    servers = "127.0.0.1:\(port)"
    properties = kind.properties
    do {
      try start()
    } catch {
      try? FileManager.default.removeItem(at: folder)
      throw error
    }
  }

  deinit { run.withLock { $0?.end() } }

  /// Starts it again after ``terminate()``, on the same port and with what it had.
  public func start() throws {
    let program = try Installation.program(kind)
    try run.withLock { run in
      run = try BrokerRun(
        program, kind.arguments(port: port, folder: folder), folder: folder, ready: kind.ready)
    }
  }

  /// Has it end in good order, so that it keeps what it has, and waits for that.
  public func terminate() throws {
    try run.withLock { run in
      try run?.terminate()
      run = nil
    }
  }

  /// Whether the broker of a kind is installed.
  public static func isInstalled(_ kind: Kind) -> Bool {
    (try? Installation.program(kind)) != nil
  }

  /// The folder and name of a newer librdkafka, for programs that are to reach Tansu.
  public static var newerClient: URL? { Installation.newerClient }
}

extension Broker.Kind {
  fileprivate var ready: String {
    switch self {
    case .noida: "press Ctrl-C to stop"
    case .tansu: "ready in"
    }
  }

  fileprivate var properties: [String: String] {
    switch self {
    case .noida:
      // It sends a partition whole, whatever the limits of a fetch are.
      [
        "partition.assignment.strategy": "range", "receive.message.max.bytes": "2000000000",
      ]
    case .tansu: [:]
    }
  }

  fileprivate func arguments(port: UInt16, folder: URL) -> [String] {
    switch self {
    case .noida:
      [
        "start", "--only", "kafka", "--host", "127.0.0.1", "--kafka-port", "\(port)",
        "--data-dir", folder.path,
      ]
    case .tansu:
      [
        "broker", "--storage-engine", "memory://tansu/", "--listener-url",
        "tcp://127.0.0.1:\(port)", "--advertised-listener-url", "tcp://127.0.0.1:\(port)",
      ]
    }
  }
}
