import Foundation

/// Finds ports on loopback that nobody listens on.
enum FreePort {
  /// Below those that the system gives to connections: while a broker is away, the port of one that
  /// tries to reach it could be the broker's own.
  private static let range: Range<UInt16> = 20_000..<32_000

  /// A port that was free a moment ago.
  static func find() throws -> UInt16 {
    for _ in 0..<100 {
      let port = UInt16.random(in: range)
      if isFree(port) { return port }
    }
    throw BrokerError.notStarted("no free port")
  }

  /// Whether somebody takes connections on a port.
  static func answers(_ port: UInt16) -> Bool {
    use(port) { connect($0, $1, $2) == 0 }
  }

  private static func isFree(_ port: UInt16) -> Bool {
    use(port) { bind($0, $1, $2) == 0 }
  }

  private static func use(
    _ port: UInt16, _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Bool
  ) -> Bool {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { return false }
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    address.sin_port = port.bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
