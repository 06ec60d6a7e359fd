import HTTPServer
import RawHTTP
import Testing

/// Who gets a place, and who has to give one up for it.
@Suite struct FairPlaceTests {
  @Sendable private static func routes(_ router: inout Router) {
    router.get("/") { _ in Response("text/plain", "served") }
    router.post("/") { Response("text/plain", "\(try await $0.body.collect(upTo: 99).count)") }
  }

  /// Has a request answered, so that the server has taken the connection and waits for the next.
  private static func idle(_ port: Int, from source: String? = nil) throws -> RawConnection {
    let connection = try RawConnection(port: port, from: source)
    guard try connection.request("GET", "/").status == 200 else { throw NoPort() }
    return connection
  }

  @Test("An address with its share of connections gives up the one that idles longest")
  func shareOfAnAddress() async throws {
    var limits = ServerLimits()
    limits.connectionsPerAddress = 3
    try await withServer(limits, Self.routes) { port, _ in
      try await onThread {
        let other = try Self.idle(port, from: "127.0.0.2")
        let own = try (0..<3).map { _ in try Self.idle(port) }
        let last = try Self.idle(port)
        defer { for connection in own + [other, last] { connection.close() } }
        #expect(try own[0].waitForEnd())
        #expect(!own[1].isClosed && !own[2].isClosed && !other.isClosed)
      }
    }
  }

  @Test("An address whose connections are all at work gets no more, and others do")
  func busyAddress() async throws {
    var limits = ServerLimits()
    limits.connectionsPerAddress = 2
    let (started, starting) = AsyncStream.makeStream(of: Void.self)
    try await withServer(limits) { router in
      Self.routes(&router)
      router.get("/busy") { _ in
        starting.yield()
        try await untilCancelled()
        return Response()
      }
    } _: { port, _ in
      let busy = try await onThread {
        try (0..<2).map { _ in
          let connection = try RawConnection(port: port)
          try connection.send("GET /busy HTTP/1.1\r\nHost: a\r\n\r\n")
          return connection
        }
      }
      var count = 0
      for await _ in started {
        count += 1
        if count == 2 { break }
      }
      try await onThread {
        let refused = try RawConnection(port: port)
        defer { refused.close() }
        let response = try refused.receiveResponse()
        #expect(response.status == 503 && response.header("Retry-After") == "5")
        #expect(response.text.contains(#""code":"noPlace""#))
        let other = try Self.idle(port, from: "127.0.0.2")
        other.close()
        for connection in busy {
          connection.reset()
          connection.close()
        }
      }
    }
  }

  @Test("Bodies that do not come give up their places before anybody is refused")
  func stalledBodies() async throws {
    var limits = ServerLimits()
    limits.connections = 4
    limits.slowTime = .zero
    try await withServer(limits, Self.routes) { port, server in
      try await onThread {
        let stalled = try (0..<4).map { _ in
          let connection = try RawConnection(port: port)
          try connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab")
          return connection
        }
        defer { for connection in stalled { connection.close() } }
        // They have their requests once the server has answered somebody who came after them; until
        // then it may take one of them for idle, or have no place.
        var served = 0
        for _ in 0..<200 where served < 4 {
          let good = try RawConnection(port: port)
          if try good.request("GET", "/").status == 200 { served += 1 }
          good.close()
        }
        #expect(served == 4)
        #expect(try RawConnection.waitForAny(stalled)?.receiveResponse().status == 503)
      }
    }
  }

  @Test("Ends as many as there is need of, and not more for places that are about to be free")
  func countsTheEnding() async throws {
    var limits = ServerLimits()
    (limits.connections, limits.connectionsPerAddress) = (100, 1_000)
    try await withServer(limits, Self.routes) { port, _ in
      try await onThread {
        let idle = try (0..<100).map { _ in try Self.idle(port) }
        let late = try (0..<2).map { _ in try Self.idle(port) }
        defer { for connection in idle + late { connection.close() } }
        // Two go at a time, since all are looked at for it.
        #expect(try idle[0].waitForEnd() && idle[1].waitForEnd())
        #expect(idle[2...].allSatisfy { !$0.isClosed } && late.allSatisfy { !$0.isClosed })
      }
    }
  }

  @Test("Holds no more in responses than it may")
  func responseBytes() async throws {
    var limits = ServerLimits()
    limits.responseBytes = 10 << 20
    try await withServer(limits) { router in
      router.get("/large") { _ in
        Response(body: .bytes([UInt8](repeating: 0x61, count: 8 << 20)))
      }
    } _: { port, _ in
      try await onThread {
        let slow = try RawConnection(port: port, receiveBuffer: 16 << 10)
        try slow.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        // Its first bytes are there, and the rest waits for it.
        _ = try slow.receive(1)
        let second = try RawConnection(port: port)
        #expect(try second.request("GET", "/large").status == 503)
        var count = 1
        while count < 8 << 20 {
          let part = try slow.receive()
          if part.isEmpty { break }
          count += part.count
        }
        slow.close()
        // What the first took is given back, if not at once.
        var status = 503
        for _ in 0..<1_000 where status == 503 {
          status = try second.request("GET", "/large").status
        }
        #expect(status == 200)
        second.close()
      }
    }
  }
}
