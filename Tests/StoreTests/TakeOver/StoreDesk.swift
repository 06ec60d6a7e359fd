import EventLog
import EventLogTesting
import Logging
import SQLite
import Store
import Synchronization
import Testing

@testable import ServiceRuntime

/// The summing stage's first partition on a testing log, run and stopped as an instance would.
struct StoreDesk: Sendable {
  let log = TestingLog()
  let folder: String
  let lines = LogLines()

  /// A desk whose stores lie in a folder.
  init(_ folder: String) async throws {
    self.folder = folder
    try await log.create(
      SummingStage.counts.sorted { $0.key < $1.key }.map {
        TopicSpecification(name: $0.key, partitions: $0.value)
      })
  }

  var path: String { folder + "/test/sums-0.sqlite" }

  /// Sends numbers, each with a time of receipt of its own.
  func send(_ numbers: [Int], received: Int64 = 0) async throws {
    for number in numbers {
      var records = PackedRecords()
      records.append(
        Record(key: [], value: Array("\(number)".utf8), timestamp: received + Int64(number)))
      try await log.append(
        [OutgoingBatch(target: SummingStage.source, records: records)], source: nil)
    }
  }

  /// Runs an instance until it has applied everything and `until` holds; answers how it opened its
  /// stores, how many it set aside, and what it did with snapshots.
  @discardableResult
  func run(
    snapshots: SnapshotSettings? = nil, on directory: String? = nil,
    patience: Duration = .milliseconds(200),
    until: @escaping @Sendable (StageCounts) -> Bool = { _ in true }
  ) async throws -> StageCounts {
    let status = StageStatus()
    let runner = StageRunner(
      SummingStage.stage, log: log, directory: directory ?? folder, member: "one", status: status,
      limit: ReadLimit(records: 2, bytes: 1 << 20), snapshots: snapshots.map { Snapshots($0) },
      patience: patience, logger: lines.logger)
    let end = try await log.end(of: SummingStage.source)
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await runner.run() }
      tasks.addTask {
        let key = StageStatus.Key(stage: "test/sums", source: SummingStage.source)
        let other = StageStatus.Key(stage: "test/sums", source: TopicPartition("numbers", 1))
        while status.all[key]?.position != end || status.all[other] == nil
          || !until(status.counts["test/sums"] ?? StageCounts())
        {
          try Task.checkCancellation()
          await Task.yield()
        }
      }
      try await tasks.next()
      tasks.cancelAll()
      do {
        while try await tasks.next() != nil {}
      } catch is CancellationError {}
      return status.counts["test/sums"] ?? StageCounts()
    }
  }

  /// Everything that the stage sent about odd numbers, repetitions included.
  func sent() async throws -> [String] {
    var sent: [String] = []
    for segment in log.readNow(TopicPartition("odd", 0), from: 0, limit: .init(records: 10_000))
      .segments
    {
      segment.records.forEach { record in
        let value = record.value.map { String(decoding: $0, as: UTF8.self) } ?? "-"
        let key = String(decoding: record.key, as: UTF8.self)
        let source = segment.source.map { "\($0)" } ?? "nobody"
        sent.append("\(key)=\(value) by \(source) \(record.input).\(record.ordinal)")
      }
    }
    return sent
  }

  /// The sum, the position and the outbox that the store holds.
  func state(on directory: String? = nil) throws -> State {
    let store = try SummingStage.store((directory ?? folder) + "/test/sums-0.sqlite")
    defer { try? store.close() }
    let db = store.connection
    return State(
      sum: try db.scalar("SELECT value FROM sum", as: Int.self) ?? -1,
      progress: try StoreProgress(db), outbox: try Outbox.read(db))
  }

  struct State: Equatable {
    var sum: Int
    var progress: StoreProgress
    var outbox: [OutgoingBatch]
  }
}

/// Lines that were logged.
final class LogLines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  var logger: Logger {
    var logger = Logger(label: "test") { label in
      JSONLogHandler(label: label) { line in
        self.lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
      }
    }
    logger.logLevel = .debug
    return logger
  }
}

extension StageCounts {
  /// How the stores were opened, in the order of ``StoreOrigin``; partition 1 has no records.
  var origins: [StoreOrigin: Int64] { opens.mapValues(\.count) }
}
