import EventLog
import Foundation
import SQLite
import Store
import Testing

@testable import ServiceRuntime

/// A store, a snapshot and a message say which rules made them.
@Suite(.timeLimit(.minutes(5))) struct RulesTests {
  private func stage(_ rules: UInt32) -> Stage {
    var stage = SummingStage.stage
    stage.rules = rules
    stage.writers = .stages
    return stage
  }

  private func open(_ path: String, _ stage: Stage) throws -> StageStore {
    try StageStore(
      path: path, identity: StagePartition.identity(stage, SummingStage.context),
      migrations: stage.migrations)
  }

  /// Records of a source, as a stage under some rules sent them.
  private func batch(_ numbers: [Int], rules: UInt32, from offset: Int64 = 0) -> ReadBatch {
    ReadBatch(
      segments: [
        .init(
          source: TopicPartition("facts", 0), baseOffset: offset,
          records: SummingStage.records(numbers),
          link: SourceLink(epoch: 7, rules: rules, previous: .nothing))
      ], nextOffset: offset + Int64(numbers.count))
  }

  @Test func whatEarlierRulesMadeIsPassedOver() throws {
    let folder = try TemporaryFolder()
    let stage = stage(3)
    let store = try open(folder.path + "/sums-0.sqlite", stage)
    let partition = try StagePartition(stage, store: store, context: SummingStage.context)
    try partition.apply(batch([1, 2, 3], rules: 2))
    try partition.apply(batch([10, 20], rules: 0, from: 3))
    #expect(partition.position == 5 && partition.outdated == 5 && partition.applied == 0)
    // The same inputs of the same source again, under these rules.
    try partition.apply(batch([4, 5], rules: 3, from: 5))
    #expect(partition.applied == 2)
    #expect(try SummingStage.sum(store) == 9)
    #expect(partition.unpublished.allSatisfy { $0.link?.rules == 3 })
    #expect(!partition.unpublished.isEmpty)
    #expect(try Outbox.read(store.connection) == partition.unpublished)
    try store.close()
  }

  @Test func whatLaterRulesMadeStopsThePartition() throws {
    let folder = try TemporaryFolder()
    let stage = stage(3)
    let store = try open(folder.path + "/sums-0.sqlite", stage)
    let partition = try StagePartition(stage, store: store, context: SummingStage.context)
    let error = #expect(throws: StageError.self) { try partition.apply(batch([1], rules: 4)) }
    #expect(error?.cause as? LaterRules == LaterRules(found: 4, known: 3))
    #expect(error.map { StageRunner.wayOut($0) }?.contains("later version") == true)
    #expect(try StoreProgress(store.connection).next == 0)
    try store.close()
  }

  @Test func storesOfOtherRulesAreToldApart() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/sums-0.sqlite"
    try open(path, stage(3)).close()
    try open(path, stage(3)).close()
    #expect(throws: StoreError.earlierRules(found: 3, known: 4)) { try open(path, stage(4)) }
    #expect(throws: StoreError.laterRules(found: 3, known: 2)) { try open(path, stage(2)) }
    let store = try open(path, stage(3))
    #expect(store.wasClosed, "looking at it does not open it")
    try store.close()
  }

  /// Changes of tables are known by name, so that those of every stage and of one do not shift each
  /// other.
  @Test func changesAreKnownByTheirNames() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/sums-0.sqlite"
    func open(_ names: [String]) throws -> StageStore {
      try StageStore(
        path: path, identity: SummingStage.identity,
        migrations: names.map { StoreMigration($0, "CREATE TABLE \($0) (i INTEGER) STRICT;") })
    }
    try open(["one", "two"]).close()
    // One that was put before another is made all the same, and the other not again.
    let store = try open(["one", "middle", "two"])
    #expect(
      try store.connection.all("SELECT name FROM migration ORDER BY name") { try $0[0] as String }
        .suffix(4) == ["one", "two", "what every stage keeps", "what was sent, and of which log"])
    try store.close()
    #expect(throws: StoreError.laterVersion("middle")) { try open(["one", "two"]) }
    try open(["one", "middle", "two"]).close()
  }

  @Test func aSnapshotOfOtherRulesIsPassedOver() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/sums-0.sqlite"
    let store = try open(path, stage(3))
    let settings = SnapshotSettings(directory: folder.path + "/snapshots")
    func identity(_ rules: UInt32) -> StageStore.Identity {
      StagePartition.identity(stage(rules), SummingStage.context)
    }
    let snapshots = SnapshotFolder(settings)
    #expect(try snapshots.write(path, of: identity(3), taken: 1)?.rules == 3)
    try store.close()
    let layout = StageStore.layout(SummingStage.stage.migrations)
    #expect(try snapshots.candidates(for: identity(3), layout: layout).usable.count == 1)
    for other: UInt32 in [2, 4] {
      let found = try snapshots.candidates(for: identity(other), layout: layout)
      #expect(found.usable.isEmpty)
      #expect(found.passedOver.first?.reason.contains("under rules 3") == true)
    }
  }
}
