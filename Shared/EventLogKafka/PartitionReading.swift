import CRdKafka
import EventLog
import Logging

/// Reads one partition from its first record to an end, as a client that is in no group: nothing
/// has to be shared out first.
struct PartitionReading {
  let settings: KafkaSettings
  let partition: TopicPartition
  let trouble: BrokerTrouble
  let logger: Logger

  /// How long a broker may take.
  private static let patience = Patience.failover

  /// What there is before an offset. Blocks.
  ///
  /// - Throws: ``EventLogError/refused(_:)`` where a right is missing, ``EventLogError/failed(_:)``
  ///   where the brokers do not give it in time.
  func records(upTo end: Int64) throws(EventLogError) -> [Record] {
    guard end > 0 else { return [] }
    var settings = settings
    // The instance's name is for groups, of which another client is a member.
    settings.instance = nil
    let client = try KafkaHandle(
      settings, role: .consumer(group: "\(partition.topic).reader"), client: "saldo",
      logger: logger, trouble: trouble)
    rd_kafka_poll_set_consumer(client.pointer)
    let places = PartitionList(partition.topic, [partition.partition], offset: 0)
    let code = places.lend { rd_kafka_assign(client.pointer, $0) }
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw .failed(text(KafkaText.of(code))) }
    defer { _ = rd_kafka_assign(client.pointer, nil) }
    let packer = RecordPacker(
      from: 0, readsMarks: !settings.openTopics.contains(partition.topic))
    let deadline = ContinuousClock.now + Self.patience
    var reason = "no answer"
    while packer.next < end {
      guard ContinuousClock.now < deadline else {
        throw .failed(text("\(trouble.refusal ?? reason), for \(Self.patience)"))
      }
      guard let message = rd_kafka_consumer_poll(client.pointer, 200) else { continue }
      defer { rd_kafka_message_destroy(message) }
      switch message.pointee.err {
      case RD_KAFKA_RESP_ERR_NO_ERROR: packer.add(message)
      case RD_KAFKA_RESP_ERR__PARTITION_EOF: packer.skip(to: message.pointee.offset)
      case let code:
        reason = rd_kafka_message_errstr(message).map { String(cString: $0) } ?? ""
        if KafkaFailure.isForbidden(code) {
          throw .refused(text("\(reason): \(KafkaFailure.rights)"))
        }
        if KafkaFailure.isFinal(code) { throw .failed(text(reason)) }
      }
    }
    return packer.take().flatMap { chunk in
      var records: [Record] = []
      chunk.segment?.records.forEach { records.append($0.record) }
      return records
    }
  }

  private func text(_ reason: String) -> String {
    "cannot read \(partition) at \(settings.servers): \(reason)"
  }
}
