import EventLog
import EventLogTesting
import Logging
import SQLite
import Store
import Synchronization
import Testing

@testable import ServiceRuntime

/// What becomes of a process that serves when a partition cannot go on.
@Suite(.timeLimit(.minutes(5))) struct EnduranceTests {
  private let log = TestingLog()
  private let status = StageStatus()

  /// Fails on `bad`, and on `full` as long as the disk is said to be.
  private static func stage(_ disk: Disk) -> Stage {
    Stage(
      service: "test", name: "picky", input: "words", outputs: ["said"], migrations: []
    ) { _, _ in PickyHandler(disk) }
  }

  private func send(_ words: [String], to partition: Int32) throws {
    var records = PackedRecords()
    for word in words {
      records.append(Record(key: [], value: Array(word.utf8), timestamp: 1))
    }
    try log.appendNow(
      [OutgoingBatch(target: TopicPartition("words", partition), records: records)], source: nil)
  }

  /// Runs the stage with two partitions while something is awaited.
  private func running(
    _ disk: Disk = Disk(), until isOver: @Sendable () -> Bool
  ) async throws {
    let folder = try TemporaryFolder()
    let runner = StageRunner(
      Self.stage(disk), log: log, directory: folder.path, member: "one", status: status,
      endurance: .stopsThePartition, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    let running = Task { try await runner.run() }
    while !isOver() {
      try Task.checkCancellation()
      await Task.yield()
    }
    running.cancel()
    _ = await running.result
  }

  private func makeTopics() throws {
    try log.createNow([
      TopicSpecification(name: "words", partitions: 2),
      TopicSpecification(name: "said", partitions: 1),
    ])
  }

  @Test func aRecordThatCannotBeAppliedStopsItsPartitionAlone() async throws {
    try makeTopics()
    try send(["a", "bad", "b"], to: 0)
    try send(["c", "d"], to: 1)
    let (log, status) = (log, status)
    let bad = StageStatus.Key(stage: "test/picky", source: TopicPartition("words", 0))
    try await running {
      status.stopped[bad] != nil && log.endNow(TopicPartition("said", 0)) >= 2
    }
    let other = StageStatus.Key(stage: "test/picky", source: TopicPartition("words", 1))
    #expect(status.stopped[other] == nil)
  }

  /// Once there is room again the partition goes on, without anybody's doing.
  @Test func aFullDiskIsWaitedFor() async throws {
    try makeTopics()
    try send(["full", "a"], to: 0)
    let (log, status, disk) = (log, status, Disk())
    let key = StageStatus.Key(stage: "test/picky", source: TopicPartition("words", 0))
    disk.isFull.store(true, ordering: .relaxed)
    try await running(disk) {
      guard disk.isFull.load(ordering: .relaxed) else {
        return log.endNow(TopicPartition("said", 0)) == 2 && status.stopped.isEmpty
      }
      if status.stopped[key]?.contains("no room") == true {
        disk.isFull.store(false, ordering: .relaxed)
      }
      return false
    }
  }
}

private final class Disk: Sendable {
  let isFull = Atomic(false)
}

private final class PickyHandler: StageHandler {
  private let disk: Disk

  init(_ disk: Disk) { self.disk = disk }

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    let word = record.value.map { String(decoding: $0, as: UTF8.self) } ?? ""
    switch word {
    case "bad": throw NotANumber()
    case "full" where disk.isFull.load(ordering: .relaxed): throw SQLiteError(.full, "no room")
    default: output.send(to: 0, key: word) { $0.append(contentsOf: Array(word.utf8)) }
    }
  }

  func save(_ db: Connection) throws {}
}
