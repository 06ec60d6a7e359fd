import Foundation
import RawHTTP
import ServiceRuntime
import Synchronization
import Testing

/// A thousand clients of the real program, and large bodies both ways: what they cost the others.
/// With `SALDO_SOAK` the bodies are of a gibibyte.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ManyClientsTests {
  init() { OpenFiles.raiseLimit() }

  /// Connects a thousand clients from twenty addresses, and has each send something.
  private static func thousand(
    _ port: Int, _ text: (Int) -> String
  ) throws -> [RawConnection] {
    try (0..<1_000).map { number in
      let client = try RawConnection(port: port, from: "127.0.1.\(1 + number % 20)")
      try client.send(text(number))
      return client
    }
  }

  /// How long posts take, and whether all are taken.
  private static func posts(_ port: Int, _ numbers: Range<Int>) throws -> Duration {
    let client = try RawConnection(port: port)
    defer { client.close() }
    let times = try numbers.map { number in
      let body = ManyTransfers.events((number * 20)..<(number * 20 + 20))
      let began = ContinuousClock.now
      let response = try client.request("POST", "/v1/events", body: body)
      #expect(response.status == 202 && response.text.contains(#""accepted":20"#))
      return ContinuousClock.now - began
    }
    return times.sorted()[times.count / 2]
  }

  @Test func aThousandSlowClientsHoldUpNobody() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "1"])
      try await system.waitUntilReady()
      let (port, program) = (system.port, system.program)
      _ = try await system.post(
        "v1/events", Data(ManyTransfers.catalogue.utf8), "application/x-ndjson")
      let (alone, beside) = try await onThread {
        let alone = try Self.posts(port, 0..<25)
        let before = try program.residentBytes()
        let head = "POST /v1/events HTTP/1.1\r\nHost: localhost\r\n"
        let slow = try Self.thousand(port) { number in
          switch number % 3 {
          case 0: "GET /v1/transfers HTTP/1.1\r\nHost: local"
          case 1: head + "Content-Length: 90000\r\n\r\n{\"specversion\":\""
          default: head + "Transfer-Encoding: chunked\r\n\r\n4000\r\n{\"specversion\":\""
          }
        }
        defer { for client in slow { client.close() } }
        let dripping = Dripping(slow)
        defer { dripping.end() }
        let beside = try Self.posts(port, 25..<50)
        #expect(try program.residentBytes() - before < 256 << 20)
        return (alone, beside)
      }
      // Twice as long on a machine that does nothing else.
      #expect(beside < alone * 10, "\(beside) beside them, \(alone) alone")
      try await onThread { try ManyTransfers.wait(for: 1_000, port) }
      #expect(await system.stop(SIGTERM).code == 0)
    }
  }

  @Test func aThousandIdleClientsCostLittle() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "1"])
      try await system.waitUntilReady()
      let (port, program) = (system.port, system.program)
      let clients = try await onThread {
        let before = try program.residentBytes()
        let clients = try Self.thousand(port) { _ in
          "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
        }
        for client in clients { #expect(try client.receiveResponse().status == 200) }
        #expect(try program.residentBytes() - before < 64 << 20)
        #expect(clients.allSatisfy { !$0.isClosed })
        #expect(try clients[999].request("GET", "/health/live").status == 200)
        return clients
      }
      #expect(await system.stop(SIGTERM).code == 0)
      for client in clients { client.close() }
    }
  }

  @Test func aLargeUploadIsTakenInFlatMemory() async throws {
    let size = Soak.isOn ? 1 << 30 : 64 << 20
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "1"])
      try await system.waitUntilReady()
      let (port, program) = (system.port, system.program)
      let uploads = place.path("data/ingest/uploads")
      let stalled = try await onThread {
        let before = try program.residentBytes()
        let first = try Self.upload(port, size, of: size)
        defer { first.close() }
        #expect(try program.residentBytes() - before < 64 << 20)
        let response = try first.receiveResponse()
        #expect(response.status == 400, "\(response.text)")
        // Another one stops half way.
        return try Self.upload(port, size / 2, of: size)
      }
      #expect(await system.stop(SIGTERM).code == 0)
      stalled.close()
      #expect(try FileManager.default.contentsOfDirectory(atPath: uploads) == [])
    }
  }

  /// Sends a part of a file that begins as a ZIP does.
  private static func upload(_ port: Int, _ count: Int, of size: Int) throws -> RawConnection {
    let client = try RawConnection(port: port)
    try client.send(
      "POST /v1/files/a.zip HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(size)\r\n\r\n"
        + "PK\u{3}\u{4}")
    let part = [UInt8](repeating: 0, count: 1 << 20)
    var left = count - 4
    while left > 0 {
      try client.send(left < part.count ? Array(part[..<left]) : part)
      left -= part.count
    }
    return client
  }

  @Test func slowReadersOfManyTransfersCostLittle() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "2"])
      let (port, program) = (system.port, system.program)
      let events = ManyTransfers.catalogue + "\n" + ManyTransfers.events(0..<2_000)
      _ = try await system.post("v1/events", Data(events.utf8), "application/x-ndjson")
      let readers = try await onThread {
        try ManyTransfers.wait(for: 2_000, port)
        let before = try program.residentBytes()
        let readers = try (0..<40).map { _ in
          let reader = try RawConnection(port: port, receiveBuffer: 8 << 10)
          try reader.send("GET /v1/transfers HTTP/1.1\r\nHost: localhost\r\n\r\n")
          return reader
        }
        for reader in readers { #expect(try reader.receive(16).count == 16) }
        #expect(try ManyTransfers.listed(port) == 2_000)
        #expect(try program.residentBytes() - before < 64 << 20)
        return readers
      }
      #expect(await system.stop(SIGTERM).code == 0)
      for reader in readers { reader.close() }
    }
  }

  /// What the server is, by itself: the program has no download of that size.
  @Test func aLargeDownloadIsSentInFlatMemory() async throws {
    let size = Soak.isOn ? 1 << 30 : 64 << 20
    let program = try RunningProgram([], program: "HTTPBench")
    let port = try #require(await program.line(after: "listening on port ").flatMap { Int($0) })
    try await onThread {
      let client = try RawConnection(port: port)
      defer { client.close() }
      try client.send("GET /stream/1000 HTTP/1.1\r\nHost: localhost\r\n\r\n")
      _ = try client.receive()
      let before = try program.residentBytes()
      let reader = try RawConnection(port: port)
      defer { reader.close() }
      try reader.send(
        "GET /stream/\(size) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
      var (count, most) = (0, 0)
      while case let part = try reader.receive(1 << 20), !part.isEmpty {
        if count >> 24 != (count + part.count) >> 24 {
          most = max(most, try program.residentBytes())
        }
        count += part.count
      }
      #expect(count > size && most - before < 32 << 20)
    }
    program.send(SIGKILL)
    _ = await program.ended()
  }
}

/// Sends a byte on each of some connections now and then, from a thread of its own.
private final class Dripping: Sendable {
  private let isOver = Atomic<Bool>(false)
  private let ended = DispatchSemaphore(value: 0)

  init(_ clients: [RawConnection]) {
    Thread.detachNewThread { [self] in
      // No descriptor: half a second goes by.
      var nothing = pollfd(fd: -1, events: 0, revents: 0)
      while !isOver.load(ordering: .relaxed) {
        for client in clients where !client.isClosed { try? client.send("a") }
        poll(&nothing, 1, 500)
      }
      ended.signal()
    }
  }

  func end() {
    isOver.store(true, ordering: .relaxed)
    ended.wait()
  }
}
