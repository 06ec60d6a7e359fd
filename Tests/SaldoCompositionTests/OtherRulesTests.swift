import Auditor
import EventLog
import EventLogTesting
import Foundation
import IngestService
import Ledger
import Logging
import ReportingService
import SQLite
import ServiceRuntime
import Store
import Testing

@testable import SaldoComposition

/// A later version of the program takes over from an earlier one in the middle of a stream, one
/// instance after the other: what comes out is what the later one alone makes of the same facts.
@Suite(.timeLimit(.minutes(20))) struct OtherRulesTests {
  /// Every stage whose rules may change; each in its turn is the one that changed.
  private static let stages = [
    "ingest/intake", "ingest/documents", "discharge/books", "transfer/postings", "transfer/pairs",
    "reporting/ledger",
  ]

  @Test(arguments: stages)
  func aStageIsMadeAgainUnderOtherRules(_ title: String) async throws {
    try await RulesDesk.with { desk in
      let events = try Scenario(named: "everything").events
      let cuts = [0, events.count / 3, events.count * 2 / 3, events.count]
      let log = TestingLog()
      // Two instances of the earlier version share the partitions.
      var one = try await desk.start("one", log, rules: 1, changed: nil, creates: true)
      var two = try await desk.start("two", log, rules: 1, changed: nil)
      try await desk.send(events[cuts[0]..<cuts[1]], log)
      try await one.system.settle()

      // The later version: the other instance goes on with what it has until it meets what the
      // later one sent, and stops those partitions.
      await one.stop()
      one = try await desk.start("one", log, rules: 2, changed: title)
      try await desk.send(events[cuts[1]..<cuts[2]], log)
      await two.stop()
      two = try await desk.start("two", log, rules: 2, changed: title)
      try await desk.send(events[cuts[2]..<cuts[3]], log)
      try await two.system.settle()
      await one.stop()
      await two.stop()

      // One that has nothing but the topics.
      let last = try await desk.start("last", log, rules: 2, changed: title, alone: true)
      try await GroupProgress(
        log: log, stages: last.system.stages, counts: last.system.counts,
        status: last.system.status
      ).settle()
      await last.stop()

      let fresh = TestingLog()
      let alone = try await desk.start("alone", fresh, rules: 2, changed: title, creates: true)
      try await desk.send(events[...], fresh)
      try await alone.system.settle()
      await alone.stop()
      let (found, expected) = (try desk.reports("last"), try desk.reports("alone"))
      for (name, text) in expected { #expect(found[name] == text, "\(name)") }
      // Other rules make other books, or this shows nothing.
      let before = TestingLog()
      let earlier = try await desk.start("earlier", before, rules: 1, changed: nil, creates: true)
      try await desk.send(events[...], before)
      try await earlier.system.settle()
      await earlier.stop()
      #expect(try desk.reports("earlier", rules: 1) != expected)
    }
  }

  /// Stores that an earlier version left are set aside and kept; those of a later one are refused,
  /// and nothing is touched.
  @Test func theEarlierProgramDoesNotGoOnWithALatersStores() async throws {
    try await RulesDesk.with { desk in
      let log = TestingLog()
      let later = try await desk.start("one", log, rules: 2, changed: nil, creates: true)
      try await desk.send(Scenario(named: "plain").events[...], log)
      try await later.system.settle()
      await later.stop()
      let before = try desk.files("one")
      let earlier = try await desk.start("one", log, rules: 1, changed: nil)
      await #expect(throws: StoreError.laterRules(found: 2, known: 1)) {
        try await earlier.running.value
      }
      #expect(try desk.files("one") == before)
      #expect(throws: ReportingError.self) { try desk.reports("one", rules: 1) }
    }
  }
}

/// Instances with folders of their own, over one log.
private struct RulesDesk: Sendable {
  let url: URL

  static func with(_ body: (RulesDesk) async throws -> Void) async throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "saldo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    try await body(RulesDesk(url: url))
  }

  struct Instance {
    let system: LocalSystem
    let running: Task<Void, any Error>

    func stop() async {
      running.cancel()
      _ = await running.result
    }
  }

  func start(
    _ name: String, _ log: TestingLog, rules: UInt32, changed: String?, creates: Bool = false,
    alone: Bool = false
  ) async throws -> Instance {
    var settings = LocalSystem.Settings()
    settings.partitions = creates ? 2 : nil
    settings.createsTopics = creates
    settings.isLogShared = true
    settings.member = name
    // What members have said of its groups is no word of its own.
    settings.groupSuffix = alone ? name : nil
    settings.endurance = .stopsThePartition
    settings.rules = rules
    settings.changed = { stage in
      guard stage.title == changed else { return stage }
      var other = stage
      other.makeHandler = { db, context in
        OtherRules(try stage.makeHandler(db, context), of: stage.title)
      }
      return other
    }
    let folder = url.appending(path: name).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let system = try await LocalSystem(
      log: log, place: "here", directory: folder, settings: settings,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    return Instance(system: system, running: Task { try await system.run() })
  }

  func send(_ events: ArraySlice<Data>, _ log: TestingLog) async throws {
    var producer = InboundProducer(
      log: log, partitions: try await log.partitions(of: "saldo.inbound"), piece: 7)
    for event in events {
      event.withUnsafeBytes { producer.add($0, received: 1_700_000_000_000) }
    }
    try await producer.send()
  }

  func files(_ name: String) throws -> [String] {
    let folder = url.appending(path: name).path
    let found = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return found.filter { $0.hasSuffix(".sqlite") || $0.contains("set-aside") }.sorted()
  }

  func reports(_ name: String, rules: UInt32 = 2) throws -> [String: String] {
    let out = url.appending(path: "\(name)-reports").path
    var export = ReportExport(
      dataDirectory: url.appending(path: name).path, today: try CalendarDate("2026-01-31"))
    export.rules = rules
    return try Dictionary(
      uniqueKeysWithValues: export.write(to: out) { _, _ in }.files.map {
        ($0.name, try String(contentsOfFile: "\(out)/\($0.name)", encoding: .utf8))
      })
  }
}

/// Rules that know fewer facts: some events, or all that concerns some books or companies.
private final class OtherRules: StageHandler {
  private let rules: any StageHandler
  private let goesByKey: Bool

  init(_ rules: any StageHandler, of stage: String) {
    self.rules = rules
    goesByKey = !stage.hasPrefix("ingest/")
  }

  var unsavedBytes: Int { rules.unsavedBytes }
  var clearedOn: Int64? { rules.clearedOn }

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    if !isLeftOut(record) { try rules.apply(record, db, &output) }
  }

  func save(_ db: Connection) throws { try rules.save(db) }

  private func isLeftOut(_ record: RecordView) -> Bool {
    if goesByKey { return Checksum.of(record.key) % 3 == 0 }
    guard let value = record.value,
      String(decoding: value.prefix(400), as: UTF8.self).contains("immex.")
    else { return false }
    return Checksum.of(value) % 4 == 0
  }
}
