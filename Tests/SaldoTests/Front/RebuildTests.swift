import Foundation
import RawHTTP
import Testing

/// Answers keep their time while stages rebuild their stores.
@Suite(.timeLimit(.minutes(20))) struct RebuildTests {
  @Test func healthKeepsItsTimeWhileStagesRebuild() async throws {
    try await Workplace.with { place in
      let count = 2_000
      let file = try place.write(
        ManyTransfers.catalogue + "\n" + ManyTransfers.events(0..<count), to: "events.ndjson")
      try await place.process([file], ["--partitions", "4"])
      // Everything but the log.
      for service in ["ingest", "discharge", "transfer", "reporting"] {
        try FileManager.default.removeItem(atPath: place.path("data/\(service)"))
      }
      let system = try await RunningSystem(place, [])
      let port = system.port
      let (busy, idle) = try await onThread {
        let client = try RawConnection(port: port)
        defer { client.close() }
        var busy: [Duration] = []
        // On a machine that does other things too it may be over by now.
        repeat {
          for _ in 0..<20 { busy.append(try Self.ask(client)) }
        } while try ManyTransfers.listed(port) < count
        let idle = try (0..<max(20, busy.count)).map { _ in try Self.ask(client) }
        return (busy.sorted(), idle.sorted())
      }
      #expect(await system.stop(SIGTERM).code == 0)
      let (median, usual) = (busy[busy.count / 2], idle[idle.count / 2])
      // Where answers waited for the stages, it was hundreds of times as long.
      #expect(median < usual * 30, "\(median) while they rebuild, \(usual) else")
    }
  }

  private static func ask(_ client: RawConnection) throws -> Duration {
    let began = ContinuousClock.now
    let response = try client.request("GET", "/health/live")
    #expect(response.status == 200)
    return ContinuousClock.now - began
  }
}
