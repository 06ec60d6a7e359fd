import CRdKafka

/// Where librdkafka's callbacks to a consumer go. It breaks the circle of a consumer, its client
/// and what its client calls.
///
/// Sendable: written once, before the client can call back, and read on the consumer's thread,
/// within its polls.
final class ConsumerCallbacks: @unchecked Sendable {
  weak var consumer: GroupConsumer?
}

// Free functions: librdkafka knows no others.

func kafkaDidRebalance(
  _ client: OpaquePointer?, _ code: rd_kafka_resp_err_t,
  _ partitions: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?,
  _ opaque: UnsafeMutableRawPointer?
) {
  KafkaContext.of(opaque)?.callbacks?.consumer?.rebalance(code, partitions)
}

func kafkaDidCommit(
  _ client: OpaquePointer?, _ code: rd_kafka_resp_err_t,
  _ partitions: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?,
  _ opaque: UnsafeMutableRawPointer?
) {
  KafkaContext.of(opaque)?.callbacks?.consumer?.didCommit(code, partitions)
}
