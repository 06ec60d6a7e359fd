import EventLog
import Logging
import Store
import Testing

@testable import ServiceRuntime

/// Partitions that change hands while snapshots of their stores are kept.
@Suite(.timeLimit(.minutes(20))) struct RebalanceTests {
  /// Every partition is taken away a number of times; each time its store must be closed and the
  /// partition released, or nobody works on it any more.
  @Test func aPartitionThatIsTakenAwayIsReleasedWhereSnapshotsAreKept() async throws {
    let folder = try TemporaryFolder()
    let desk = try await StoreDesk(folder.path)
    let snapshots = SnapshotSettings(directory: folder.path + "/shared", everyRecords: 1_000)
    let status = StageStatus()
    let runner = StageRunner(
      SummingStage.stage, log: desk.log, directory: folder.path, member: "one", status: status,
      limit: ReadLimit(records: 2, bytes: 1 << 20), snapshots: Snapshots(snapshots),
      logger: Logger(label: "test"))
    let running = Task { try await runner.run() }
    let key = StageStatus.Key(stage: "test/sums", source: SummingStage.source)
    for round in 1...5 {
      try await desk.send([round])
      while status.all[key]?.position != Int64(round) { await Task.yield() }
      desk.log.revoke(SummingStage.source, group: SummingStage.stage.group)
      while (status.counts["test/sums"]?.opens.values.map(\.count).reduce(0, +) ?? 0) < round + 2 {
        await Task.yield()
      }
    }
    running.cancel()
    _ = await running.result
    #expect(try desk.state().sum == 15)
  }

  /// Two instances, the second of which comes later: half of the partitions move to it, and work
  /// goes on in both.
  @Test func aSecondInstanceGetsItsShareWhereSnapshotsAreKept() async throws {
    let folder = try TemporaryFolder()
    let desk = try await StoreDesk(folder.path)
    let snapshots = SnapshotSettings(directory: folder.path + "/shared", everyRecords: 1_000)
    func run(_ name: String, _ status: StageStatus) -> Task<Void, any Error> {
      let runner = StageRunner(
        SummingStage.stage, log: desk.log, directory: folder.path + "/" + name, member: name,
        status: status, snapshots: Snapshots(snapshots), logger: Logger(label: "test"))
      return Task { try await runner.run() }
    }
    let (first, second) = (StageStatus(), StageStatus())
    let running = run("one", first)
    while first.all.count < 2 { await Task.yield() }
    let joined = run("two", second)
    while first.all.count != 1 || second.all.count != 1 { await Task.yield() }
    try await desk.send([1, 2])
    while (Array(first.all.values) + second.all.values).map(\.position).reduce(0, +) < 2 {
      await Task.yield()
    }
    for task in [running, joined] {
      task.cancel()
      _ = await task.result
    }
  }
}
