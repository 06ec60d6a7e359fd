import EventLog
import ServiceRuntime
import Store
import Testing

/// One partition of a stage: every input once, whatever was sent twice and wherever batches end.
@Suite struct StagePartitionTests {
  private func open(_ store: StageStore) throws -> StagePartition {
    try StagePartition(SummingStage.stage, store: store, context: SummingStage.context)
  }

  private func batch(
    _ numbers: PackedRecords, at base: Int64, from source: TopicPartition? = nil, skipped: Int = 0
  ) -> ReadBatch {
    ReadBatch(
      segments: [
        .init(source: source, baseOffset: base, skipped: skipped, records: numbers)
      ], nextOffset: base + Int64(numbers.count))
  }

  /// Everything that was sent, record by record, by target.
  private func described(_ batches: [OutgoingBatch]) -> [TopicPartition: [String]] {
    var sent: [TopicPartition: [String]] = [:]
    for batch in batches {
      batch.records.forEach { record in
        let value = record.value.map { String(decoding: $0, as: UTF8.self) } ?? "-"
        let key = String(decoding: record.key, as: UTF8.self)
        sent[batch.target, default: []].append(
          "\(key)=\(value) by \(record.input).\(record.ordinal) at \(record.timestamp)")
      }
    }
    return sent
  }

  @Test(arguments: [1, 2, 3, 7, 40])
  func whereBatchesEndMakesNoDifference(_ size: Int) throws {
    let numbers = Array(1...40)
    func sent(_ size: Int) throws -> [TopicPartition: [String]] {
      let partition = try open(try SummingStage.store())
      var all: [TopicPartition: [String]] = [:]
      for start in stride(from: 0, to: numbers.count, by: size) {
        let part = SummingStage.records(Array(numbers[start..<min(start + size, 40)]))
        try partition.apply(batch(part, at: Int64(start)))
        all.merge(described(partition.unpublished)) { $0 + $1 }
        partition.published()
      }
      #expect(partition.position == 40 && partition.applied == 40)
      return all
    }
    #expect(try sent(size) == sent(13))
  }

  @Test func whatWasAppliedIsPassedOver() throws {
    let store = try SummingStage.store()
    let partition = try open(store)
    try partition.apply(batch(SummingStage.records([1, 2, 3]), at: 0))
    // The same stored batch, read from its middle, and with what was applied in front.
    try partition.apply(batch(SummingStage.records([1, 2, 3, 4]), at: 0))
    #expect(try SummingStage.sum(store) == 10)
    try partition.apply(batch(SummingStage.records([3, 4, 5]), at: 2, skipped: 2))
    #expect(try SummingStage.sum(store) == 15)
    #expect(partition.position == 5)
  }

  @Test func whatASourceSendsAgainIsDropped() throws {
    let store = try SummingStage.store()
    let (first, second) = (TopicPartition("inbound", 0), TopicPartition("inbound", 1))
    var partition = try open(store)
    try partition.apply(batch(SummingStage.records([1, 2, 3]), at: 0, from: first))
    try partition.apply(batch(SummingStage.records([1, 2]), at: 3, from: first))
    try partition.apply(batch(SummingStage.records([1, 2]), at: 5, from: second))
    #expect(try SummingStage.sum(store) == 9)
    #expect(partition.repeated == 2)
    // It is remembered by the store, and not by who had it open.
    partition = try open(store)
    #expect(partition.position == 7)
    try partition.apply(batch(SummingStage.records([1, 2, 3, 4]), at: 7, from: first))
    #expect(try SummingStage.sum(store) == 13)
    #expect(partition.repeated == 3 && partition.applied == 1)
  }

  @Test func outputsOfOneInputAreToldApartByTheirOrdinal() throws {
    let store = try SummingStage.store()
    let partition = try open(store)
    var records = PackedRecords()
    for (ordinal, number) in [5, 6, 7].enumerated() {
      records.append(
        Record(key: [], value: Array("\(number)".utf8), timestamp: 0), input: 9,
        ordinal: UInt32(ordinal))
    }
    let source = TopicPartition("inbound", 0)
    try partition.apply(batch(records, at: 0, from: source))
    try partition.apply(batch(records, at: 3, from: source))
    #expect(try SummingStage.sum(store) == 18)
    // A producer's own records have no source: nothing is dropped.
    try partition.apply(batch(records, at: 6))
    #expect(try SummingStage.sum(store) == 36)
  }

  @Test func aFailingRecordLeavesNothingOfItsBatch() throws {
    let store = try SummingStage.store()
    var partition = try open(store)
    try partition.apply(batch(SummingStage.records([1]), at: 0))
    let sent = partition.unpublished
    var bad = SummingStage.records([2])
    bad.append(Record(key: [], value: Array("two".utf8), timestamp: 0))
    do {
      try partition.apply(batch(bad, at: 1))
      Issue.record("it was taken")
    } catch let error as StageError {
      #expect(error.stage == "test/sums" && error.offset == 2)
      #expect(error.source == SummingStage.source)
      #expect(error.cause is NotANumber)
      #expect("\(error)".contains("test/sums stopped at"))
    }
    partition = try open(store)
    #expect(try SummingStage.sum(store) == 1)
    #expect(partition.position == 1)
    #expect(partition.unpublished == sent)
  }

  @Test func whatWasNotKnownToBePublishedIsPublishedAgain() throws {
    let store = try SummingStage.store()
    var partition = try open(store)
    try partition.apply(batch(SummingStage.records([1, 2, 3]), at: 0))
    let sent = partition.unpublished
    #expect(!sent.isEmpty)
    // Dies before it publishes, or before it notes that it did.
    partition = try open(store)
    #expect(partition.unpublished == sent)
    partition.published()
    partition = try open(store)
    #expect(partition.unpublished == sent)
    partition.published()
    try partition.apply(batch(SummingStage.records([8]), at: 3))
    partition = try open(store)
    #expect(described(partition.unpublished).values.flatMap { $0 } == ["8=14 by 3.0 at 8"])
  }

  @Test func ordinalsCountOverAllTopicsOfAnInput() throws {
    let partition = try open(try SummingStage.store())
    try partition.apply(batch(SummingStage.records([3, 4]), at: 10))
    let sent = described(partition.unpublished)
    #expect(sent[TopicPartition("odd", 0)] == ["3=odd by 10.1 at 3"])
    let sums = sent.filter { $0.key.topic == "sums" }.values.flatMap { $0 }.sorted()
    #expect(sums == ["3=3 by 10.0 at 3", "4=7 by 11.0 at 4"])
  }
}
