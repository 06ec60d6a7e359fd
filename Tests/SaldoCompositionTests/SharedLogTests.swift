import Auditor
import EventLog
import EventLogTesting
import Foundation
import IngestService
import Ledger
import Logging
import ReportingService
import SaldoComposition
import Testing

/// Services in several systems over one log, as if each were a process of its own.
@Suite(.timeLimit(.minutes(20))) struct SharedLogTests {
  @Test func readModelsOfOnesOwnSeeWhatAllInstancesDid() async throws {
    try await Folder.with { folder in
      // Another system's topics are on the same cluster.
      let cluster = TestingLog()
      _ = try await system([.ingest], cluster, folder, "other", creates: true)
      let log = PrefixedLog(cluster, prefix: "trial.")
      let books = try await system(ServiceName.allCases, log, folder, "one", creates: true)
      let more = try await system([.discharge, .reporting], log, folder, "two")
      let scenario = try Scenario(named: "everything")
      let half = scenario.events.count / 2
      try await send(scenario.events[..<half], log)

      try await running([books, more]) {
        // The first time all is read, the second what has come since.
        let models = try await reader(log, folder)
        try await models.services.settle(within: .seconds(600))
        try await models.catchUp()
        let early = try ReportTotals.read(dataDirectory: folder.path("reader"))
        #expect(early.documents > 0)
        try await send(scenario.events[half...], log)
        let again = try await reader(log, folder)
        try await again.services.settle(within: .seconds(600))
        try await again.catchUp()
      }
      try folder.export("reader")
      #expect(try await cluster.end(of: TopicPartition("saldo.inbound", 0)) == 0)
      #expect(
        try await cluster.end(of: TopicPartition("trial.saldo.inbound", 0))
          == Int64(scenario.events.count))

      let alone = try await system(
        ServiceName.allCases, TestingLog(), folder, "alone", creates: true)
      try await send(scenario.events[...], alone.log)
      try await running([alone]) { try await alone.settle() }
      try folder.export("alone")
      for report in ["saldos.csv", "descargos.csv", "faltantes.csv", "pendientes.csv"] {
        #expect(
          try folder.report(report, of: "reader") == folder.report(report, of: "alone"), "\(report)"
        )
      }
      #expect(try folder.report("descargos.csv", of: "reader").count > 1_000)
    }
  }

  /// Others write the inbound topic, and nothing depends on where a fact lies in it.
  @Test func theInboundTopicMayHaveAnyNumberOfPartitions() async throws {
    try await Folder.with { folder in
      let scenario = try Scenario(named: "everything")
      for (name, partitions) in [("few", Int32(1)), ("many", 5), ("alone", 3)] {
        let log = TestingLog()
        let inbound = TopicSpecification(name: "saldo.inbound", partitions: partitions)
        try await log.create([inbound])
        let books = try await system(ServiceName.allCases, log, folder, name, creates: true)
        #expect(books.partitions == 3 && books.inboundPartitions == partitions)
        var producer = InboundProducer(log: log, partitions: partitions, piece: 7)
        for event in scenario.events {
          event.withUnsafeBytes { producer.add($0, received: 1_700_000_000_000) }
        }
        try await producer.send()
        for partition in 0..<partitions {
          #expect(try await log.end(of: TopicPartition("saldo.inbound", partition)) > 0)
        }
        try await running([books]) { try await books.settle() }
        try folder.export(name)
      }
      for report in ["saldos.csv", "descargos.csv", "faltantes.csv", "pendientes.csv"] {
        for name in ["few", "many"] {
          #expect(
            try folder.report(report, of: name) == folder.report(report, of: "alone"),
            "\(report), \(name)")
        }
      }
    }
  }

  @Test func whatIsBehindIsToldWhenTheTimeIsUp() async throws {
    try await Folder.with { folder in
      let log = TestingLog()
      let ingest = try await system([.ingest], log, folder, "ingest", creates: true)
      try await send(Scenario(named: "plain").events[...], log)
      try await running([ingest]) {
        let models = try await reader(log, folder)
        let error = await #expect(throws: LocalSystemError.self) {
          try await models.services.settle(within: .seconds(3))
        }
        guard case .unsettled(let behind) = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        // Nobody takes the movements; ingest itself may have been too slow for the time.
        #expect(behind["transfer/postings"] == nil)
        #expect(behind.values.allSatisfy { $0 > 0 } && !behind.isEmpty)
      }
    }
  }

  /// Stores that were kept without the report topics are built again by themselves: nobody could
  /// do anything else about them.
  @Test func rowsForReadersOutsideAreSentFromTheFirstMessageOn() async throws {
    try await Folder.with { folder in
      let log = TestingLog()
      let without = try await system(
        ServiceName.allCases, log, folder, "books", creates: true, shares: false)
      try await send(Scenario(named: "plain").events[...], log)
      try await running([without]) { try await without.settle() }
      await #expect(throws: EventLogError.self) { try await log.partitions(of: "saldo.report") }
      let with = try await system(ServiceName.allCases, log, folder, "books", creates: true)
      try await running([with]) { try await settled(with) }

      let aside = try FileManager.default.contentsOfDirectory(
        atPath: folder.path("books/reporting")
      )
      .filter { $0.hasSuffix("set-aside-1") }
      #expect(Set(aside.map { $0.prefix { $0 != "-" } }) == ["ledger", "records"])
      let sent = Self.reportRows(on: log)
      #expect(sent.count > 50)
      // A store that sends from its first message on sends nothing else.
      let anew = try await system([.reporting], log, folder, "anew")
      try await running([anew]) { try await settled(anew) }
      let others = Self.reportRows(on: log).subtracting(sent).count
      #expect(others == 0)
    }
  }

  /// Waits until a system has opened its stores, and applied everything after that: how far its
  /// groups were before says nothing of stores that are built again.
  private func settled(_ system: LocalSystem) async throws {
    while !system.isReady {
      try Task.checkCancellation()
      await Task.yield()
    }
    try await system.settle()
  }

  private static func reportRows(on log: TestingLog) -> Set<[UInt8]> {
    var rows: Set<[UInt8]> = []
    for partition in Int32(0)..<3 {
      let all = log.readNow(
        TopicPartition("saldo.report", partition), from: 0, limit: .init(records: 1_000_000))
      for segment in all.segments {
        segment.records.forEach { record in rows.insert(record.value.map { Array($0) } ?? []) }
      }
    }
    return rows
  }

  @Test func topicsAreMadeOnlyWhereThatIsAskedFor() async throws {
    try await Folder.with { folder in
      let log = TestingLog()
      await #expect(throws: EventLogError.unknownTopic("saldo.inbound")) {
        try await system([.ingest], log, folder, "a")
      }
      let first = try await system([.ingest], log, folder, "a", creates: true)
      #expect(first.partitions == 3)
      #expect(try await system([.transfer], log, folder, "b").partitions == 3)
      await #expect(
        throws: LocalSystemError.otherPartitions("the log", found: 3, asked: 4)
      ) {
        try await SystemTopics(log: log, place: "the log").prepare(partitions: 4, creating: true)
      }
    }
  }

  private func system(
    _ services: [ServiceName], _ log: any EventLog, _ folder: Folder, _ name: String,
    creates: Bool = false, shares: Bool = true
  ) async throws -> LocalSystem {
    var settings = LocalSystem.Settings()
    settings.services = services
    settings.member = name
    settings.createsTopics = creates
    settings.isLogShared = shares
    if creates { settings.partitions = 3 }
    return try await LocalSystem(
      log: log, place: "the log", directory: folder.path(name), settings: settings, logger: quiet)
  }

  private func reader(_ log: any EventLog, _ folder: Folder) async throws -> PrivateReadModels {
    try await PrivateReadModels(
      log: log, place: "the log", directory: folder.path("reader"), id: "r", logger: quiet)
  }

  private var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

  private func send(_ events: ArraySlice<Data>, _ log: any EventLog) async throws {
    var producer = InboundProducer(log: log, partitions: 3)
    for event in events {
      event.withUnsafeBytes { producer.add($0, received: 1_700_000_000_000) }
    }
    try await producer.send()
  }

  /// Runs systems while something is done.
  private func running(
    _ systems: [LocalSystem], _ body: @escaping @Sendable () async throws -> Void
  ) async throws {
    guard let first = systems.first else { return try await body() }
    try await first.run { try await running(Array(systems.dropFirst()), body) }
  }
}

/// A folder of a test's own.
private struct Folder: Sendable {
  let url: URL

  static func with(_ body: (Folder) async throws -> Void) async throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "saldo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    try await body(Folder(url: url))
  }

  func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes the reports of a data folder.
  func export(_ name: String) throws {
    _ = try ReportExport(dataDirectory: path(name), today: CalendarDate("2026-01-31"))
      .write(to: path("\(name)-reports")) { _, _ in }
  }

  func report(_ file: String, of name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: path("\(name)-reports/\(file)")))
  }
}
