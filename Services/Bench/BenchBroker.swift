import Foundation

/// noida, which plays a Kafka broker, for the length of a measure.
final class BenchBroker {
  /// `host:port`.
  let servers: String
  private let process: Process
  private let folder: TemporaryFolder

  /// What the client has to be told of it: it knows no cooperative assignment, and no limit on a
  /// fetch.
  static let properties = [
    "partition.assignment.strategy": "range", "receive.message.max.bytes": "2000000000",
    "heartbeat.interval.ms": "500", "session.timeout.ms": "10000",
  ]

  /// Starts one, and returns once it takes connections.
  init() throws {
    let executable = Self.packages.appending(path: "noida_db/noida-db")
    guard FileManager.default.isExecutableFile(atPath: executable.path) else {
      throw BenchError.missing("\(executable.path): make prepare installs it")
    }
    folder = try TemporaryFolder()
    let port = try LoopbackPort.free()
    servers = "127.0.0.1:\(port)"
    process = Process()
    process.executableURL = executable
    process.arguments = [
      "start", "--only", "kafka", "--host", "127.0.0.1", "--kafka-port", "\(port)",
      "--data-dir", folder.path + "/broker",
    ]
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
  private static var packages: URL {
    URL(filePath: FileManager.default.currentDirectoryPath).appending(path: ".build/brokers")
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
