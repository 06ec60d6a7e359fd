import EventLog
import EventLogTesting
import Logging
import ServiceRuntime
import Store
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The loop around a partition, on the testing log: assignment, revocation, restart, failure.
@Suite(.timeLimit(.minutes(10))) struct StageRunnerTests {
  private let log = TestingLog()

  private func createTopics() async throws {
    try await log.create(
      SummingStage.counts.sorted { $0.key < $1.key }.map {
        TopicSpecification(name: $0.key, partitions: $0.value)
      })
  }

  private func runner(_ folder: String, _ status: StageStatus = StageStatus()) -> StageRunner {
    StageRunner(
      SummingStage.stage, log: log, directory: folder, member: "one", status: status,
      limit: ReadLimit(records: 2, bytes: 1 << 20), logger: Logger(label: "test"))
  }

  private func send(_ numbers: [Int], to partition: Int32 = 0) async throws {
    try await log.append(
      [
        OutgoingBatch(
          target: TopicPartition("numbers", partition), records: SummingStage.records(numbers))
      ], source: nil)
  }

  /// Waits for so many odd numbers; what is sent again counts once.
  private func odd(_ count: Int) async throws {
    try await Self.wait(for: count, odd: log)
  }

  private static func wait(for count: Int, odd log: TestingLog) async throws {
    let reader = try await log.join(group: UUID().uuidString, topic: "odd", member: "test")
    _ = try await reader.nextAssignment()
    var seen: Set<String> = []
    var offset: Int64 = 0
    while seen.count < count {
      guard let batch = try await reader.take(0, from: offset, limit: ReadLimit()) else {
        throw CancellationError()
      }
      for segment in batch.segments {
        let source = segment.source.map { "\($0)" } ?? ""
        segment.records.forEach(skipping: segment.skipped) { record in
          seen.insert("\(source) \(record.input) \(record.ordinal)")
        }
      }
      offset = batch.nextOffset
    }
    #expect(seen.count == count)
  }

  private func sum(_ folder: String, _ partition: Int32 = 0) throws -> Int {
    let context = StageContext(partition: partition, partitions: SummingStage.counts)
    let store = try StageStore(
      path: "\(folder)/test/sums-\(partition).sqlite",
      identity: StagePartition.identity(SummingStage.stage, context),
      migrations: SummingStage.stage.migrations)
    defer { try? store.close() }
    return try SummingStage.sum(store)
  }

  @Test func everyPartitionRunsAndGoesOnWhereItStopped() async throws {
    let folder = try TemporaryFolder()
    try await createTopics()
    try await send([1, 2, 3])
    try await send([5, 7], to: 1)
    let first = Task { [runner = runner(folder.path)] in try await runner.run() }
    try await odd(4)
    first.cancel()
    _ = await first.result
    #expect(try sum(folder.path) == 6)
    #expect(try sum(folder.path, 1) == 12)

    try await send([10, 11])
    let second = Task { [runner = runner(folder.path)] in try await runner.run() }
    try await odd(5)
    second.cancel()
    _ = await second.result
    #expect(try sum(folder.path) == 27)
    #expect(try sum(folder.path, 1) == 12)
  }

  @Test func aRevokedPartitionIsClosedAndTakenUpAgain() async throws {
    let folder = try TemporaryFolder()
    try await createTopics()
    try await send([1])
    let running = Task { [runner = runner(folder.path)] in try await runner.run() }
    try await odd(1)
    for number in 1...20 {
      // It may not have come back from the last time.
      log.revoke(SummingStage.source, group: SummingStage.stage.group)
      try await send([2, 1])
      try await odd(1 + number)
    }
    running.cancel()
    _ = await running.result
    #expect(try sum(folder.path) == 61)
  }

  @Test func aFailingStageSaysWhichRecordAndKeepsWhatWasBefore() async throws {
    let folder = try TemporaryFolder()
    try await createTopics()
    try await send([1, 2, 3])
    var bad = PackedRecords()
    bad.append(Record(key: [], value: Array("x".utf8), timestamp: 0))
    try await log.append(
      [OutgoingBatch(target: SummingStage.source, records: bad)], source: nil)
    do {
      try await runner(folder.path).run()
      Issue.record("it went on")
    } catch let error as StageError {
      #expect(error.offset == 3 && error.source == SummingStage.source)
      #expect(error.cause is NotANumber)
    }
    #expect(try [3, 6].contains(sum(folder.path)))
  }

  @Test func aLogThatFailsOnceEndsTheRunAndNothingIsLostOrDoubled() async throws {
    for call in 1...30 {
      let folder = try TemporaryFolder()
      let log = TestingLog()
      try await log.create(
        SummingStage.counts.sorted { $0.key < $1.key }.map {
          TopicSpecification(name: $0.key, partitions: $0.value)
        })
      let runner = StageRunner(
        SummingStage.stage, log: log, directory: folder.path, member: "one", status: StageStatus(),
        limit: ReadLimit(records: 2, bytes: 1 << 20), logger: Logger(label: "test"))
      try await log.append(
        [
          OutgoingBatch(
            target: SummingStage.source, records: SummingStage.records([1, 2, 3, 4, 5]))
        ], source: nil)
      log.fail(call: call)
      let first = Task { try await runner.run() }
      // Whoever reads the output may be hit by the failure as well as the stage.
      let isDone = await Result { try await Self.last(of: log, first) }
      first.cancel()
      _ = await first.result
      if case .failure = isDone {
        log.stopFailing()
        let second = Task { try await runner.run() }
        try await Self.last(of: log, second)
        second.cancel()
        _ = await second.result
      }
      #expect(try sum(folder.path) == 15, "call \(call)")
    }
  }

  /// Waits for the third odd number; ends with the run where that fails.
  private static func last(of log: TestingLog, _ running: Task<Void, any Error>) async throws {
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        try await withTaskCancellationHandler {
          try await running.value
        } onCancel: {
          running.cancel()
        }
      }
      tasks.addTask { try await wait(for: 3, odd: log) }
      try await tasks.next()
      tasks.cancelAll()
    }
  }
}

extension Result where Failure == any Error {
  fileprivate init(_ body: () async throws -> Success) async {
    do { self = .success(try await body()) } catch { self = .failure(error) }
  }
}
