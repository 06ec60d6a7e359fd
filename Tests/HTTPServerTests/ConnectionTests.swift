import HTTPServer
import RawHTTP
import Testing

@Suite struct ConnectionTests {
  private static let hello = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

  @Test("Serves requests one after the other, also where they come together")
  func keepsAlive() async throws {
    let text = try await withServer { router in
      router.get("/{number}") { Response("text/plain", "<\(try $0.parameter("number"))>") }
    } _: { port, _ in
      try await client(port) { client in
        var text = ""
        for number in 0..<3 {
          try client.send("GET /\(number) HTTP/1.1\r\nHost: a\r\n\r\n")
          text += try client.receiveText()
        }
        try client.send((3..<50).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
        try client.send("GET /50 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return text + (try client.receiveAll())
      }
    }
    let bodies = text.split(separator: "<").dropFirst().map { $0.prefix { $0 != ">" } }
    #expect(bodies.map(String.init) == (0...50).map(String.init))
  }

  @Test("Speaks HTTP/1.0: the connection's end is the body's") func http10() async throws {
    let text = try await withServer { router in
      router.get("/") { _ in Response(body: .stream { try await $0.write("all of it") }) }
    } _: { port, _ in
      try await client(port) { client in
        try client.send("GET / HTTP/1.0\r\n\r\n")
        return try client.receiveAll()
      }
    }
    #expect(text.contains("Connection: close"))
    #expect(!text.contains("Transfer-Encoding"))
    #expect(text.hasSuffix("\r\n\r\nall of it"))
  }

  @Test("Streams in chunks, and HEAD has the same headers and no body") func head() async throws {
    let text = try await withServer { router in
      router.get("/") { _ in Response(body: .stream { try await $0.write("abc") }) }
      router.get("/known") { _ in Response("text/plain", "abc") }
    } _: { port, _ in
      try await client(port) { client in
        for (method, path) in [("GET", "/"), ("HEAD", "/"), ("HEAD", "/known")] {
          try client.send("\(method) \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
        }
        client.endSending()
        return try client.receiveAll()
      }
    }
    let parts = text.components(separatedBy: "HTTP/1.1 200 OK\r\n").dropFirst()
    #expect(
      parts.map { $0.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "|") }
        == ["3\r\nabc\r\n0|", "", ""])
    #expect(parts.last?.contains("Content-Length: 3\r\n") == true)
  }

  @Test(
    "Sends no header that could be read as something else",
    arguments: [
      "a\r\nSet-Cookie: b", "a\nb", "a\rb", "a\0b",
    ])
  func injection(_ value: String) async throws {
    let faults = Noted<String>()
    let text = try await withServer(faults: faults) { router in
      router.get("/") { _ in Response(headers: [.location: value]) }
    } _: { port, _ in
      try await client(port) { client in
        try client.send(Self.hello)
        return try client.receiveText()
      }
    }
    #expect(statuses(text) == ["500"])
    #expect(!text.contains("Location") && !text.contains("Set-Cookie"))
    #expect(faults.all.count == 1)
  }

  @Test(
    "Cuts a stream that fails, so that it is not taken for the whole",
    arguments: [nil, 10, 2] as [Int64?])
  func cut(_ length: Int64?) async throws {
    struct Fault: Error {}
    let faults = Noted<String>()
    let text = try await withServer(faults: faults) { router in
      router.get("/") { _ in
        Response(
          body: .stream(length: length) { writer in
            try await writer.write("half")
            try await writer.flush()
            throw Fault()
          })
      }
    } _: { port, _ in
      try await client(port) { client in
        try client.send(Self.hello)
        return try client.receiveAll()
      }
    }
    #expect(!text.hasSuffix("0\r\n\r\n"))
    #expect(faults.all.count == 1)
  }

  @Test("Serves a good client beside a thousand that say nothing, and beyond its places")
  func manyIdle() async throws {
    var limits = ServerLimits()
    (limits.connections, limits.connectionsPerAddress) = (1_000, 2_000)
    let (text, count) = try await withServer(limits) { router in
      router.get("/") { _ in Response("text/plain", "served") }
    } _: { port, server in
      try await client(port) { client in
        let idle = try (0..<1_000).map { _ in try RawConnection(port: port) }
        defer { for client in idle { client.close() } }
        try client.send(Self.hello)
        let first = try client.receiveText()
        let another = try RawConnection(port: port)
        defer { another.close() }
        try another.send(Self.hello)
        return (first + (try another.receiveText()), server.connectionCount)
      }
    }
    #expect(statuses(text) == ["200", "200"])
    #expect(count <= 1_001)
  }

  @Test("Refuses a client where every place has a request, and an address with too many")
  func full() async throws {
    var limits = ServerLimits()
    limits.connections = 2
    let (started, starting) = AsyncStream.makeStream(of: Void.self)
    let text = try await withServer(limits) { router in
      router.get("/") { _ in
        starting.yield()
        try await untilCancelled()
        return Response()
      }
    } _: { port, _ in
      let busy = try [RawConnection(port: port), RawConnection(port: port)]
      defer { for client in busy { client.close() } }
      for client in busy { try client.send(Self.hello) }
      var count = 0
      for await _ in started {
        count += 1
        if count == 2 { break }
      }
      let text = try await client(port) { try $0.receiveAll() }
      for client in busy { client.reset() }
      return text
    }
    #expect(statuses(text) == ["503"])
  }

  @Test("Lets requests in hand finish when it drains, and takes no further") func drains()
    async throws
  {
    let (started, starting) = AsyncStream.makeStream(of: Void.self)
    let (gate, opening) = AsyncStream.makeStream(of: Void.self)
    let (text, idleText) = try await withServer { router in
      router.get("/") { _ in
        starting.yield()
        for await _ in gate { break }
        return Response("text/plain", "finished")
      }
    } _: { port, server in
      async let idle = client(port) { try $0.receiveAll() }
      async let busy = client(port) { client in
        try client.send(Self.hello + Self.hello)
        return try client.receiveAll()
      }
      for await _ in started { break }
      server.drain()
      let idleText = try await idle
      #expect(throws: RawConnection.Failed.self) {
        let late = try RawConnection(port: port)
        defer { late.close() }
        try late.send(Self.hello)
        if try late.receive().isEmpty { throw RawConnection.Failed("closed") }
      }
      opening.yield()
      return (try await busy, idleText)
    }
    #expect(statuses(text) == ["200"])
    #expect(text.contains("Connection: close") && text.hasSuffix("finished"))
    #expect(idleText.isEmpty)
  }

  @Test("Cancels requests that take longer than it has to drain") func drainsInTime() async throws {
    var limits = ServerLimits()
    limits.drainTime = .milliseconds(100)
    let (started, starting) = AsyncStream.makeStream(of: Void.self)
    let text = try await withServer(limits) { router in
      router.get("/") { _ in
        starting.yield()
        try await untilCancelled()
        return Response()
      }
    } _: { port, server in
      try await client(port) { client in
        try client.send(Self.hello)
        Task {
          for await _ in started { break }
          server.drain()
        }
        return try client.receiveAll()
      }
    }
    #expect(statuses(text) == ["503"])
  }
}
