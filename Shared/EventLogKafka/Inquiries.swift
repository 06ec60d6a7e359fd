import CRdKafka
import EventLog
import Foundation
import Logging

/// Asks a cluster for topics, offsets and settings, and has it make topics. Every call blocks.
struct Inquiries: Sendable {
  let client: KafkaHandle
  /// Whom is asked, for messages to people.
  let servers: String

  /// How long one request may take.
  static let requestMilliseconds: Int32 = 10_000
  /// How long a question is asked again while no broker can answer it.
  static let patience: Duration = .seconds(40)

  /// A topic as the cluster has it.
  struct Topic: Sendable {
    var partitions: Int32
    /// Copies of the partition that has fewest.
    var replication: Int32
    /// Whether every partition has a broker that leads it.
    var isLed: Bool
  }

  /// A topic as the cluster has it; nil where there is none.
  func topic(_ name: String) throws(EventLogError) -> Topic? {
    guard let handle = rd_kafka_topic_new(client.pointer, name, nil) else {
      throw .failed("\"\(name)\" cannot name a topic: \(KafkaText.of(rd_kafka_last_error()))")
    }
    defer { rd_kafka_topic_destroy(handle) }
    var found: UnsafePointer<rd_kafka_metadata>?
    defer { if let found { rd_kafka_metadata_destroy(found) } }
    try retrying("ask for topic \(name)") {
      let code = rd_kafka_metadata(client.pointer, 0, handle, &found, Self.requestMilliseconds)
      guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { return code }
      // A broker that has just learned of the topic may not know all of it yet.
      let error = found?.pointee.topics?.pointee.err ?? RD_KAFKA_RESP_ERR__NOENT
      switch error {
      case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
        RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, RD_KAFKA_RESP_ERR__NOENT:
        return RD_KAFKA_RESP_ERR_NO_ERROR
      default: return error
      }
    }
    guard let topic = found?.pointee.topics?.pointee, topic.partition_cnt > 0 else { return nil }
    let partitions = UnsafeBufferPointer(start: topic.partitions, count: Int(topic.partition_cnt))
    return Topic(
      partitions: topic.partition_cnt, replication: partitions.map(\.replica_cnt).min() ?? 0,
      isLed: partitions.allSatisfy { $0.leader >= 0 })
  }

  /// How many brokers the cluster has.
  func brokers() throws(EventLogError) -> Int32 {
    var count: Int32 = 0
    try retrying("ask for the brokers") {
      var found: UnsafePointer<rd_kafka_metadata>?
      let code = rd_kafka_metadata(client.pointer, 0, nil, &found, Self.requestMilliseconds)
      defer { if let found { rd_kafka_metadata_destroy(found) } }
      count = found?.pointee.broker_cnt ?? 0
      return code
    }
    return count
  }

  /// The first offset of a partition and the one after its last.
  func bounds(of partition: TopicPartition) throws(EventLogError) -> ClosedRange<Int64> {
    var first: Int64 = 0
    var end: Int64 = 0
    try retrying("ask for the end of \(partition)") {
      rd_kafka_query_watermark_offsets(
        client.pointer, partition.topic, partition.partition, &first, &end,
        Self.requestMilliseconds)
    }
    guard first >= 0, first <= end else {
      throw .failed("\(partition) is said to begin at \(first) and to end at \(end)")
    }
    return first...end
  }

  /// Calls until it succeeds, or fails in a way that time will not mend.
  private func retrying(
    _ what: String, _ call: () -> rd_kafka_resp_err_t
  ) throws(EventLogError) {
    let deadline = ContinuousClock.now + Self.patience
    while true {
      let code = call()
      if code == RD_KAFKA_RESP_ERR_NO_ERROR { return }
      guard Self.passes(code), ContinuousClock.now < deadline else {
        throw .failed("cannot \(what) at \(servers): \(KafkaText.of(code))")
      }
      Thread.sleep(forTimeInterval: 0.1)
    }
  }

  /// Whether an error is of the moment: a broker that starts, fails over or cannot be reached.
  static func passes(_ code: rd_kafka_resp_err_t) -> Bool {
    switch code {
    case RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__TIMED_OUT,
      RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, RD_KAFKA_RESP_ERR__RESOLVE,
      RD_KAFKA_RESP_ERR__WAIT_COORD, RD_KAFKA_RESP_ERR__WAIT_CACHE,
      RD_KAFKA_RESP_ERR__PARTIAL,
      RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
      RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE,
      RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
      RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
      RD_KAFKA_RESP_ERR_NOT_CONTROLLER, RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE:
      true
    default: false
    }
  }
}
