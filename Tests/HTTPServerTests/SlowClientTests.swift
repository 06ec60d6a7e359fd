import Foundation
import HTTPServer
import RawHTTP
import Synchronization
import Testing

/// Clients that are slow, or gone, cost no more than they may.
@Suite struct SlowClientTests {
  private var impatient: ServerLimits {
    var limits = ServerLimits()
    limits.headTime = .seconds(1)
    limits.idleTime = .seconds(2)
    limits.stallTime = .seconds(1)
    return limits
  }

  /// Sends a byte every hundredth of a second until the server is tired of it.
  @Sendable private static func drip(_ client: RawConnection, after beginning: String) throws
    -> String
  {
    try client.send(beginning)
    var ready = pollfd(fd: client.descriptor, events: Int16(POLLIN), revents: 0)
    for _ in 0..<3_000 {
      if poll(&ready, 1, 10) > 0 { break }
      try client.send("a")
    }
    return try client.receiveAll()
  }

  @Test(
    "Gives up on a head, or a body, that drips in",
    arguments: [
      "GET / HTTP/1.1\r\nHost: a\r\nX: ",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n",
    ])
  func drips(_ beginning: String) async throws {
    let (text, taken) = try await withServer(impatient) { router in
      router.post("/") { Response("text/plain", "\(try await $0.body.collect(upTo: 9_999).count)") }
    } _: { port, _ in
      // Measured by the client's own thread: the test waits for a thread of the pool.
      try await client(port) { client in
        let began = ContinuousClock.now
        let text = try Self.drip(client, after: beginning)
        return (text, ContinuousClock.now - began)
      }
    }
    #expect(statuses(text) == ["408"])
    #expect(taken < .seconds(15))
  }

  @Test("Closes a connection without a request after a while") func idle() async throws {
    let text = try await withServer(impatient) { _ in
    } _: { port, _ in
      try await client(port) { try $0.receiveAll() }
    }
    #expect(text.isEmpty)
  }

  @Test("Makes no more than a slow reader takes, and gives up on one that stops")
  func slowReader() async throws {
    let written = Atomic<Int>(0)
    let ended = Noted<String>()
    try await withServer(impatient) { router in
      router.get("/") { _ in
        Response(
          body: .stream { writer in
            do {
              for _ in 0..<1_600 {
                try await writer.write([UInt8](repeating: 0x61, count: 64 << 10))
                written.add(64 << 10, ordering: .relaxed)
              }
            } catch {
              ended.note("\(error)")
              throw error
            }
          })
      }
    } _: { port, _ in
      try await client(port, receiveBuffer: 32 << 10) { client in
        try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        // Takes some, and then nothing until the server gives up.
        for _ in 0..<10 { _ = try client.receive(10_000) }
        var ready = pollfd(fd: client.descriptor, events: Int16(POLLHUP | POLLERR), revents: 0)
        poll(&ready, 1, 5_000)
      }
      _ = await ended.first()
    }
    #expect(ended.all == ["timedOut"])
    #expect(written.load(ordering: .relaxed) < 16 << 20)
  }

  @Test("Cancels what makes a stream for a client that is gone") func gone() async throws {
    let ended = Noted<String>()
    let answers = Noted<AccessRecord>()
    try await withServer(answers: answers) { router in
      router.get("/") { _ in
        Response(
          body: .stream { writer in
            do {
              while true {
                try await writer.write("more")
                try await writer.flush()
                await Task.yield()
              }
            } catch {
              ended.note("ended")
              throw error
            }
          })
      }
    } _: { port, _ in
      try await client(port) { client in
        try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = try client.receive(through: "more")
      }
      _ = await ended.first()
    }
    #expect(answers.all.map(\.isComplete) == [false])
  }

  @Test("Cancels a handler whose client resets the connection") func reset() async throws {
    let ended = Noted<String>()
    try await withServer { router in
      router.get("/") { _ in
        do { try await untilCancelled() } catch { ended.note("cancelled") }
        return Response()
      }
    } _: { port, _ in
      try await client(port) { client in
        try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        client.reset()
      }
      _ = await ended.first()
    }
    #expect(ended.all == ["cancelled"])
  }

  @Test("Sees a client's end that comes together with its request") func endsAtOnce() async throws {
    let text = try await withServer { router in
      router.get("/") { _ in Response("text/plain", "answered") }
    } _: { port, _ in
      try await client(port) { client in
        // By then the server waits for the next request, so that it learns of both at a time.
        let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        try client.send(request)
        _ = try client.receiveText()
        client.cork()
        try client.send(request)
        client.endSending()
        // Were it not seen, this would wait until the connection has been idle for a minute.
        return try client.receiveAll()
      }
    }
    #expect(text.hasSuffix("answered"))
  }

  @Test("Refuses a body that ends before its end") func cutBody() async throws {
    let text = try await withServer { router in
      router.post("/") { Response("text/plain", "\(try await $0.body.collect(upTo: 99).count)") }
    } _: { port, _ in
      try await client(port) { client in
        try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nabc")
        client.endSending()
        return try client.receiveAll()
      }
    }
    #expect(statuses(text) == ["400"])
  }

  @Test("Answers a client that has only ended its own sending") func halfClosed() async throws {
    let (gate, opening) = AsyncStream.makeStream(of: Void.self)
    let text = try await withServer { router in
      router.get("/") { _ in
        for await _ in gate { break }
        return Response("text/plain", "answered")
      }
    } _: { port, _ in
      try await client(port) { client in
        try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        client.endSending()
        opening.yield()
        return try client.receiveAll()
      }
    }
    #expect(text.hasSuffix("answered"))
  }
}
