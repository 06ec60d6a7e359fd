import DischargeService
import EventLog
import EventLogEmbedded
import Foundation
import Logging
import ServiceRuntime
import Store

/// A partition of the discharge stage comes to an instance that has no store of it.
struct TakeOverBench: Sendable {
  private let folder: TemporaryFolder
  private let log: EmbeddedLog
  private let stage: Stage
  private let movements: Int
  private let settings: SnapshotSettings
  /// The length of the snapshot, and how long taking it took while the stage was idle.
  let bytes: Int64
  let seconds: Double

  /// Makes the log, an owner's store of all its movements, and a snapshot of that.
  init(movements: Int) async throws {
    folder = try TemporaryFolder()
    log = try EmbeddedLog(directory: URL(filePath: folder.path + "/log"))
    stage = DischargeService.stages()[0]
    self.movements = movements
    settings = SnapshotSettings(directory: folder.path + "/snapshots")
    try await log.create(
      ([stage.input] + stage.outputs).map { TopicSpecification(name: $0, partitions: 1) })
    try await StageBench.fill(log, stage.input, movements)
    _ = try await Self.run(stage, log, folder.path + "/owner", movements, nil)
    let context = StageContext(
      partition: 0,
      partitions: Dictionary(
        uniqueKeysWithValues: ([stage.input] + stage.outputs).map { ($0, 1) }))
    let watch = Stopwatch()
    let snapshot = try SnapshotFolder(settings).write(
      "\(folder.path)/owner/\(stage.service)/\(stage.name)-0.sqlite",
      of: StagePartition.identity(stage, context), taken: 0)
    seconds = watch.seconds
    guard let snapshot else { throw BenchError.wrongResult }
    bytes = snapshot.bytes
  }

  /// Seconds from the start of an instance until it has applied everything.
  func run(restoring: Bool) async throws -> Double {
    let place = "\(folder.path)/\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: place) }
    return try await Self.run(stage, log, place, movements, restoring ? settings : nil)
  }

  func remove() { folder.remove() }

  private static func run(
    _ stage: Stage, _ log: EmbeddedLog, _ directory: String, _ movements: Int,
    _ settings: SnapshotSettings?
  ) async throws -> Double {
    let status = StageStatus()
    var logger = Logger(label: "bench")
    logger.logLevel = .error
    let runner = StageRunner(
      stage, log: log, directory: directory, member: "bench", status: status,
      snapshots: settings.map { Snapshots($0) }, logger: logger)
    let source = TopicPartition(stage.input, 0)
    let watch = Stopwatch()
    return try await withThrowingTaskGroup(of: Double?.self) { tasks in
      tasks.addTask {
        try await runner.run()
        return nil
      }
      tasks.addTask {
        while status.entry(stage: stage.title, source: source)?.position != Int64(movements) {
          try await Task.sleep(for: .milliseconds(2))
        }
        return watch.seconds
      }
      guard let seconds = try await tasks.next() ?? nil else { throw BenchError.wrongResult }
      tasks.cancelAll()
      do {
        while try await tasks.next() != nil {}
      } catch is CancellationError {
        // As it was told to.
      }
      return seconds
    }
  }
}
