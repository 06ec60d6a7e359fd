import EventLog
import SQLite
import ServiceRuntime
import Store
import Testing

@Suite struct StageStoreTests {
  private func identity(
    _ stage: String = "test/sums", partition: Int32 = 0, _ topics: [String: Int32] = ["numbers": 2]
  ) -> StageStore.Identity {
    StageStore.Identity(stage: stage, partition: partition, topics: topics)
  }

  @Test func aFileHasThePragmasThatTheDesignCountsOn() throws {
    let folder = try TemporaryFolder()
    let store = try StageStore(
      path: folder.path + "/s.sqlite", identity: identity(), migrations: [])
    for (pragma, value) in [
      ("journal_mode", "wal"), ("synchronous", "1"), ("foreign_keys", "1"), ("temp_store", "1"),
    ] {
      #expect(try store.connection.pragma(pragma) == value, "\(pragma)")
    }
    try store.close()
  }

  @Test func aStoreIsOpenedByOneAtATime() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/s.sqlite"
    let store = try StageStore(path: path, identity: identity(), migrations: [])
    #expect(throws: StoreError.alreadyOpen(path + ".lock")) {
      try StageStore(path: path, identity: identity(), migrations: [])
    }
    try store.close()
    try StageStore(path: path, identity: identity(), migrations: []).close()
  }

  @Test func anotherStagesOrPartitionsStoreIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/s.sqlite"
    try StageStore(path: path, identity: identity(), migrations: []).close()
    let others = [
      identity("test/other"), identity(partition: 1), identity("test/sums", ["numbers": 3]),
      identity("test/sums", ["numbers": 3, "sums": 1]), identity("test/sums", ["sums": 2]),
    ]
    for other in others {
      do {
        _ = try StageStore(path: path, identity: other, migrations: [])
        Issue.record("\(other) was taken")
      } catch StoreError.otherIdentity(let expected, let found) {
        #expect(expected != found && found == "test/sums/0 numbers:2")
        #expect(other.stage != "test/sums" || other.partition != 0)
      } catch StoreError.otherPartitions(let expected, let found) {
        #expect(expected != found && found == "test/sums/0 numbers:2")
        #expect(other.topics != ["numbers": 2])
      }
    }
    try StageStore(path: path, identity: identity(), migrations: []).close()
  }

  /// A later version of a stage sends to a topic more; an earlier one, to one less.
  @Test func theStoreOfAVersionWithOtherOutputsIsTaken() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/s.sqlite"
    try StageStore(path: path, identity: identity(), migrations: []).close()
    let later = identity("test/sums", ["numbers": 2, "sums": 1])
    try StageStore(path: path, identity: later, migrations: []).close()
    // What the later version knows is held to from then on.
    #expect(throws: StoreError.self) {
      try StageStore(
        path: path, identity: identity("test/sums", ["numbers": 2, "sums": 3]), migrations: [])
    }
    try StageStore(path: path, identity: identity(), migrations: []).close()
  }

  @Test func tablesAreBroughtUpToDateAndNeverBack() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/s.sqlite"
    let first = StoreMigration(
      "one", "CREATE TABLE one (a INTEGER) STRICT; INSERT INTO one VALUES (7);")
    let second = StoreMigration("two", "ALTER TABLE one ADD COLUMN b INTEGER NOT NULL DEFAULT 8")
    try StageStore(path: path, identity: identity(), migrations: [first]).close()
    let later = try StageStore(path: path, identity: identity(), migrations: [first, second])
    let sum = try later.connection.scalar("SELECT a + b FROM one", as: Int.self)
    #expect(sum == 15)
    try later.close()
    #expect(throws: StoreError.laterVersion("two")) {
      try StageStore(path: path, identity: identity(), migrations: [first])
    }
  }

  @Test func aMigrationThatFailsLeavesTheStoreAsItWas() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/s.sqlite"
    let first = StoreMigration("one", "CREATE TABLE one (a INTEGER) STRICT")
    let bad = StoreMigration("bad", "CREATE TABLE two (a INTEGER) STRICT; CREATE TABLE one (a)")
    try StageStore(path: path, identity: identity(), migrations: [first]).close()
    #expect(throws: (any Error).self) {
      try StageStore(path: path, identity: identity(), migrations: [first, bad])
    }
    let store = try StageStore(path: path, identity: identity(), migrations: [first])
    let two = "SELECT count(*) FROM sqlite_master WHERE name = 'two'"
    #expect(try store.connection.scalar(two, as: Int.self) == 0)
    try store.close()
  }

  @Test func errorsSayWhatToDo() {
    let errors: [StoreError] = [
      .alreadyOpen("a"), .otherIdentity(expected: "a", found: "b"),
      .otherPartitions(expected: "a", found: "b"), .damaged("a"),
      .pragma(name: "a", expected: "b", found: "c"), .laterVersion("a"),
      .failed("a"), .otherSetting("a"), .unsealed("a"), .earlierRules(found: 1, known: 2),
      .laterRules(found: 2, known: 1),
    ]
    #expect(errors.allSatisfy { "\($0)".contains("a") && !"\($0)".contains("StoreError") })
  }
}

@Suite struct ProgressTests {
  @Test func progressIsReadAsItWasWritten() throws {
    let store = try SummingStage.store()
    let old = try StoreProgress(store.connection)
    #expect(old.next == 0 && old.applied.isEmpty)
    var new = old
    new.next = 12
    new.applied[TopicPartition("a", 0)] = .init(input: 5, ordinal: 2)
    new.applied[TopicPartition("a", 1)] = .init(input: 1, ordinal: 0)
    try new.save(store.connection, since: old)
    var newer = new
    newer.applied[TopicPartition("a", 0)] = .init(input: 6, ordinal: 0)
    try newer.save(store.connection, since: new)
    #expect(try StoreProgress(store.connection) == newer)
  }

  @Test func marksAreInTheOrderOfInputAndOrdinal() {
    let marks = [(1, 0), (1, 1), (2, 0), (10, 0)].map {
      StoreProgress.Mark(input: $0, ordinal: UInt32($1))
    }
    #expect(marks.reversed().sorted() == marks)
  }

  @Test func theOutboxIsReplacedAndNotAddedTo() throws {
    let store = try SummingStage.store()
    let batches = [
      OutgoingBatch(target: TopicPartition("b", 2), records: SummingStage.records([1, 2])),
      OutgoingBatch(target: TopicPartition("a", 0), records: SummingStage.records([3])),
    ]
    let empty = OutgoingBatch(target: TopicPartition("a", 1), records: PackedRecords())
    try Outbox.replace(store.connection, with: batches + [empty])
    #expect(try Outbox.read(store.connection) == batches)
    try Outbox.replace(store.connection, with: [batches[1]])
    #expect(try Outbox.read(store.connection) == [batches[1]])
    try Outbox.replace(store.connection, with: [])
    #expect(try Outbox.read(store.connection) == [])
  }

  @Test func aDamagedOutboxIsAnError() throws {
    let store = try SummingStage.store()
    try Outbox.replace(
      store.connection,
      with: [OutgoingBatch(target: TopicPartition("b", 2), records: SummingStage.records([1]))])
    try store.connection.execute("UPDATE outbox SET count = 2")
    #expect(throws: EventLogError.self) { try Outbox.read(store.connection) }
  }
}
