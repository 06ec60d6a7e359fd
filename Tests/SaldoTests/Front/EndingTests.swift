import Auditor
import Foundation
import RawHTTP
import SQLite
import Synchronization
import Testing

/// How the real program ends while clients are connected, and what it says when it must.
@Suite(.timeLimit(.minutes(20))) struct EndingTests {
  /// What a client may have left off in the middle of.
  private static let stalls = [
    "", "GET /health/li", post("/v1/events") + "{\"specversion\":",
    post("/v1/files/a.zip") + "PK\u{3}\u{4}" + String(repeating: "a", count: 9_000),
    "POST /v1/files/b.zip HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
      + "9\r\nPK\u{3}\u{4}aaaaa\r\n",
    post("/v1/transfers/pair") + "{\"by\":",
    "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
  ]

  private static func post(_ path: String) -> String {
    "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000\r\n\r\n"
  }

  /// Fifty of them with `SALDO_SOAK`, some at a time.
  private static let rounds = Soak.isOn ? 50 : 2

  @Test(arguments: 0..<rounds)
  func stalledClientsHoldNothingUp(_ round: Int) async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "1"])
      let port = system.port
      let uploads = place.path("data/ingest/uploads")
      let clients = try await onThread {
        let clients = try Self.stalls.map { text in
          let client = try RawConnection(port: port)
          try client.send(text)
          return client
        }
        let asking = try RawConnection(port: port)
        defer { asking.close() }
        // Both files are in hand once they are there.
        while (try? FileManager.default.contentsOfDirectory(atPath: uploads).count) != 2 {
          guard try asking.request("GET", "/health/live").status == 200 else { break }
        }
        return clients
      }
      let began = ContinuousClock.now
      let ended = await system.stop(SIGTERM)
      let taken = ended.moment - began
      for client in clients { client.close() }
      #expect(ended.code == 0 && !ended.isKilled, "\(ended.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: uploads) == [])
      // Ten seconds for them, and what a machine takes that does other things too.
      #expect(taken < .seconds(40))
      let again = try await RunningSystem(place, ["--partitions", "1"])
      #expect(await again.stop(SIGTERM).code == 0)
    }
  }

  @Test func aPartitionThatStopsIsToldWhileClientsConnect() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "1"])
      try await system.waitUntilReady()
      let port = system.port
      let isOver = Flag()
      let connecting = (0..<3).map { _ in
        Task {
          try await onThread {
            while !isOver.isSet {
              guard let client = try? RawConnection(port: port) else { return }
              _ = try? client.request("GET", "/health/live")
              client.close()
            }
          }
        }
      }
      try await onThread {
        let store = try Connection(path: place.path("data/reporting/ledger-0.sqlite"))
        try store.execute("DROP TABLE posting")
        try store.close()
      }
      let events = Data(
        try Scenario(named: "everything").events.joined(separator: Data("\n".utf8)))
      _ = try? await system.post("v1/events", events, "application/x-ndjson")
      var ready = try await system.request("health/ready", nil)
      while ready.0.status != 503 || !ready.1.contains("posting") {
        ready = try await system.request("health/ready", nil)
      }
      #expect(ready.1.contains("reporting/ledger"), "\(ready.1)")
      // The process lives, takes what comes, and ends as it is told to.
      let more = try await system.post("v1/events", events, "application/x-ndjson")
      #expect(more.status == 202)
      isOver.set()
      for task in connecting { try await task.value }
      let ended = await system.stop(SIGTERM)
      #expect(ended.code == 0 && !ended.isKilled, "\(ended.errors)")
      #expect(
        ended.errors.contains("reporting/ledger stopped at saldo.ledger/0"), "\(ended.errors)")
    }
  }

  @Test func aFolderThatIsGoneTakesNothing() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "2"])
      try await system.waitUntilReady()
      let event = Data(
        #"{"specversion":"1.0","id":"1","source":"/e","type":"immex.no.v1","data":{}}"#.utf8)
      func post() async throws -> Int {
        try await system.post("v1/events", event, "application/json").status
      }
      for _ in 0..<3 { #expect(try await post() == 202) }
      // Under another name it is all there.
      let (data, other) = (place.path("data"), place.path("moved"))
      try FileManager.default.moveItem(atPath: data, toPath: other)
      for _ in 0..<3 { #expect(try await post() == 202) }
      #expect(try await system.get("health/ready").status == 200)
      try FileManager.default.removeItem(atPath: other)
      for _ in 0..<3 { #expect(try await post() == 503) }
      let (answer, text) = try await system.request("health/ready", nil)
      #expect(answer.status == 503 && text.contains("data folder was removed"), "\(text)")
      let ended = await system.stop(SIGTERM)
      #expect(!ended.isKilled && ended.errors.contains("was removed or replaced"))
    }
  }

  @Test func nonsenseStopsNothing() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "2"])
      for text in ["{\n", "{}\n", "[", "}\n", "{\"a\":"] {
        let body = Data(String(repeating: text, count: (8 << 20) / text.utf8.count).utf8)
        let (answer, said) = try await system.request("v1/events", body)
        #expect([202, 400].contains(answer.status), "\(text): \(said.prefix(300))")
        #expect((answer.rejected ?? 0) <= 10_000)
      }
      try await system.waitUntilReady()
      #expect(try system.program.residentBytes() < 1 << 30)
      #expect(await system.stop(SIGTERM).code == 0)
      let again = try await RunningSystem(place, ["--partitions", "2"])
      try await again.waitUntilReady()
      #expect(await again.stop(SIGTERM).code == 0)
    }
  }

  @Test func whatTheMachineLacksIsSaidInNumbers() async throws {
    try await Workplace.with { place in
      func arguments(_ partitions: String) -> [String] {
        ["up", "--data", place.path("d"), "--port", "0", "--partitions", partitions]
      }
      let files = try await SaldoProgram.run(
        arguments("16"), after: "ulimit -n 400", expecting: 2)
      #expect(
        files.errors.contains("16 partitions need ") && files.errors.contains("the limit is 400"),
        "\(files.errors)")
      // Nothing was made that there is no going back from.
      let space = try await SaldoProgram.run(
        arguments("4"), after: "ulimit -v 700000", expecting: 2)
      #expect(space.errors.contains("too few threads: "), "\(space.errors)")
      // The soft limit is no limit.
      let system = try await RunningSystem(
        place, ["--partitions", "4"], after: "ulimit -Sn 64")
      try await system.waitUntilReady()
      #expect(await system.stop(SIGTERM).code == 0)
    }
  }
}

/// Whether the long tests are asked for.
enum Soak {
  static let isOn = ProcessInfo.processInfo.environment["SALDO_SOAK"] != nil
}

/// Something that several threads are told once.
private final class Flag: Sendable {
  private let flag = Atomic<Bool>(false)

  var isSet: Bool { flag.load(ordering: .relaxed) }
  func set() { flag.store(true, ordering: .relaxed) }
}
