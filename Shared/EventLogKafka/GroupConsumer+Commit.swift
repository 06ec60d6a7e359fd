import CRdKafka
import EventLog

/// How the broker is told how far a group has applied a topic: monitors read that, and whoever
/// waits for a group to catch up. All of it runs on the consumer's thread.
extension GroupConsumer {
  private static let commitInterval: Duration = .milliseconds(500)
  /// After so long the broker is told again what it had confirmed.
  private static let restatement: Duration = .seconds(10)

  /// Tells the broker what it has not confirmed yet, every now and then: a commit is lost with a
  /// broker that restarts, and with a group that is shared out anew, and nothing more may come to
  /// be applied. For the same reason, all of it once in a while.
  func commitApplied(all: Bool = false) {
    guard all || lastCommit.duration(to: .now) >= Self.commitInterval else { return }
    lastCommit = .now
    if lastRestatement.duration(to: .now) >= Self.restatement {
      lastRestatement = .now
      committed = [:]
    }
    let news = state.withLock { $0.applied }.filter { committed[$0.key] != $0.value }
    guard !news.isEmpty else { return }
    let list = PartitionList(topic, news.map { ($0, $1) })
    _ = list.lend { rd_kafka_commit(client.pointer, $0, 1) }
  }

  /// librdkafka's callback: what has become of a commit.
  func didCommit(
    _ code: rd_kafka_resp_err_t, _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
  ) {
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
      logger.debug(
        "kafka commit", metadata: ["group": "\(group)", "error": "\(KafkaText.of(code))"])
      return
    }
    for element in PartitionList.elements(list) where element.err == RD_KAFKA_RESP_ERR_NO_ERROR {
      guard tenures[element.partition] != nil else { continue }
      committed[element.partition] = element.offset
    }
  }

  /// Forgets what was said of partitions that are another's now.
  func forgetApplied(_ partitions: [Int32]) {
    state.withLock { state in
      for partition in partitions where state.tenancy.tenures[partition] == nil {
        state.applied[partition] = nil
      }
    }
    for partition in partitions { committed[partition] = nil }
  }
}
