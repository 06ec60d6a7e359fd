import HTTPServer
import RawHTTP
import Synchronization
import Testing

@Suite struct BodyTests {
  @Test("Asks for a body that waits to be asked for") func asksForBody() async throws {
    let text = try await withServer { router in
      router.post("/") { Response("text/plain", "\(try await $0.body.collect(upTo: 99).count)") }
    } _: { port, _ in
      try await client(port) { client in
        try client.send(
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
        let asked = try client.receive(through: "\r\n\r\n")
        try client.send("abcde")
        return asked + (try client.receiveText())
      }
    }
    #expect(statuses(text) == ["100", "200"])
    #expect(text.hasSuffix("\r\n\r\n5"))
  }

  @Test("Does not ask for a body that nobody reads, nor that is too large", arguments: [50, 200])
  func doesNotAsk(_ length: Int) async throws {
    let text = try await withServer { router in
      router.on(.post, "/", body: .bytes(100)) { _ in
        throw HTTPError(.forbidden, code: "no", "no")
      }
    } _: { port, _ in
      try await client(port) { client in
        try client.send(
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\nExpect: 100-continue\r\n\r\n")
        return try client.receiveAll()
      }
    }
    #expect(statuses(text) == [length > 100 ? "413" : "403"])
  }

  @Test("Answers 413 before a body that states its length, and within one that does not")
  func tooLarge() async throws {
    let reached = Atomic<Int>(0)
    let sent = try await withServer { router in
      router.on(.post, "/", body: .bytes(100_000)) { request in
        for try await chunk in request.body { reached.add(chunk.count, ordering: .relaxed) }
        return Response()
      }
    } _: { port, _ in
      let stated = try await client(port) { client in
        try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n")
        return try client.receiveAll()
      }
      #expect(statuses(stated) == ["413"])
      return try await client(port) { client in
        try client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        let chunk = "4000\r\n" + String(repeating: "a", count: 0x4000) + "\r\n"
        var sent = 0
        // The server goes on taking for a moment, so that its answer is not lost.
        while sent < 20 {
          try client.send(chunk)
          sent += 1
        }
        #expect(statuses(try client.receiveAll()) == ["413"])
        return sent
      }
    }
    #expect(sent == 20)
    #expect(reached.load(ordering: .relaxed) <= 100_000)
  }

  @Test("Holds a client back while nobody reads", arguments: [true, false])
  func holdsBack(_ isChunked: Bool) async throws {
    let total = 64 << 20
    let (gate, opening) = AsyncStream.makeStream(of: Void.self)
    let count = try await withServer { router in
      router.post("/", body: .none) { request in
        var chunks = request.body.makeAsyncIterator()
        var count = try await chunks.next()?.count ?? 0
        for await _ in gate { break }
        while let chunk = try await chunks.next() {
          #expect(chunk.count <= 64 << 10)
          count += chunk.count
        }
        return Response("text/plain", "\(count)")
      }
    } _: { port, _ in
      try await client(port) { client in
        let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(total)"
        try client.send("POST / HTTP/1.1\r\nHost: a\r\n\(framing)\r\n\r\n")
        let part = String(repeating: "a", count: 1 << 20)
        let chunk = isChunked ? "100000\r\n" + part + "\r\n" : part
        // No more gets away than the system's buffers hold.
        var blocked = Array(chunk.utf8)[...]
        var sent = 0
        while sent < total {
          let took = client.sendSome(blocked)
          if took == 0 { break }
          sent += took
          blocked = blocked.dropFirst(took)
          if blocked.isEmpty { blocked = Array(chunk.utf8)[...] }
        }
        #expect(sent < total / 2)
        opening.yield()
        try client.send(Array(blocked))
        let whole = (sent + blocked.count) / chunk.utf8.count
        for _ in whole..<(total / part.utf8.count) { try client.send(chunk) }
        if isChunked { try client.send("0\r\n\r\n") }
        return try client.receiveText()
      }
    }
    #expect(count.hasSuffix("\r\n\r\n\(total)"))
  }

  @Test("Reads on after a body that the handler left") func skipsRest() async throws {
    let text = try await withServer { router in
      router.post("/") { _ in Response("text/plain", "left") }
    } _: { port, _ in
      try await client(port) { client in
        let request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde"
        try client.send(request + request)
        client.endSending()
        return try client.receiveAll()
      }
    }
    #expect(statuses(text) == ["200", "200"])
  }

  @Test("Sends back a body while it comes, and does not ask for it once the response has begun")
  func echoes() async throws {
    let text = try await withServer { router in
      router.post("/") { request in
        Response(
          body: .stream { writer in
            for try await chunk in request.body {
              try await writer.write(chunk)
              try await writer.flush()
            }
          })
      }
    } _: { port, _ in
      try await client(port) { client in
        try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
        var text = try client.receive(through: "ab\r\n")
        try client.send("cd")
        text += try client.receive(through: "0\r\n\r\n")
        try client.send(
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
        return text + (try client.receiveAll())
      }
    }
    #expect(text.hasSuffix("\r\n\r\n2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n"))
  }

  @Test("A body cannot be read after its request, nor by two") func misuse() async throws {
    let kept = Noted<RequestBody>()
    try await withServer { router in
      router.post("/") { request in
        kept.note(request.body)
        return Response()
      }
    } _: { port, _ in
      _ = try await client(port) { client in
        try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde")
        let answer = try client.receiveText()
        try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n")
        return answer
      }
      await #expect(throws: ConnectionError.self) {
        _ = try await kept.first()?.collect(upTo: 10)
      }
    }
  }
}
