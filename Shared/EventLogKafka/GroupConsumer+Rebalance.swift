import CRdKafka
import EventLog
import Logging

/// What happens when a group's partitions are shared out anew. All of it runs on the consumer's
/// thread.
extension GroupConsumer {
  /// Partitions that were taken away, and that librdkafka waits for us to give back.
  struct Revocation {
    var partitions: [Int32]
    /// When to give them back even where their stores are not said to be closed: after that the
    /// group takes them anyway.
    var deadline: ContinuousClock.Instant
  }

  /// librdkafka's callback: partitions were assigned, or are to be given back. It need not be
  /// answered within the call.
  func rebalance(
    _ code: rd_kafka_resp_err_t, _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
  ) {
    let partitions = readable(PartitionList.elements(list).map(\.partition))
    switch code {
    case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS: assign(partitions)
    case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS: revoke(partitions)
    default:
      logger.warning(
        "kafka rebalance",
        metadata: ["group": "\(group)", "error": "\(KafkaText.of(code))"])
      revoke(Array(tenures.keys))
    }
  }

  private var isCooperative: Bool {
    rd_kafka_rebalance_protocol(client.pointer).map { String(cString: $0) } == "COOPERATIVE"
  }

  private func assign(_ partitions: [Int32]) {
    // Nothing is fetched before a take says from where. The offset means nothing, but has to be
    // one: librdkafka 2.0.2 would have to ask for the end, and the answer, where it came after our
    // seek, would have it read on from there.
    let list = PartitionList(topic, partitions, offset: 0)
    if isCooperative {
      note(list.lend { rd_kafka_incremental_assign(client.pointer, $0) })
    } else {
      note(list.lend { rd_kafka_assign(client.pointer, $0) })
    }
    if !partitions.isEmpty { _ = list.lend { rd_kafka_pause_partitions(client.pointer, $0) } }
    state.withLock { state in
      guard !state.isLeaving else { return }
      state.tenancy.assign(partitions)
      tenures = state.tenancy.tenures
      // Within the lock: who is told of a partition can take from it.
      for partition in partitions { buffers[Int(partition)].set(tenure: tenures[partition]) }
    }
    logger.info(
      "kafka partitions assigned",
      metadata: ["group": "\(group)", "partitions": "\(partitions.sorted())"])
    changes.advance()
  }

  private func revoke(_ partitions: [Int32]) {
    let isLost = rd_kafka_assignment_lost(client.pointer) != 0
    let isUnreleased = state.withLock { state in
      for partition in state.tenancy.revoke(partitions, lost: isLost || state.isLeaving) {
        buffers[Int(partition)].set(tenure: nil)
      }
      tenures = state.tenancy.tenures
      return !state.tenancy.unreleased.isEmpty
    }
    for partition in partitions {
      packers[partition] = nil
      moves[partition] = nil
      gaps[partition] = nil
    }
    logger.info(
      "kafka partitions revoked",
      metadata: [
        "group": "\(group)", "partitions": "\(partitions.sorted())", "lost": "\(isLost)",
      ])
    changes.advance()
    revocation = Revocation(partitions: partitions, deadline: .now + revocationLimit)
    if !isUnreleased { giveBack() }
  }

  /// Gives revoked partitions back once their stores are closed.
  func serveRevocation() {
    guard let revocation else { return }
    let isReleased = state.withLock { $0.tenancy.unreleased.isEmpty }
    let isLate = revocation.deadline <= .now
    guard isReleased || isLate || rd_kafka_assignment_lost(client.pointer) != 0 else { return }
    if !isReleased {
      logger.warning(
        "kafka partitions given back with their stores open",
        metadata: ["group": "\(group)", "partitions": "\(revocation.partitions.sorted())"])
    }
    giveBack()
  }

  /// Gives revoked partitions back now; without any it does nothing.
  func giveBack() {
    guard let revocation else { return }
    self.revocation = nil
    state.withLock { $0.tenancy.forgetUnreleased() }
    commitApplied(all: true)
    forgetApplied(revocation.partitions)
    if isCooperative {
      let list = PartitionList(topic, revocation.partitions, offset: 0)
      note(list.lend { rd_kafka_incremental_unassign(client.pointer, $0) })
    } else {
      note(rd_kafka_assign(client.pointer, nil))
    }
  }

  private func note(_ code: rd_kafka_resp_err_t) {
    guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
    guard !isFencedNow else { return isFenced = true }
    stop(.failed("group \(group) cannot share \(topic) out: \(KafkaText.of(code))"))
  }

  private func note(_ error: OpaquePointer?) {
    guard let error else { return }
    note(rd_kafka_error_code(error))
    rd_kafka_error_destroy(error)
  }
}
