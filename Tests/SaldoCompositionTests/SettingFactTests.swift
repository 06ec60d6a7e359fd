import Auditor
import EventLog
import EventLogTesting
import Foundation
import IngestService
import Ledger
import Logging
import Messages
import ReportingService
import Testing

@testable import SaldoComposition

/// A setting that what is sent depends on is a fact in the log: the first one counts, for every
/// instance, whatever it is told and whatever of it is lost.
@Suite(.timeLimit(.minutes(10))) struct SettingFactTests {
  private static let target = TopicPartition(Topic.settings.rawValue, 0)

  /// An instance that has nothing and is told nothing makes what the first one did.
  @Test func whoIsToldNothingGoesByTheLog() async throws {
    try await Desk.with { desk in
      let log = TestingLog()
      let events = try Self.events()
      let first = try await desk.system("first", log, days: 0, creates: true)
      try await desk.send(events[..<(events.count / 2)], log)
      try await first.run { try await first.settle() }
      let then = try await desk.system("second", log, isAlone: true)
      try await desk.send(events[(events.count / 2)...], log)
      try await then.run {
        try await GroupProgress(
          log: log, stages: then.stages, counts: then.counts, status: then.status
        ).settle()
      }

      let alone = try await desk.transfers(days: 0, events)
      #expect(try desk.report("second") == alone)
      // The number matters to these facts, or this shows nothing.
      #expect(try await desk.transfers(days: nil, events) != alone)
      #expect(try await Self.recorded(log) == [SettingFact(name: "pairing-days", value: "0")])
    }
  }

  @Test func anotherNumberIsRefusedByEveryProcess() async throws {
    try await Desk.with { desk in
      let log = TestingLog()
      _ = try await desk.system("first", log, days: 7, creates: true)
      for services in [ServiceName.allCases, [.transfer], [.ingest]] {
        let error = await #expect(throws: LocalSystemError.self) {
          try await desk.system("other", log, days: 8, services)
        }
        #expect(
          error == .otherSetting("the log", name: "pairing-days", found: "7", asked: "8"))
        #expect("\(try #require(error))".contains("has --pairing-days 7, not 8"))
      }
      _ = try await desk.system("same", log, days: 7)
      #expect(try await Self.recorded(log).count == 1)
    }
  }

  /// Who does not pair records nothing: what it is told need not be what those go by who do.
  @Test func onlyWhoPairsRecordsIt() async throws {
    try await Desk.with { desk in
      let log = TestingLog()
      _ = try await desk.system("ingest", log, days: 3, creates: true, [.ingest, .reporting])
      #expect(try await Self.recorded(log) == [])
      _ = try await desk.system("transfer", log, [.transfer])
      #expect(try await Self.recorded(log).map(\.value) == ["10"])
    }
  }

  /// Many start at once on a new log, each with another number: one of them is right.
  @Test func ofManyAtOnceOneCounts() async throws {
    try await Desk.with { desk in
      let log = PrefixedLog(TestingLog(), prefix: "trial.")
      _ = try await desk.system("topics", log, creates: true, [.ingest])
      let started = await withTaskGroup(of: Int32?.self) { group in
        for days in Int32(0)..<8 {
          group.addTask {
            let system = try? await desk.system("of-\(days)", log, days: days, [.transfer])
            return system == nil ? nil : days
          }
        }
        return await group.reduce(into: [Int32]()) { $0 += $1.map { [$0] } ?? [] }
      }
      let first = try #require(try await Self.recorded(log).first)
      #expect(started.map { "\($0)" } == [first.value])
    }
  }

  /// Stores from before the log had it say what was in use.
  @Test func whatStoresGoByBecomesTheFact() async throws {
    try await Desk.with { desk in
      let old = TestingLog()
      let first = try await desk.system("books", old, days: 4, creates: true)
      try await desk.send(Scenario(named: "plain").events[...], old)
      try await first.run { try await first.settle() }

      let log = TestingLog()
      _ = try await SystemTopics(log: log, place: "the log").prepare(partitions: 2, creating: true)
      let facts = SettingFacts(log: log, place: "the log")
      await #expect(
        throws: LocalSystemError.otherSetting(
          "the log", name: "pairing-days", found: "4", asked: "5")
      ) {
        try await facts.pairingDays(asked: 5, stores: desk.path("books"), recording: true)
      }
      #expect(try await Self.recorded(log) == [])
      #expect(
        try await facts.pairingDays(asked: nil, stores: desk.path("books"), recording: true) == 4)
      #expect(try await facts.pairingDays(asked: nil, stores: "/nothing", recording: true) == 4)
    }
  }

  /// What this program would not go by is refused, and so is what is no setting.
  @Test func whatIsNotKnownIsRefused() async throws {
    try await Desk.with { desk in
      func error(_ value: String) async throws -> any Error {
        let log = TestingLog()
        _ = try await SystemTopics(log: log, place: "the log").prepare(
          partitions: 2, creating: true)
        var records = PackedRecords()
        records.append(Record(key: [], value: Array(value.utf8), timestamp: 0))
        try await log.append([OutgoingBatch(target: Self.target, records: records)], source: nil)
        return try #require(
          await #expect(throws: (any Error).self) { try await desk.system("any", log) })
      }
      let later = try await error(#"{"name":"transit-days","value":"5"}"#)
      #expect(
        later as? LocalSystemError == .unknownSetting("the log", name: "transit-days"))
      for text in ["", "7", #"{"name":"pairing-days","value":"-1"}"#] {
        guard case EventLogError.damaged(let what) = try await error(text) else {
          Issue.record("\(text) was taken")
          continue
        }
        #expect(what.contains("saldo.settings/0 offset 0"))
      }
    }
  }

  /// Two documents of a transfer, which name nobody and lie some days apart.
  private static func events() throws -> [Data] {
    func event(_ id: String, _ type: String, _ data: String) -> Data {
      Data(
        (#"{"specversion":"1.0","id":"\#(id)","source":"/t","type":"immex.\#(type).v1","#
          + #""time":"2026-01-01T00:00:00Z","data":\#(data)}"#).utf8)
    }
    let companies = ["MNO920131AB1", "BRX990101CD2"]
    var events = [
      event(
        "part", "part",
        #"{"part":"M","kind":"material","description":"-","tariffItem":"85332101","nico":"00","#
          + #""uom":6,"category":"108-I","conversions":[]}"#)
    ]
    for (index, rfc) in companies.enumerated() {
      events += [
        event(
          "c\(index)", "company",
          #"{"rfc":"\#(rfc)","name":"Empresa \#(index)","immexProgram":"1-2006"}"#),
        event(
          "p\(index)", "plant",
          #"{"plant":"P\#(index)","rfc":"\#(rfc)","name":"P","address":"-"}"#),
        event(
          "d\(index)", "pedimento",
          #"{"pedimento":"26071769400000\#(index)","clave":"V1","rfc":"\#(rfc)","#
            + #""plant":"P\#(index)","operation":"\#(index == 0 ? "export" : "import")","#
            + #""paidOn":"2026-01-0\#(index + 1)","#
            + #""counterparty":{"rfc":"\#(companies[1 - index])"},"#
            + #""lines":[{"line":1,"part":"M","quantity":"5","uom":6,"tariffItem":"85332101","#
            + #""nico":"00","valueMXN":"10","originCountry":"USA"}]}"#),
      ]
    }
    return events
  }

  private static func recorded(_ log: any EventLog) async throws -> [SettingFact] {
    var reader = MessageReader<SettingFact>()
    return try await log.records(of: target).map { record in
      try (record.value ?? []).withUnsafeBytes { try reader.read($0) }
    }
  }
}

/// Systems with folders of their own.
private struct Desk: Sendable {
  let url: URL

  static func with(_ body: (Desk) async throws -> Void) async throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "saldo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    try await body(Desk(url: url))
  }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func system(
    _ name: String, _ log: any EventLog, days: Int32? = nil, creates: Bool = false,
    _ services: [ServiceName] = ServiceName.allCases, isAlone: Bool = false
  ) async throws -> LocalSystem {
    var settings = LocalSystem.Settings()
    settings.services = services
    settings.pairingDays = days
    settings.createsTopics = creates
    settings.member = name
    // What members have said of its groups is no word of its own.
    settings.groupSuffix = isAlone ? name : nil
    if creates { settings.partitions = 2 }
    return try await LocalSystem(
      log: log, place: "the log", directory: path(name), settings: settings,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  func send(_ events: ArraySlice<Data>, _ log: any EventLog) async throws {
    var producer = InboundProducer(log: log, partitions: 2)
    for event in events {
      event.withUnsafeBytes { producer.add($0, received: 1_700_000_000_000) }
    }
    try await producer.send()
  }

  /// What is reported of transfers where nothing but a number of days is otherwise.
  func transfers(days: Int32?, _ events: [Data]) async throws -> String {
    let (log, name) = (TestingLog(), "alone-\(days.map { "\($0)" } ?? "default")")
    let system = try await system(name, log, days: days, creates: true)
    try await send(events[...], log)
    try await system.run { try await system.settle() }
    return try report(name)
  }

  func report(_ name: String) throws -> String {
    let out = path("\(name)-reports")
    _ = try ReportExport(dataDirectory: path(name), today: CalendarDate("2026-01-31"))
      .write(to: out) { _, _ in }
    return try String(contentsOfFile: "\(out)/transferencias.csv", encoding: .utf8)
  }
}
