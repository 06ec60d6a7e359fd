import CRdKafka
import EventLog
import Logging

@testable import EventLogKafka

/// Messages as librdkafka makes them: records that were sent to a mock of a cluster within this
/// process, and read from it.
final class SentMessages {
  struct NotAnswered: Error {}

  /// In the order of their offsets, from 0.
  let messages: [UnsafeMutablePointer<rd_kafka_message_t>]
  // The producer is the cluster too, and the messages are the consumer's.
  private let producer: KafkaHandle
  private let consumer: KafkaHandle

  private static let topic = "t"
  private static let patience: Int32 = 120_000

  /// Sends records, run by run, each run as a source's outputs or as a producer's own.
  init(_ runs: [(source: TopicPartition?, records: PackedRecords)]) throws {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    var settings = KafkaSettings(servers: "mock:1")
    settings.properties = ["test.mock.num.brokers": "1"]
    producer = try KafkaHandle(settings, role: .producer, client: "sender", logger: logger)
    let cluster = rd_kafka_handle_mock_cluster(producer.pointer)
    rd_kafka_mock_topic_create(cluster, Self.topic, 1, 1)
    guard let servers = rd_kafka_mock_cluster_bootstraps(cluster) else { throw NotAnswered() }
    let count = runs.reduce(0) { $0 + $1.records.count }
    try Self.send(runs, count, by: producer)
    consumer = try KafkaHandle(
      KafkaSettings(servers: String(cString: servers)), role: .consumer(group: "g"),
      client: "reader", logger: logger)
    messages = try Self.read(count, by: consumer)
  }

  deinit { for message in messages { rd_kafka_message_destroy(message) } }

  private static func send(
    _ runs: [(source: TopicPartition?, records: PackedRecords)], _ count: Int,
    by producer: KafkaHandle
  ) throws {
    guard let topic = rd_kafka_topic_new(producer.pointer, topic, nil) else { throw NotAnswered() }
    let queue = rd_kafka_queue_get_main(producer.pointer)
    defer {
      rd_kafka_queue_destroy(queue)
      rd_kafka_topic_destroy(topic)
    }
    for (source, records) in runs {
      var letter = ProducerLetter(
        client: producer.pointer, topic: topic, partition: 0, source: RecordMark.bytes(of: source),
        opaque: Unmanaged.passUnretained(producer).toOpaque())
      let (sent, code) = letter.send(records, skipping: 0)
      guard code == RD_KAFKA_RESP_ERR_NO_ERROR, sent == records.count else { throw NotAnswered() }
    }
    var answered = 0
    while answered < count {
      guard let event = rd_kafka_queue_poll(queue, patience) else { throw NotAnswered() }
      defer { rd_kafka_event_destroy(event) }
      while let message = rd_kafka_event_message_next(event) {
        guard message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else { throw NotAnswered() }
        answered += 1
      }
    }
  }

  private static func read(
    _ count: Int, by consumer: KafkaHandle
  ) throws -> [UnsafeMutablePointer<rd_kafka_message_t>] {
    _ = PartitionList(topic, [0], offset: 0).lend { rd_kafka_assign(consumer.pointer, $0) }
    rd_kafka_poll_set_consumer(consumer.pointer)
    var messages: [UnsafeMutablePointer<rd_kafka_message_t>] = []
    while messages.count < count {
      guard let message = rd_kafka_consumer_poll(consumer.pointer, patience) else {
        throw NotAnswered()
      }
      if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR {
        messages.append(message)
      } else {
        rd_kafka_message_destroy(message)
      }
    }
    return messages
  }
}
