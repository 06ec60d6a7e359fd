import Foundation
import HTTPServer
import RawHTTP
import Testing

/// What a client's end, and the connection's, come to.
@Suite struct EndOfClientTests {
  private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

  @Test("A late end of a line does not cut an answer", arguments: ["\r\n", get, "garbage"])
  func lingers(_ late: String) async throws {
    let total = 1 << 20
    let text = try await withServer { router in
      router.post("/") { request in
        _ = try await request.body.collect(upTo: 9)
        return Response(body: .bytes([UInt8](repeating: 0x61, count: total)))
      }
    } _: { port, _ in
      try await client(port, receiveBuffer: 16 << 10) { client in
        try client.send(
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nConnection: close\r\n\r\na")
        var text = try client.receive(100)
        try client.send(late)
        while case let part = try client.receive(), !part.isEmpty { text += part }
        return text
      }
    }
    #expect(try AnswerReader.all(text).map(\.body.count) == [total])
  }

  @Test("A handler can see that its client has ended its sending, which still gets its answer")
  func halfClose() async throws {
    let text = try await withServer { router in
      router.get("/") { request in
        while !request.hasClientEnded { await Task.yield() }
        return Response("text/plain", "answered")
      }
    } _: { port, _ in
      try await client(port) { client in
        try client.send(Self.get)
        client.endSending()
        return try client.receiveAll()
      }
    }
    #expect(text.hasSuffix("answered"))
  }

  @Test("A handler whose client has closed is cancelled, without anything being sent to it")
  func closed() async throws {
    var limits = ServerLimits()
    limits.probeTime = .seconds(1)
    let ended = Moment<Void>()
    try await withServer(limits) { router in
      router.get("/") { request in
        do { try await untilCancelled() } catch { ended.come() }
        return Response()
      }
    } _: { port, _ in
      try await client(port) { client in
        // The client's system forgets a closed connection after a second instead of a minute.
        var time: Int32 = 1
        setsockopt(
          client.descriptor, Int32(IPPROTO_TCP), TCP_LINGER2, &time,
          socklen_t(MemoryLayout<Int32>.size))
        try client.send(Self.get)
      }
      await ended.wait()
    }
  }

  @Test("A stray end of a line is not the beginning of a request", arguments: ["\r\n", "\r"])
  func strayLine(_ stray: String) async throws {
    var limits = ServerLimits()
    limits.headTime = .milliseconds(300)
    limits.idleTime = .milliseconds(900)
    let text = try await withServer(limits) { router in
      router.get("/") { _ in Response("text/plain", "answered") }
    } _: { port, _ in
      try await client(port) { client in
        try client.send(Self.get)
        let first = try client.receiveText()
        try client.send(stray)
        return first + (try client.receiveAll())
      }
    }
    #expect(statuses(text) == ["200"])
  }

  @Test("Nothing is sent after a write that failed") func noHole() async throws {
    var limits = ServerLimits()
    limits.stallTime = .milliseconds(500)
    let failures = Noted<String>()
    let faults = Noted<String>()
    let answers = Noted<AccessRecord>()
    let hasFailed = DispatchSemaphore(value: 0)
    let received = try await withServer(limits, faults: faults, answers: answers) { router in
      router.get("/") { _ in
        Response(
          body: .stream { writer in
            do {
              while true { try await writer.write([UInt8](repeating: 0x61, count: 256 << 10)) }
            } catch {
              failures.note("\(error)")
            }
            hasFailed.signal()
            // The client takes all that comes from here on, and must not take it for the next part.
            for _ in 0..<2 {
              do {
                try await writer.write([UInt8](repeating: 0x62, count: 64 << 10))
              } catch {
                failures.note("\(error)")
              }
            }
          })
      }
    } _: { port, _ in
      try await client(port, receiveBuffer: 16 << 10) { client in
        try client.send(Self.get)
        hasFailed.wait()
        var received: [UInt8] = []
        while case let part = try client.receive(), !part.isEmpty { received += part }
        return received
      }
    }
    #expect(!received.contains(0x62))
    #expect(failures.all == ["timedOut", "timedOut", "timedOut"])
    #expect(answers.all.map(\.isComplete) == [false])
    #expect(faults.all.isEmpty)
  }
}
