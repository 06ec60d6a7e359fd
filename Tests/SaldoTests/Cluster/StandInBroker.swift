import Foundation
import Testing

/// noida, which plays a Kafka broker, on a port and a folder of its own.
actor StandInBroker {
  let port: Int
  private let executable: URL
  private let folder: String
  private var process: Process?
  private var ended: AsyncStream<Void>?

  init(folder: String) throws {
    self.folder = folder
    port = try Self.freePort()
    executable = try Self.installed()
  }

  /// Starts it, and returns once it takes connections.
  func start() async throws {
    let process = Process()
    process.executableURL = executable
    process.arguments = [
      "start", "--only", "kafka", "--host", "127.0.0.1", "--kafka-port", "\(port)", "--data-dir",
      folder,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let (ended, continuation) = AsyncStream<Void>.makeStream()
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
    (self.process, self.ended) = (process, ended)
    while !Self.takesConnections(port) {
      try #require(process.isRunning, "the broker ended by itself")
      await Task.yield()
    }
  }

  /// Asks it to end, which saves what it has.
  func stop() async {
    guard let process, let ended else { return }
    process.terminate()
    for await _ in ended {}
    self.process = nil
  }

  private static func installed() throws -> URL {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: ".build/brokers/noida_db/noida-db")
    try #require(
      FileManager.default.isExecutableFile(atPath: file.path),
      "no broker to test on: make prepare")
    return file
  }

  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = loopback(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
      }
    }
    try #require(result == 0)
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private static func takesConnections(_ port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = loopback(port: port)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  private static func loopback(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }
}
