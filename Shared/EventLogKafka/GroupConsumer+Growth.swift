import CRdKafka
import EventLog
import Logging

/// A topic that others write may get more partitions at any time. All of it runs on the consumer's
/// thread.
///
/// Librdkafka asks for topics every now and then, and has the group share out what there is more;
/// but a member with a name that is back within its session gets what it had, and the group goes on
/// as if the topic had not changed. So such a member looks whether there are partitions that nobody
/// has ever applied anything of, and then leaves the group for once and joins it again.
///
/// It does not ask for the group's members: in that question librdkafka, 2.0.2 and 2.16.0, ends the
/// process by an assertion while a broker restarts.
extension GroupConsumer {
  /// What was found to be nobody's.
  struct Growth: Sendable {
    /// When to look again.
    var next = ContinuousClock.now
    /// What nobody had applied anything of the last time.
    var seen: Set<Int32> = []
    /// For what the group was left already.
    var asked: Set<Int32> = []

    /// Notes what nobody has applied anything of; returns what the group is to be left for. That is
    /// what was so twice, since whoever has just got a partition has yet to say so, and once only:
    /// its owner may be unable to go on.
    mutating func found(_ nobodys: Set<Int32>) -> Set<Int32> {
      let due = nobodys.intersection(seen).subtracting(asked)
      seen = nobodys
      asked.formUnion(due)
      return due
    }
  }

  /// For how long a look may hold the thread up.
  private static let longestLook: Int32 = 1_000

  /// Those of some partitions that are read here: all, with new buffers where the topic got more,
  /// or, of a topic of stages, those that it had from the first.
  func readable(_ partitions: [Int32]) -> [Int32] {
    if mayGrow, let last = partitions.max() { addBuffers(upTo: last) }
    return partitions.filter { buffers.indices.contains(Int($0)) }
  }

  /// Looks, where that is due, and joins anew where there is something to be shared out.
  func serveGrowth() {
    guard mayGrow, settings.instance != nil, growth.next <= .now else { return }
    growth.next = .now + lookInterval
    // One without any has yet to join, or gets its share when the next one does.
    guard !tenures.isEmpty else { return }
    let list = PartitionList(
      topic, 0..<Int32(buffers.count), offset: Int64(RD_KAFKA_OFFSET_INVALID))
    let code = list.lend { rd_kafka_committed(client.pointer, $0, Self.longestLook) }
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR, list.error == nil else { return }
    let applied = list.lend { list in
      Set(PartitionList.elements(list).filter { $0.offset >= 0 }.map(\.partition))
    }
    let nobodys = Set(0..<Int32(buffers.count)).subtracting(applied).subtracting(tenures.keys)
    let due = growth.found(nobodys)
    guard !due.isEmpty else { return }
    logger.warning(
      "kafka partitions are nobody's: joining anew",
      metadata: ["group": "\(group)", "topic": "\(topic)", "partitions": "\(due.sorted())"])
    rd_kafka_unsubscribe(client.pointer)
    do {
      try subscribe()
    } catch {
      stop(error)
    }
  }

  /// As often as topics are asked for.
  private var lookInterval: Duration {
    let asked = settings.properties[KafkaProperties.topicInterval.name].flatMap { Int($0) } ?? 0
    return .milliseconds(asked > 0 ? asked : KafkaProperties.topicInterval.milliseconds)
  }
}
