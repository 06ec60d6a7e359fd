import Foundation
import HTTPServer
import RawHTTP
import Testing

/// Whatever a handler keeps beyond its request gets an error, and never another client's bytes.
@Suite struct LateReaderTests {
  private static func post(_ length: Int, _ body: String = "") -> String {
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n\(body)"
  }

  @Test("A body that is kept does not keep the connection, and reads nothing after it")
  func keptBody() async throws {
    let kept = Moment<RequestBody>()
    try await withServer { router in
      router.post("/") { request in
        kept.come(request.body)
        return Response()
      }
      router.get("/") { _ in Response("text/plain", "served") }
    } _: { port, _ in
      // A reset, so that the connection ends while the body is not whole.
      let answer = try await client(port) { client in
        try client.send(Self.post(5, "ab"))
        let answer = try client.receiveText()
        client.reset()
        return answer
      }
      #expect(statuses(answer) == ["200"])
      let body = await kept.wait()
      // Others get the descriptor, and are served.
      let others = try (0..<20).map { _ in try RawConnection(port: port) }
      defer { for other in others { other.close() } }
      let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
      for other in others { try other.send(String(request.prefix(10))) }
      await #expect(throws: ConnectionError.self) { _ = try await body.collect(upTo: 10) }
      let texts = try await client(port) { _ in
        try others.map { other in
          try other.send(String(request.dropFirst(10)))
          return try other.receiveText()
        }
      }
      for text in texts { #expect(text.hasSuffix("served")) }
      await #expect(throws: ConnectionError.self) { _ = try await body.collect(upTo: 10) }
    }
  }

  @Test("A client sees the end of its connection while a body is kept", arguments: [3, 100_000])
  func keptOpen(_ length: Int) async throws {
    let kept = Noted<Request>()
    try await withServer { router in
      router.post("/") { request in
        kept.note(request)
        return Response()
      }
    } _: { port, _ in
      let text = try await client(port) { client in
        try client.send(Self.post(length, "abc"))
        client.endSending()
        return try client.receiveAll()
      }
      #expect(statuses(text) == ["200"])
    }
    #expect(kept.all.map(\.hasClientEnded) == [true])
  }

  @Test("A reader that waits when its handler returns is told, and the connection ends")
  func leftReader() async throws {
    let ended = Moment<Bool>()
    let text = try await withServer { router in
      router.post("/") { request in
        let hasBegun = Moment<Void>()
        let body = request.body
        Task {
          var chunks = body.makeAsyncIterator()
          do {
            _ = try await chunks.next()
            hasBegun.come()
            while try await chunks.next() != nil {}
            ended.come(false)
          } catch {
            ended.come(error is ConnectionError)
          }
        }
        await hasBegun.wait()
        return Response("text/plain", "left")
      }
    } _: { port, _ in
      try await client(port) { client in
        try client.send(Self.post(5, "ab"))
        let text = try client.receiveAll()
        // Were it not told, it would take this.
        try? client.send("cde")
        return text
      }
    }
    #expect(statuses(text) == ["200"])
    #expect(await ended.wait())
  }

  @Test("A body that could not be read on cannot be read on later") func firstFailureIsFinal()
    async throws
  {
    var limits = ServerLimits()
    limits.stallTime = .milliseconds(500)
    let outcomes = Noted<String>()
    let hasFailed = DispatchSemaphore(value: 0)
    let text = try await withServer(limits) { router in
      router.post("/") { request in
        for _ in 0..<2 {
          do {
            for try await _ in request.body {}
            outcomes.note("read")
          } catch {
            outcomes.note("\(error)")
          }
          hasFailed.signal()
        }
        throw HTTPError(.badRequest, code: "given", "given up")
      }
    } _: { port, _ in
      try await client(port) { client in
        try client.send(Self.post(5, "ab"))
        hasFailed.wait()
        // Too late.
        try client.send("cde")
        return try client.receiveAll()
      }
    }
    #expect(statuses(text) == ["400"])
    #expect(outcomes.all.count == 2 && Set(outcomes.all).count == 1)
    #expect(outcomes.all.first?.hasPrefix("408") == true)
  }

  @Test("A limit counts over all iterations") func limit() async throws {
    let parts = Noted<Int>()
    let body = RequestBody {
      parts.note(0)
      return [UInt8](repeating: 0, count: 40)
    }
    let limited = try body.limited(to: 100)
    for _ in 0..<2 {
      var chunks = limited.makeAsyncIterator()
      #expect(try await chunks.next()?.count == 40)
    }
    for _ in 0..<3 {
      await #expect(throws: HTTPError.self) {
        var chunks = limited.makeAsyncIterator()
        _ = try await chunks.next()
      }
    }
    // Nothing more is taken from the client once the limit was passed.
    #expect(parts.all.count == 3)
  }
}
