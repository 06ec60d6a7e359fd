import CNetwork
import Glibc
import RawHTTP
import Testing

@testable import HTTPServer

/// A socket by itself, without a poller: the test says what epoll would.
@Suite struct ServerSocketTests {
  /// Both ends of a connection; the first is the socket's.
  private func pair() throws -> (Socket, Int32) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
      throw RawConnection.Failed("socketpair")
    }
    return (Socket(ends[0]), ends[1])
  }

  @Test("Two that wait for the same are both told") func twoWaiters() async throws {
    let (socket, other) = try pair()
    defer { close(other) }
    let marks = socket.marks
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<2 {
        group.addTask { try await socket.wait(.writing, since: marks, until: nil) }
      }
      // Whoever is not waiting yet sees it by the marks.
      socket.signal(EPOLLOUT.rawValue)
      try await group.waitForAll()
    }
  }

  @Test("An edge between a call and its wait is not missed, nor taken from another")
  func marks() async throws {
    let (socket, other) = try pair()
    defer { close(other) }
    let marks = socket.marks
    socket.signal(EPOLLIN.rawValue)
    try await socket.wait(.reading, since: marks, until: nil)
    try await socket.wait(.reading, since: marks, until: nil)
    await #expect(throws: ConnectionError.self) {
      try await socket.wait(.reading, since: socket.marks, until: .now)
    }
  }

  @Test("Cancelling one does not end the other's wait") func cancelling() async throws {
    let (socket, other) = try pair()
    defer { close(other) }
    let marks = socket.marks
    let (reader, writer) = (
      Task { try await socket.wait(.reading, since: marks, until: nil) },
      Task { try await socket.wait(.writing, since: marks, until: nil) }
    )
    reader.cancel()
    await #expect(throws: CancellationError.self) { try await reader.value }
    socket.signal(EPOLLOUT.rawValue)
    try await writer.value
  }

  @Test("Whoever waits for a socket that ends is told, and so is whoever comes later")
  func ends() async throws {
    let (socket, other) = try pair()
    defer { close(other) }
    let waiting = Task {
      try await socket.wait(.reading, since: socket.marks, until: nil, isIdle: true)
    }
    while socket.idleSince == nil { await Task.yield() }
    socket.end()
    await #expect(throws: ConnectionError.self) { try await waiting.value }
    await #expect(throws: ConnectionError.self) {
      try await socket.wait(.reading, since: socket.marks, until: nil)
    }
  }

  @Test("The descriptor is closed with its owner") func owner() throws {
    var (socket, other): (Socket?, Int32) = try pair()
    defer { close(other) }
    var byte: UInt8 = 0
    #expect(recv(other, &byte, 1, Int32(MSG_DONTWAIT)) == -1)
    socket = nil
    #expect(socket == nil && recv(other, &byte, 1, Int32(MSG_DONTWAIT)) == 0)
  }
}
