import EventLog
import HTTPServer
import Synchronization
import Testing

@testable import IngestService

/// What a post may cost, and what becomes of one that would cost more.
@Suite struct PostTests {
  private static func bytes(_ text: String, times: Int = 1) -> [UInt8] {
    Array(String(repeating: text, count: times).utf8)
  }

  private static func event(_ id: Int, padding: Int = 0) -> [UInt8] {
    bytes(
      #"{"specversion":"1.0","id":"\#(id)","source":"/e","type":"immex.company.v1","#
        + #""time":"2026-01-02T09:00:00Z","data":{"rfc":"MNO010101AB1","immexProgram":"1","#
        + #""name":"N\#(String(repeating: "x", count: padding))"}}"# + "\n")
  }

  @Test func manyFaultsEndAPost() async throws {
    var limits = FrontLimits()
    limits.faults = 30
    let front = TestFront(limits)
    let good = Self.event(1)
    let (status, text) = try await front.post([good + Self.bytes("{}\n", times: 100_000)])
    #expect(status == 400 && text.contains(#""code":"tooManyFaults""#), "\(text)")
    #expect(text.contains(#""accepted":1"#) && text.contains(#""rejected":30"#))
    #expect(front.log.count == 31)
    // As many as there may be, and no further one, are all taken.
    let just = try await front.post([good + Self.bytes("{}\n", times: 30)])
    #expect(just.status == 202)
  }

  @Test func whatIsAppendedTogetherIsBounded() async throws {
    var limits = FrontLimits()
    limits.batchEvents = 50
    let front = TestFront(limits)
    // All of it comes at once, so that nothing can be sent in between.
    let body = (0..<1_000).flatMap { Self.event($0) }
    #expect(try await front.post([body]).status == 202)
    #expect(front.log.count == 1_000)
    #expect(front.log.batches.allSatisfy { $0.count <= 50 })
    limits.batchBytes = 10_000
    let second = TestFront(limits)
    #expect(try await second.post([body]).status == 202)
    #expect(second.log.batches.allSatisfy { $0.bytes.count < 10_500 })
  }

  @Test func aLargeEventFindsNoRoomWhereOthersHaveAll() async throws {
    var limits = FrontLimits()
    (limits.freeBytes, limits.heldBytes) = (1_000, 50_000)
    let front = TestFront(limits)
    let large = Self.event(1, padding: 40_000)
    let (started, starting) = AsyncStream.makeStream(of: Void.self)
    let (gate, opening) = AsyncStream.makeStream(of: Void.self)
    let pieces = Mutex([Array(large[..<39_000]), Array(large[39_000...])][...])
    let slow = RequestBody {
      let piece = pieces.withLock { $0.popFirst() }
      if pieces.withLock({ $0.count }) == 0, piece != nil {
        starting.finish()
        for await _ in gate {}
      }
      return piece
    }
    async let first = front.post(body: slow)
    for await _ in started {}
    let (status, text) = try await front.post([large])
    #expect(status == 503 && text.contains(#""code":"busy""#), "\(text)")
    // Small ones send on what they have.
    let small = (0..<400).map { Self.event($0) }
    #expect(try await front.post(small).status == 202)
    opening.finish()
    #expect(try await first.status == 202)
    #expect(try await front.post([large]).status == 202)
    #expect(front.log.count == 402)
  }

  @Test func nothingThatCanBeReadIsAProblemWithItsCounts() async throws {
    let front = TestFront()
    let (status, text) = try await front.post([Self.bytes("{\"id\":")])
    #expect(status == 400 && text.contains(#""rejected":1"#) && text.contains("json.malformed"))
    let other = try await front.post([Self.bytes("a,b\n")])
    #expect(other.status == 400 && other.text.contains(#""title":"Bad Request""#))
  }

  @Test func aLogThatFailsIsNotNow() async throws {
    let front = TestFront(log: RecordingLog { throw EventLogError.failed("no disk") })
    let (status, text) = try await front.post([Self.event(1)])
    #expect(status == 503 && !text.contains("no disk"))
  }
}
