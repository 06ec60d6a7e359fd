import CRdKafka
import EventLog
import Foundation
import Logging

/// Asks a cluster for topics, offsets and settings, and has it make topics. Every call blocks.
struct Inquiries: Sendable {
  let client: KafkaHandle
  /// Whom is asked, for messages to people.
  let servers: String
  let patience: Patience
  var trouble = BrokerTrouble()

  /// A topic as the cluster has it.
  struct Topic: Sendable {
    var partitions: Int32
    /// Copies of the partition that has fewest.
    var replication: Int32
    /// Whether every partition has a broker that leads it.
    var isLed: Bool
  }

  /// A topic as the cluster has it; nil if there is none.
  func topic(_ name: String) throws(EventLogError) -> Topic? {
    guard let handle = rd_kafka_topic_new(client.pointer, name, nil) else {
      throw .failed("\"\(name)\" cannot name a topic: \(KafkaText.of(rd_kafka_last_error()))")
    }
    defer { rd_kafka_topic_destroy(handle) }
    var found: UnsafePointer<rd_kafka_metadata>?
    defer { if let found { rd_kafka_metadata_destroy(found) } }
    try retrying("ask for topic \(name)") { milliseconds in
      if let found { rd_kafka_metadata_destroy(found) }
      found = nil
      try Failure.check(rd_kafka_metadata(client.pointer, 0, handle, &found, milliseconds))
      // A broker that has just learned of the topic may not know all of it yet.
      let error = found?.pointee.topics?.pointee.err ?? RD_KAFKA_RESP_ERR__NOENT
      switch error {
      case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
        RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, RD_KAFKA_RESP_ERR__NOENT:
        break
      default: try Failure.check(error)
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
    try retrying("ask for the brokers") { milliseconds in
      var found: UnsafePointer<rd_kafka_metadata>?
      defer { if let found { rd_kafka_metadata_destroy(found) } }
      try Failure.check(rd_kafka_metadata(client.pointer, 0, nil, &found, milliseconds))
      count = found?.pointee.broker_cnt ?? 0
    }
    return count
  }

  /// The first offset of a partition and the one after its last.
  func bounds(of partition: TopicPartition) throws(EventLogError) -> ClosedRange<Int64> {
    var first: Int64 = 0
    var end: Int64 = 0
    try retrying("ask for the end of \(partition)") { milliseconds in
      try Failure.check(
        rd_kafka_query_watermark_offsets(
          client.pointer, partition.topic, partition.partition, &first, &end, milliseconds))
    }
    guard first >= 0, first <= end else {
      throw .failed("\(partition) is said to begin at \(first) and to end at \(end)")
    }
    return first...end
  }

  /// What a broker answered instead, or why none did.
  struct Failure: Error {
    var code: rd_kafka_resp_err_t
    var text: String

    init(code: rd_kafka_resp_err_t, text: UnsafePointer<CChar>? = nil) {
      self.code = code
      self.text = text.map { String(cString: $0) } ?? KafkaText.of(code)
    }

    /// Throws what a code says, where it says anything.
    static func check(_ code: rd_kafka_resp_err_t) throws {
      if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw Failure(code: code) }
    }
  }

  /// Asks until there is an answer, or it fails in a way that time will not mend.
  ///
  /// - Parameter ask: makes one request, which may take so many milliseconds; throws ``Failure``.
  func retrying(
    _ what: String, _ ask: (_ milliseconds: Int32) throws -> Void
  ) throws(EventLogError) {
    let limit = patience.limit
    let deadline = ContinuousClock.now + limit
    var tries = 0
    while true {
      do {
        try ask(patience.request(within: deadline - .now))
        trouble.answered()
        return patience.answered()
      } catch let failure as Failure {
        tries += 1
        try judge(failure, what, tries)
        guard ContinuousClock.now < deadline else {
          let reason = trouble.refusal ?? failure.text
          throw .failed("cannot \(what) at \(servers) within \(limit): \(reason)")
        }
        Thread.sleep(forTimeInterval: 0.1)
      } catch let error as EventLogError {
        throw error
      } catch {
        throw .failed("cannot \(what) at \(servers): \(error)")
      }
    }
  }

  /// Throws where to ask again is in vain.
  private func judge(_ failure: Failure, _ what: String, _ tries: Int) throws(EventLogError) {
    if KafkaFailure.isForbidden(failure.code) {
      throw .refused("cannot \(what) at \(servers): \(failure.text): \(KafkaFailure.rights)")
    }
    if KafkaFailure.isFinal(failure.code) {
      throw .failed("cannot \(what) at \(servers): \(failure.text)")
    }
    // Why there is no connection comes by a callback, which is called within a poll.
    rd_kafka_poll(client.pointer, 0)
    trouble.unanswered("cannot \(what) at \(servers): \(failure.text)")
    // Before the first answer it is a wrong password, rather than a broker that comes up. Another
    // of the brokers may know better, so it is tried twice.
    if !patience.isKnown, tries >= 2, let refusal = trouble.refusal {
      throw .refused("cannot \(what) at \(servers): \(refusal)")
    }
  }
}
