import Foundation
import Testing

@testable import SaldoCommands

/// What systemd hears of the process.
struct ServiceManagerTests {
  @Test func withoutTheVariableThereIsNobodyToTell() {
    #expect(ServiceManager(environment: [:]) == nil)
    #expect(ServiceManager(environment: ["NOTIFY_SOCKET": "relative"]) == nil)
  }

  @Test func messagesArriveWhereTheEnvironmentSays() async throws {
    try await Workplace.with { place in
      let listener = try NotifySocket(place.path("notify"))
      let manager = try #require(
        ServiceManager(environment: ["NOTIFY_SOCKET": place.path("notify")]))
      manager.isReady()
      manager.isStopping()
      #expect(await listener.next() == "READY=1")
      #expect(await listener.next() == "STOPPING=1")
      #expect(manager.watchdog == nil)
    }
  }

  @Test func theWatchdogHearsOfTheProcessAgainAndAgain() async throws {
    try await Workplace.with { place in
      let listener = try NotifySocket(place.path("notify"))
      let manager = try #require(
        ServiceManager(environment: [
          "NOTIFY_SOCKET": place.path("notify"), "WATCHDOG_USEC": "2000",
          "WATCHDOG_PID": "\(getpid())",
        ]))
      let watch = Task { await manager.watch() }
      for _ in 0..<3 { #expect(await listener.next() == "WATCHDOG=1") }
      watch.cancel()
      await watch.value
    }
  }

  @Test func aWatchOfAnotherProcessIsNotMeant() throws {
    let manager = try #require(
      ServiceManager(environment: [
        "NOTIFY_SOCKET": "@name", "WATCHDOG_USEC": "2000", "WATCHDOG_PID": "1",
      ]))
    #expect(manager.watchdog == nil)
  }
}

/// Listens where a service manager would.
private final class NotifySocket {
  private let descriptor: Int32

  init(_ path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(result == 0)
  }

  deinit { close(descriptor) }

  /// The next message; it waits for one, and keeps no thread of the pool meanwhile.
  func next() async -> String {
    var bytes = [UInt8](repeating: 0, count: 256)
    while true {
      let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
      if count > 0 { return String(decoding: bytes.prefix(count), as: UTF8.self) }
      await Task.yield()
    }
  }
}
