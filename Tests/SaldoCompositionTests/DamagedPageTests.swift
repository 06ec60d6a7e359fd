import Auditor
import Foundation
import IngestService
import Ledger
import Logging
import ReportingService
import SaldoComposition
import ServiceRuntime
import Testing

/// Every page of every store is damaged in its turn, in stores that were closed well: no report is
/// ever wrong without a word, and what is damaged is made again from the log.
@Suite(.timeLimit(.minutes(20))) struct DamagedPageTests {
  private static let pageSize = 16_384

  @Test func noReaderTakesADamagedPage() async throws {
    try await Books.with { books in
      let scenario = try Scenario(named: "everything")
      try await books.take(scenario.events[...])
      let expected = try books.reports()
      let stores = try books.stores().filter { $0.contains("/reporting/") }
      #expect(stores.count >= 8)
      var refused = 0
      for store in stores {
        let whole = try Data(contentsOf: URL(filePath: store))
        for page in 0..<whole.count / Self.pageSize {
          try Self.damaged(page, whole).write(to: URL(filePath: store))
          do {
            // A page that nothing lies in is not read.
            #expect(try books.reports() == expected, "\(store) page \(page)")
          } catch let error as ReportingError {
            #expect("\(error)".contains(store), "\(error)")
            #expect(FileManager.default.fileExists(atPath: store + "-damaged") || page == 0)
            refused += 1
          }
          try? FileManager.default.removeItem(atPath: store + "-damaged")
        }
        try whole.write(to: URL(filePath: store))
      }
      #expect(refused > 40)
      #expect(try books.reports() == expected)
    }
  }

  /// The same page of all stores at once, so that it takes as many runs as the largest has pages.
  @Test func stagesMakeADamagedStoreAgain() async throws {
    try await Books.with { books in
      let scenario = try Scenario(named: "everything")
      let half = scenario.events.count / 2
      try await books.take(scenario.events[..<half])
      let folder = books.folder
      try FileManager.default.moveItem(atPath: folder, toPath: folder + "-kept")
      try await books.take(scenario.events[...])
      let expected = try books.reports()

      for page in 0..<200 {
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.copyItem(atPath: folder + "-kept", toPath: folder)
        var count = 0
        for store in try books.stores() {
          let whole = try Data(contentsOf: URL(filePath: store))
          guard page < whole.count / Self.pageSize else { continue }
          try Self.damaged(page, whole).write(to: URL(filePath: store))
          count += 1
        }
        if count == 0 { break }
        try await books.take(scenario.events[half...])
        do {
          #expect(try books.reports() == expected, "page \(page) of \(count) stores")
        } catch is ReportingError {
          // It was not read until now: the next run makes it again, and what else is damaged.
          for name in DataFiles.databases(in: folder) {
            _ = DataFiles.markedDamage(of: name, in: folder)
          }
          try await books.take([])
          #expect(try books.reports() == expected, "page \(page) of \(count) stores")
        }
      }
    }
  }

  /// Nothing at all is the worst that a disk can give back.
  @Test func aStoreThatIsGoneOrEmptyIsNoEmptyBook() async throws {
    try await Books.with { books in
      try await books.take(Scenario(named: "plain").events[...])
      let expected = try books.reports()
      let store = try #require(try books.stores().first { $0.contains("/reporting/records-1") })
      try Data().write(to: URL(filePath: store))
      #expect(throws: ReportingError.missing(store)) { try books.reports() }
      try FileManager.default.removeItem(atPath: store)
      #expect(throws: ReportingError.missing(store)) { try books.reports() }
      try await books.take([])
      #expect(try books.reports() == expected)
    }
  }

  /// One bit, or the whole page.
  private static func damaged(_ page: Int, _ whole: Data) -> Data {
    var bytes = whole
    let start = page * pageSize
    if page % 2 == 0 {
      bytes[start + (page * 4_001 + 9_000) % pageSize] ^= 4
    } else {
      bytes.resetBytes(in: start..<start + pageSize)
    }
    return bytes
  }
}

/// A data folder of a test's own, that is worked on and closed.
private struct Books: Sendable {
  let folder: String

  static func with(_ body: (Books) async throws -> Void) async throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "saldo-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try await body(Books(folder: url.appending(path: "data").path))
  }

  /// Takes events until all is applied, and closes everything.
  func take(_ events: ArraySlice<Data>) async throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var settings = LocalSystem.Settings()
    settings.partitions = 2
    let system = try await LocalSystem(
      directory: folder, settings: settings,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    var producer = InboundProducer(log: system.log, partitions: 2)
    for event in events {
      event.withUnsafeBytes { producer.add($0, received: 1_700_000_000_000) }
    }
    do {
      try await producer.send()
      try await system.run { try await system.settle() }
    } catch {
      await system.close()
      throw error
    }
    await system.close()
  }

  /// Every store, by its path.
  func stores() throws -> [String] {
    try ["ingest", "discharge", "transfer", "reporting"].flatMap { service in
      try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(service)")
        .filter { $0.hasSuffix(".sqlite") }.map { "\(folder)/\(service)/\($0)" }
    }.sorted()
  }

  private static func withoutTimes(_ text: String) -> String {
    CSV.rows(text).map { $0.prefix(4).joined(separator: ",") }.joined(separator: "\n")
  }

  /// The text of every report, but for when a fact that waits came.
  func reports() throws -> [String: String] {
    let out = folder + "-reports"
    defer { try? FileManager.default.removeItem(atPath: out) }
    let written = try ReportExport(
      dataDirectory: folder, today: CalendarDate("2026-01-31"), isSettled: true
    ).write(to: out) { _, _ in }
    return try Dictionary(
      uniqueKeysWithValues: written.files.map {
        let text = try String(contentsOfFile: "\(out)/\($0.name)", encoding: .utf8)
        return ($0.name, $0.name == "pendientes.csv" ? Self.withoutTimes(text) : text)
      })
  }
}
