import Foundation

/// What systemd is told of the process where it runs as a service of `Type=notify`: sd_notify(3),
/// over the socket that the environment names. Elsewhere there is nobody to tell.
struct ServiceManager: Sendable {
  /// A path, or a name of Linux' abstract sockets behind a `@`.
  private let socket: String
  /// How often it must hear of the process so as not to restart it; nil if it does not watch.
  let watchdog: Duration?

  /// The service manager that the environment names, if there is one.
  init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
    guard let socket = environment["NOTIFY_SOCKET"], ["/", "@"].contains(socket.prefix(1)) else {
      return nil
    }
    self.socket = socket
    // The watch is meant for another process if it is named and is not this one.
    let isMeant = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
    let microseconds = environment["WATCHDOG_USEC"].flatMap { Int64($0) }.flatMap {
      $0 > 0 ? $0 : nil
    }
    watchdog = isMeant ? microseconds.map { .microseconds($0) } : nil
  }

  /// The process takes connections.
  func isReady() { tell("READY=1") }

  /// The process finishes what is in hand, and ends.
  func isStopping() { tell("STOPPING=1") }

  /// Tells again and again that the process is well, twice as often as it must, until the task is
  /// cancelled; returns at once if nobody watches. A process whose tasks do not run any more says
  /// nothing, and is restarted.
  func watch() async {
    guard let watchdog else { return }
    while !Task.isCancelled {
      tell("WATCHDOG=1")
      try? await Task.sleep(for: watchdog / 2)
    }
  }

  /// Sends one message. That nobody takes it is no reason not to go on.
  func tell(_ state: String) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = Array(socket.utf8)
    guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    if name.first == UInt8(ascii: "@") {
      withUnsafeMutableBytes(of: &address.sun_path) { $0[0] = 0 }
    }
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC, 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let length = MemoryLayout.offset(of: \sockaddr_un.sun_path).map { $0 + name.count } ?? 0
    let message = Array(state.utf8)
    _ = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(
          descriptor, message, message.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT),
          $0, socklen_t(length))
      }
    }
  }
}
