import EventLog
import Foundation
import Logging
import SaldoComposition
import Testing

/// What nobody needs yet is not made: neither files of the log without records nor stores of
/// partitions without input, each of which is some open files and some of the time of a start.
@Suite(.timeLimit(.minutes(20))) struct IdleSystemTests {
  @Test func aSystemWithoutFactsHasFewFiles() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "idle-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    var settings = LocalSystem.Settings()
    settings.partitions = 12
    let system = try await LocalSystem(
      directory: folder.path, settings: settings,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await system.run() }
      while !system.isReady {
        try Task.checkCancellation()
        await Task.yield()
      }
      try await system.settle()
      #expect(try files(in: folder).allSatisfy { $0.hasSuffix("-0.sqlite") })
      // An event of one partition makes what it needs, and no more.
      try await system.log.append(
        [
          OutgoingBatch(
            target: TopicPartition("saldo.inbound", 7), records: Self.rejected)
        ], source: nil)
      try await system.settle()
      let made = try files(in: folder)
      #expect(made.contains("log/saldo.inbound/7.sqlite"))
      #expect(made.contains("ingest/intake-7.sqlite"))
      #expect(made.filter { !$0.hasSuffix("-0.sqlite") }.count <= 4)
      #expect(try await system.log.end(of: TopicPartition("saldo.inbound", 7)) == 1)
      tasks.cancelAll()
      while let result = await tasks.nextResult() {
        if case .failure(let error) = result, !(error is CancellationError) { throw error }
      }
    }
    await system.close()
  }

  private static var rejected: PackedRecords {
    var records = PackedRecords()
    records.append(Record(key: [], value: Array("no event".utf8), timestamp: 1))
    return records
  }

  /// The databases in a folder but for the log's list of topics and its settings, each as its path
  /// below the folder.
  private func files(in folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".sqlite") }
      .filter { $0 != "log/topics.sqlite" && $0 != "log/saldo.settings/0.sqlite" }
  }
}
