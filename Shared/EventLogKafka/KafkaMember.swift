import EventLog

/// A reader within a group of a Kafka topic.
final class KafkaMember: GroupMember {
  private let consumer: GroupConsumer
  private let inquiries: Inquiries
  /// Called once the membership has ended.
  private let didLeave: @Sendable () -> Void

  init(
    _ consumer: GroupConsumer, inquiries: Inquiries, didLeave: @escaping @Sendable () -> Void
  ) {
    self.consumer = consumer
    self.inquiries = inquiries
    self.didLeave = didLeave
  }

  func nextAssignment() async throws -> Set<Int32>? {
    while true {
      let seen = consumer.changes.changes
      let (isOver, news) = try consumer.state.withLock { state in
        if let failure = state.failure { throw failure }
        let version = state.tenancy.version
        guard !state.isLeaving, version != state.told else {
          return (state.isLeaving, nil as Set<Int32>?)
        }
        state.told = version
        return (false, state.tenancy.owned)
      }
      if isOver { return nil }
      if let news { return news }
      try await consumer.changes.wait(after: seen)
    }
  }

  func take(
    _ partition: Int32, from offset: Int64, limit: ReadLimit
  ) async throws -> ReadBatch? {
    let buffers = consumer.buffers
    guard buffers.indices.contains(Int(partition)) else { return nil }
    let buffer = buffers[Int(partition)]
    guard let tenure = buffer.tenure else { return try nilUnlessFailed() }
    while true {
      let seen = buffer.changes.changes
      if buffer.begin() { break }
      try await buffer.changes.wait(after: seen)
    }
    defer { buffer.finish() }
    while true {
      try Task.checkCancellation()
      let seen = buffer.changes.changes
      switch buffer.take(from: offset, limit: limit, tenure: tenure) {
      case .lost: return try nilUnlessFailed()
      case .failed(let error): throw error
      case .batch(let batch, let isLow):
        if isLow { consumer.wake() }
        return batch
      case .nothing: try await buffer.changes.wait(after: seen)
      case .elsewhere:
        try await check(offset, of: partition)
        buffer.seek(to: offset, tenure: tenure)
        consumer.wake()
      }
    }
  }

  func applied(_ partition: Int32, upTo offset: Int64) async {
    consumer.state.withLock { state in
      guard state.tenancy.tenures[partition] != nil else { return }
      state.applied[partition] = offset
    }
  }

  func released(_ partition: Int32) async {
    if consumer.state.withLock({ $0.tenancy.release(partition) }) { consumer.wake() }
  }

  func leave() async {
    consumer.stop()
    while true {
      let seen = consumer.changes.changes
      if consumer.state.withLock({ $0.isEnded }) { break }
      // A task of its own: a cancelled caller waits all the same.
      await Task { [consumer] in try? await consumer.changes.wait(after: seen) }.value
    }
    didLeave()
  }

  private func nilUnlessFailed() throws -> ReadBatch? {
    if let failure = consumer.state.withLock({ $0.failure }) { throw failure }
    return nil
  }

  /// Refuses an offset that the partition does not hold: the store that asks for it was made from
  /// another log, or the log lost what it is to keep forever.
  private func check(_ offset: Int64, of partition: Int32) async throws {
    let target = TopicPartition(consumer.topic, partition)
    let bounds = try await BlockingCall.run { [inquiries] in try inquiries.bounds(of: target) }
    guard bounds.contains(offset) else {
      throw EventLogError.damaged(
        "\(target) holds offsets \(bounds.lowerBound) up to \(bounds.upperBound) and was asked "
          + "for \(offset)")
    }
  }
}
