import CRdKafka
import EventLog
import Foundation

/// Requests that librdkafka answers through a queue.
extension Inquiries {
  /// Makes topics; one that another process makes meanwhile is left as it is.
  func make(_ topics: [TopicSpecification], replication: Int32) throws(EventLogError) {
    var new: [OpaquePointer?] = []
    defer { for topic in new { rd_kafka_NewTopic_destroy(topic) } }
    for topic in topics {
      var text = [CChar](repeating: 0, count: 512)
      guard
        let request = rd_kafka_NewTopic_new(
          topic.name, topic.partitions, replication, &text, text.count)
      else { throw .failed("topic \(topic.name) cannot be made: \(KafkaText.from(text))") }
      new.append(request)
      for (name, value) in TopicFinding.settings(of: topic, replication: replication) {
        rd_kafka_NewTopic_set_config(request, name, value)
      }
    }
    try administer(RD_KAFKA_ADMIN_OP_CREATETOPICS, "make topics") { options, queue in
      rd_kafka_CreateTopics(client.pointer, &new, new.count, options, queue)
    } read: { event in
      var count = 0
      let results = rd_kafka_CreateTopics_result_topics(
        rd_kafka_event_CreateTopics_result(event), &count)
      for result in UnsafeBufferPointer(start: results, count: count) {
        let code = rd_kafka_topic_result_error(result)
        guard
          code != RD_KAFKA_RESP_ERR_NO_ERROR, code != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS
        else { continue }
        let name = rd_kafka_topic_result_name(result).map { String(cString: $0) } ?? ""
        let reason = rd_kafka_topic_result_error_string(result).map { String(cString: $0) }
        throw EventLogError.failed(
          "topic \(name) cannot be made: \(reason ?? KafkaText.of(code))")
      }
    }
  }

  /// The settings of topics that exist, by topic and name; empty if the broker does not tell.
  func settings(of topics: [String]) throws(EventLogError) -> [String: [String: String]] {
    var resources: [OpaquePointer?] = topics.map {
      rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, $0)
    }
    defer { for resource in resources { rd_kafka_ConfigResource_destroy(resource) } }
    var found: [String: [String: String]] = [:]
    try administer(
      RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, "ask for topics' settings",
      tolerating: KafkaFailure.isUnsupported
    ) {
      rd_kafka_DescribeConfigs(client.pointer, &resources, resources.count, $0, $1)
    } read: { event in
      var count = 0
      let results = rd_kafka_DescribeConfigs_result_resources(
        rd_kafka_event_DescribeConfigs_result(event), &count)
      for result in UnsafeBufferPointer(start: results, count: count) {
        guard let name = rd_kafka_ConfigResource_name(result).map({ String(cString: $0) }) else {
          continue
        }
        var entryCount = 0
        let entries = rd_kafka_ConfigResource_configs(result, &entryCount)
        for entry in UnsafeBufferPointer(start: entries, count: entryCount) {
          guard let key = rd_kafka_ConfigEntry_name(entry),
            let value = rd_kafka_ConfigEntry_value(entry)
          else { continue }
          found[name, default: [:]][String(cString: key)] = String(cString: value)
        }
      }
    }
    return found
  }

  /// The offsets that a group has committed, by partition; nil if it has not.
  func committed(
    group: String, topic: String, partitions: Int32
  ) throws(EventLogError) -> [Int64?] {
    let wanted = PartitionList(topic, 0..<partitions, offset: Int64(RD_KAFKA_OFFSET_INVALID))
    var request: OpaquePointer? = wanted.lend { rd_kafka_ListConsumerGroupOffsets_new(group, $0) }
    defer { rd_kafka_ListConsumerGroupOffsets_destroy(request) }
    var committed = [Int64?](repeating: nil, count: Int(partitions))
    try administer(
      RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, "ask for the positions of group \(group)"
    ) {
      rd_kafka_ListConsumerGroupOffsets(client.pointer, &request, 1, $0, $1)
    } read: { event in
      var count = 0
      let groups = rd_kafka_ListConsumerGroupOffsets_result_groups(
        rd_kafka_event_ListConsumerGroupOffsets_result(event), &count)
      for result in UnsafeBufferPointer(start: groups, count: count) {
        if let error = rd_kafka_group_result_error(result) {
          throw Failure(code: rd_kafka_error_code(error), text: rd_kafka_error_string(error))
        }
        for element in PartitionList.elements(rd_kafka_group_result_partitions(result)) {
          if element.err != RD_KAFKA_RESP_ERR_NO_ERROR {
            throw Failure(code: element.err)
          }
          if element.offset >= 0, element.partition < partitions {
            committed[Int(element.partition)] = element.offset
          }
        }
      }
    }
    return committed
  }

  /// Sends a request and reads its answer; again while it fails in a way that passes.
  private func administer(
    _ operation: rd_kafka_admin_op_t, _ what: String,
    tolerating isTolerated: (rd_kafka_resp_err_t) -> Bool = { _ in false },
    send: (_ options: OpaquePointer?, _ queue: OpaquePointer?) -> Void,
    read: (OpaquePointer?) throws -> Void
  ) throws(EventLogError) {
    try retrying(what) { milliseconds in
      do {
        try administerOnce(operation, milliseconds, send: send, read: read)
      } catch let failure as Failure where isTolerated(failure.code) {
        // Then nothing is read.
      }
    }
  }

  private func administerOnce(
    _ operation: rd_kafka_admin_op_t, _ milliseconds: Int32,
    send: (_ options: OpaquePointer?, _ queue: OpaquePointer?) -> Void,
    read: (OpaquePointer?) throws -> Void
  ) throws {
    let queue = rd_kafka_queue_new(client.pointer)
    defer { rd_kafka_queue_destroy(queue) }
    let options = rd_kafka_AdminOptions_new(client.pointer, operation)
    defer { rd_kafka_AdminOptions_destroy(options) }
    var text = [CChar](repeating: 0, count: 512)
    rd_kafka_AdminOptions_set_request_timeout(options, milliseconds, &text, text.count)
    send(options, queue)
    let answer = rd_kafka_queue_poll(queue, 2 * milliseconds)
    defer { rd_kafka_event_destroy(answer) }
    guard let answer else { throw Failure(code: RD_KAFKA_RESP_ERR__TIMED_OUT) }
    let code = rd_kafka_event_error(answer)
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
      throw Failure(code: code, text: rd_kafka_event_error_string(answer))
    }
    try read(answer)
  }
}
