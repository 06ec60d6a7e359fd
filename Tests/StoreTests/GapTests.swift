import EventLog
import EventLogTesting
import Store
import Testing

@testable import ServiceRuntime

/// What a stage sends says what it follows, so a reader sees that something is missing.
@Suite struct GapTests {
  private static let source = TopicPartition("elsewhere", 3)
  private static let other = TopicPartition("elsewhere", 4)

  /// A batch of numbers, each made by an input of the source.
  private static func batch(
    _ inputs: ClosedRange<Int64>, at base: Int64, after previous: SourceLink.Previous,
    epoch: UInt64 = 7, source: TopicPartition? = source
  ) -> ReadBatch {
    var records = PackedRecords()
    for input in inputs {
      records.append(
        Record(key: [], value: Array("\(input)".utf8), timestamp: input), input: input)
    }
    let segment = ReadBatch.Segment(
      source: source, baseOffset: base, records: records,
      link: source == nil ? nil : SourceLink(epoch: epoch, previous: previous))
    return ReadBatch(segments: [segment], nextOffset: base + Int64(records.count))
  }

  private static func partition(
    _ store: StageStore, _ writers: Stage.Writers = .anybody, holes: Bool = false
  ) throws -> StagePartition {
    var stage = SummingStage.stage
    stage.writers = writers
    stage.hasHoles = holes
    return try StagePartition(stage, store: store, context: SummingStage.context)
  }

  @Test func whatFollowsAndWhatIsRepeatedIsTaken() throws {
    let store = try SummingStage.store()
    let partition = try Self.partition(store)
    try partition.apply(Self.batch(1...3, at: 0, after: .nothing))
    try partition.apply(Self.batch(4...5, at: 3, after: .record(input: 3, ordinal: 0)))
    // Sent again, as after a crash, and on from there.
    try partition.apply(Self.batch(4...5, at: 5, after: .record(input: 3, ordinal: 0)))
    try partition.apply(Self.batch(6...6, at: 7, after: .record(input: 5, ordinal: 0)))
    // Another source has nothing to do with it.
    try partition.apply(Self.batch(1...1, at: 8, after: .nothing, source: Self.other))
    #expect(try SummingStage.sum(store) == 22 && partition.repeated == 2)
  }

  @Test(arguments: [(Int64(0), nil as Int64?), (3, 3)])
  func whatIsMissingStopsTheReader(_ applied: Int64, _ last: Int64?) throws {
    let store = try SummingStage.store()
    let partition = try Self.partition(store)
    if applied > 0 { try partition.apply(Self.batch(1...applied, at: 0, after: .nothing)) }
    let error = #expect(throws: StageError.self) {
      try partition.apply(
        Self.batch(6...8, at: applied, after: .record(input: 5, ordinal: 0)))
    }
    #expect(
      error?.cause as? MissingRecords
        == MissingRecords(
          source: Self.source, previous: .init(input: 5, ordinal: 0),
          last: last.map { .init(input: $0, ordinal: 0) }))
    #expect("\(String(describing: error))".contains("elsewhere/3 are missing"))
    // Nothing of it was applied.
    let reopened = try Self.partition(store)
    #expect(reopened.position == applied)
  }

  /// Compaction removes records; and of what an earlier version sent nothing is known.
  @Test func holesThatMayBeAreNone() throws {
    let compacted = try Self.partition(try SummingStage.store(), holes: true)
    try compacted.apply(Self.batch(6...8, at: 0, after: .record(input: 5, ordinal: 0)))
    let earlier = try Self.partition(try SummingStage.store())
    try earlier.apply(Self.batch(6...8, at: 0, after: .unknown, epoch: 0))
    try earlier.apply(Self.batch(9...9, at: 3, after: .record(input: 8, ordinal: 0)))
    #expect(compacted.applied == 3 && earlier.applied == 4)
  }

  /// The source's log was lost and made again: its offsets begin anew, and nothing is a repetition.
  @Test func theSameOffsetsOfAnotherLogAreNoRepetition() throws {
    let store = try SummingStage.store()
    let partition = try Self.partition(store)
    try partition.apply(Self.batch(1...3, at: 0, after: .nothing, epoch: 7))
    try partition.apply(Self.batch(1...2, at: 3, after: .nothing, epoch: 8))
    #expect(try SummingStage.sum(store) == 9)
    // The old one's outbox comes once more; also after a restart.
    let reopened = try Self.partition(store)
    try reopened.apply(Self.batch(1...3, at: 5, after: .nothing, epoch: 7))
    #expect(try SummingStage.sum(store) == 9 && reopened.repeated == 3)
  }

  /// A store of an earlier version knows no logs: it goes on, and what is sent again is known.
  @Test func anEarlierVersionsStoreGoesOn() throws {
    let store = try SummingStage.store()
    try Self.partition(store).apply(Self.batch(1...3, at: 0, after: .unknown, epoch: 0))
    let partition = try Self.partition(store)
    try partition.apply(Self.batch(1...4, at: 3, after: .nothing, epoch: 9))
    #expect(try SummingStage.sum(store) == 10 && partition.repeated == 3)
  }

  @Test func inATopicOfOthersAMarkIsAHeaderLikeAnyOther() throws {
    let store = try SummingStage.store()
    let partition = try Self.partition(store, .others)
    try partition.apply(Self.batch(3...3, at: 0, after: .nothing))
    try partition.apply(Self.batch(1...2, at: 1, after: .record(input: 0, ordinal: 0)))
    #expect(try SummingStage.sum(store) == 6 && partition.repeated == 0)
  }

  /// So that topic may get more partitions, and the stores stay.
  @Test func aStoreDoesNotHangOnHowManyPartitionsATopicOfOthersHas() throws {
    var stage = SummingStage.stage
    #expect(StagePartition.identity(stage, SummingStage.context).topics[stage.input] != nil)
    stage.writers = .others
    let identity = StagePartition.identity(stage, SummingStage.context)
    #expect(identity.topics[stage.input] == nil && !identity.topics.isEmpty)
  }

  @Test func inATopicOfStagesWhatNoneOfThemSentIsPassedOver() throws {
    let store = try SummingStage.store()
    let partition = try Self.partition(store, .stages)
    try partition.apply(Self.batch(1...2, at: 0, after: .nothing))
    try partition.apply(Self.batch(50...51, at: 2, after: .nothing, source: nil))
    #expect(partition.foreign.count == 2 && partition.foreign.last == 3 && partition.position == 4)
    #expect(try SummingStage.sum(store) == 3)
  }

  /// What a stage sends is linked, over steps and over restarts.
  @Test func whatIsSentIsLinked() throws {
    let store = try SummingStage.store()
    var links: [SourceLink] = []
    for numbers in [[1], [2], [3, 5], [7]] {
      let partition = try Self.partition(store)
      let base = partition.position
      try partition.apply(
        ReadBatch(
          segments: [
            .init(source: nil, baseOffset: base, records: SummingStage.records(numbers))
          ], nextOffset: base + Int64(numbers.count)))
      let odd = partition.unpublished.first { $0.target.topic == "odd" }
      if let link = odd?.link { links.append(link) }
      // What a crash leaves says the same.
      #expect(try Outbox.read(store.connection) == partition.unpublished)
    }
    #expect(Set(links.map(\.epoch)).count == 1 && links.first?.epoch != 0)
    #expect(links.count == 3)
    #expect(links.first?.previous == .nothing)
    for link in links.dropFirst() {
      guard case .record = link.previous else {
        Issue.record("\(link)")
        continue
      }
    }
  }
}
