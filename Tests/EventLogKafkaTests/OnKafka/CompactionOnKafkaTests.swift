import Brokers
import EventLog
import EventLogKafka
import Foundation
import Testing

/// A topic that the brokers' own cleaner has been at.
@Suite(.timeLimit(.minutes(20))) struct CompactionOnKafkaTests {
  private static let target = TopicPartition("catalog", 0)
  private static let count = 6_000

  /// What is left is read at its offsets, from the beginning and from within a hole, and that takes
  /// no longer than it should: a hole is where the next record is.
  @Test func whatIsLeftIsReadAtItsOffsets() async throws {
    guard KafkaHome.isThere else {
      LeftOut.say(Test.current?.name ?? "a test", KafkaHome.missing)
      try Test.cancel("\(KafkaHome.missing)")
    }
    var setup = KafkaCluster.Setup()
    setup.settings = ["log.cleaner.backoff.ms": "100"]
    let kafka = try KafkaCluster(setup)
    let log = try KafkaLog(
      settings: KafkaSettings(servers: kafka.servers), logger: LogLines().logger)
    try await log.create([
      TopicSpecification(
        name: Self.target.topic, partitions: 1, compacted: true, hasLogTime: true)
    ])
    try kafka.set(
      ["segment.ms": "100", "min.cleanable.dirty.ratio": "0.001"], of: Self.target.topic)
    for start in stride(from: 0, to: Self.count, by: 1_000) {
      try await Self.append(start..<start + 1_000, to: log)
    }
    let member = try await log.join(group: "readers", topic: Self.target.topic, member: "sole")
    try await member.waitFor([0])
    var end = Self.count
    var found = try await Self.read(member, from: 0, to: end)
    // The newest segment is left alone, so there has to be a newer one.
    while found.count(where: { $0 < Self.count }) > Self.count / 2 {
      try await Self.append(end..<end + 1, to: log)
      end += 1
      found = try await Self.read(member, from: 0, to: end)
    }
    let kept = stride(from: 0, to: Self.count, by: 2).map { $0 }
    let start = ContinuousClock.now
    found = try await Self.read(member, from: 0, to: end)
    let duration = ContinuousClock.now - start
    #expect(found.filter { $0 < Self.count } == kept)
    #expect(duration < .seconds(30), "\(duration)")
    let later = try await Self.read(member, from: 4_001, to: end)
    #expect(later.filter { $0 < Self.count } == kept.filter { $0 > 4_000 })
    await member.leave()
    await log.close()
  }

  /// Appends numbers: an even one is the only record of its key, the odd ones have a key together.
  private static func append(_ numbers: Range<Int>, to log: KafkaLog) async throws {
    var records = PackedRecords()
    for number in numbers {
      let key = number.isMultiple(of: 2) && number < count ? "\(number)" : "often"
      records.append(
        Record(key: Array(key.utf8), value: Array("\(number)".utf8), timestamp: 1))
    }
    try await log.append([OutgoingBatch(target: target, records: records)], source: nil)
  }

  /// The numbers from an offset on; each must lie at its own offset.
  private static func read(
    _ member: any GroupMember, from first: Int, to end: Int
  ) async throws -> [Int] {
    var numbers: [Int] = []
    var position = Int64(first)
    while position < end {
      let batch = try #require(try await member.take(0, from: position, limit: ReadLimit()))
      for segment in batch.segments {
        var offset = segment.baseOffset + Int64(segment.skipped)
        segment.records.forEach(skipping: segment.skipped) { record in
          let number = record.value.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
          #expect(number == Int(offset))
          numbers.append(Int(offset))
          offset += 1
        }
      }
      position = batch.nextOffset
    }
    return numbers
  }
}
