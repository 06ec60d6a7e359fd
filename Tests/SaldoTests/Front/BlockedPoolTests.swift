import Auditor
import Dispatch
import Foundation
import HTTPServer
import IngestService
import Logging
import RawHTTP
import SaldoComposition
import Synchronization
import Testing

@testable import SaldoCommands

/// Answers wait for nothing but what they need: not for the threads that all tasks share, which
/// somebody may block.
@Suite(.timeLimit(.minutes(20))) struct BlockedPoolTests {
  @Test func everythingIsAnsweredWhileEveryThreadOfThePoolIsBlocked() async throws {
    try await Workplace.with { place in
      // Its books have transfers.
      try await place.process([Scenario.events("everything")], ["--partitions", "2"])
      let local = try await LocalSystem(
        directory: place.path("data"),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      let archive = try Scenario.customsFiles("plain").first { $0.hasSuffix(".zip") }
      let zip = [UInt8](try Data(contentsOf: URL(filePath: try #require(archive))))
      let event = Scenario.events("plain")
      let events = try String(contentsOfFile: event, encoding: .utf8)
      let statuses = try await Self.serving(local, place) { port in
        let connection = try RawConnection(port: port)
        defer { connection.close() }
        let pool = BlockedPool()
        defer { pool.release() }
        var statuses = [
          try connection.request("GET", "/health/live").status,
          try connection.request("GET", "/health/ready").status,
          try connection.request("GET", "/metrics").status,
          try connection.request("POST", "/v1/events", body: events).status,
          try connection.request("GET", "/v1/transfers/none").status,
          try connection.request("POST", "/v1/transfers/pair", body: Self.decision).status,
        ]
        try connection.send(
          "POST /v1/files/a.zip HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(zip.count)\r\n\r\n"
        )
        try connection.send(zip)
        statuses.append(try connection.receiveResponse().status)
        try connection.send(
          "GET /v1/transfers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        statuses.append(RawResponse(head: try connection.receiveAll()).status)
        #expect(pool.isBlocked)
        return statuses
      }
      #expect(statuses == [200, 503, 200, 202, 404, 404, 202, 200])
      await local.close()
    }
  }

  private static let decision =
    #"{"by":"A","reason":"r","sender":{"rfc":"MNO010101AB1","pedimento":"260717694000001"},"#
    + #""receiver":{"rfc":"BRX990101CD2","pedimento":"260717694000002"}}"#

  /// Serves a system whose stages do not run, for as long as a client needs it.
  private static func serving<Answer: Sendable>(
    _ local: LocalSystem, _ place: Workplace,
    _ body: @escaping @Sendable (Int) throws -> Answer
  ) async throws -> Answer {
    let listening = try Listening(ListenOptions(), showsBooks: true)
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let server = listening.server(port: 0, clients: 100, logger: logger) { router in
      local.operations().addRoutes(to: &router)
      IngestFront(
        log: local.log, partitions: local.partitions,
        settings: .init(uploadFolder: place.path("uploads")), logger: logger
      ).addRoutes(to: &router)
      TransferRoutes(
        data: place.path("data"), log: local.log, partitions: local.partitions, bearer: nil,
        logger: logger
      ).add(to: &router)
    }
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    return try await withThrowingTaskGroup(of: Answer?.self) { group in
      group.addTask {
        try await server.run { port.yield($0) }
        return nil
      }
      group.addTask {
        defer { server.drain() }
        for await port in ports { return try await onThread { try body(port) } }
        return nil
      }
      var answer: Answer?
      while let ended = try await group.next() { answer = ended ?? answer }
      return try #require(answer)
    }
  }
}

/// All threads that tasks share, blocked.
private final class BlockedPool: Sendable {
  private let gate = DispatchSemaphore(value: 0)
  private let canary = Atomic<Bool>(false)
  private let count = 4 * ProcessInfo.processInfo.activeProcessorCount

  /// Returns once they are.
  init() {
    let started = DispatchSemaphore(value: 0)
    for _ in 0..<count {
      Task.detached { [gate] in Self.block(started, gate) }
    }
    for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { started.wait() }
    Task.detached { [self] in canary.store(true, ordering: .relaxed) }
  }

  private static func block(_ started: DispatchSemaphore, _ gate: DispatchSemaphore) {
    started.signal()
    gate.wait()
  }

  /// Whether nothing ran on them meanwhile.
  var isBlocked: Bool { !canary.load(ordering: .relaxed) }

  func release() { for _ in 0..<count { gate.signal() } }
}
