import Brokers
import EventLog
import EventLogKafka
import Foundation
import Testing

/// A record that a real broker refuses in the middle of an append.
@Suite(.timeLimit(.minutes(20))) struct DeliveryOnKafkaTests {
  private static let target = TopicPartition("movements", 0)

  /// Nothing that follows the refused record is written, however many requests are under way: sent
  /// again, it would be taken for a repetition. The next append finds a producer that can go on.
  @Test func nothingIsWrittenBehindARefusal() async throws {
    guard KafkaHome.isThere else {
      LeftOut.say(Test.current?.name ?? "a test", KafkaHome.missing)
      try Test.cancel("\(KafkaHome.missing)")
    }
    let kafka = try KafkaCluster()
    var settings = KafkaSettings(servers: kafka.servers)
    settings.properties = ["batch.num.messages": "1", "compression.type": "none"]
    let log = try KafkaLog(settings: settings, logger: LogLines().logger)
    try await log.create([TopicSpecification(name: Self.target.topic, partitions: 1)])
    try kafka.set(["max.message.bytes": "2000"], of: Self.target.topic)
    var records = PackedRecords()
    for number in 0..<40 {
      let size = number == 7 ? 5_000 : 10
      records.append(
        Record(key: [UInt8(number)], value: Array(repeating: 7, count: size), timestamp: 1))
    }
    let batch = OutgoingBatch(target: Self.target, records: records)
    let error = await #expect(throws: EventLogError.self) {
      try await log.append([batch], source: nil)
    }
    guard case .rejected? = error else {
      Issue.record("\(String(describing: error))")
      return await log.close()
    }
    #expect(try await log.end(of: Self.target) <= 7)
    try kafka.set(["max.message.bytes": "100000"], of: Self.target.topic)
    try await log.append([batch], source: nil)
    await log.close()
  }
}
