import CRdKafka
import EventLog

/// A list of partitions, each with an offset, in librdkafka's own form.
struct PartitionList: ~Copyable {
  private let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

  /// Partitions of one topic, at offsets.
  init(_ topic: String, _ offsets: some Sequence<(Int32, Int64)>) {
    pointer = rd_kafka_topic_partition_list_new(16)
    for (partition, offset) in offsets {
      rd_kafka_topic_partition_list_add(pointer, topic, partition).pointee.offset = offset
    }
  }

  /// Partitions of one topic, all at one offset.
  init(_ topic: String, _ partitions: some Sequence<Int32>, offset: Int64) {
    self.init(topic, partitions.map { ($0, offset) })
  }

  deinit { rd_kafka_topic_partition_list_destroy(pointer) }

  /// Lends the list to a call. The pointer is not to be had without the list, which would end with
  /// its last use, before the call.
  func lend<Result>(
    _ call: (UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) -> Result
  ) -> Result { call(pointer) }

  /// The first error that a call noted for one of the partitions.
  var error: rd_kafka_resp_err_t? {
    Self.elements(pointer).lazy.map(\.err).first { $0 != RD_KAFKA_RESP_ERR_NO_ERROR }
  }

  /// What is in a list.
  static func elements(
    _ list: UnsafePointer<rd_kafka_topic_partition_list_t>?
  ) -> UnsafeBufferPointer<rd_kafka_topic_partition_t> {
    UnsafeBufferPointer(start: list?.pointee.elems, count: Int(list?.pointee.cnt ?? 0))
  }
}
