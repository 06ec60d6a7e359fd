import CRdKafka
import EventLog
import Foundation
import Logging
import Synchronization

/// One membership in a group: a librdkafka consumer, and the thread that polls it.
///
/// The thread reads ahead of the takes into a bounded buffer for each partition, and fetches no
/// more of a partition whose buffer is full. Positions come from the takes.
///
/// Sendable: what other threads reach is constant or behind a lock; the rest belongs to the thread,
/// on which librdkafka calls back as well.
final class GroupConsumer: @unchecked Sendable {
  /// What the thread and the member's callers share.
  struct State: Sendable {
    var tenancy = Tenancy()
    /// The version of the tenancy that the caller was told last.
    var told: UInt64 = 0
    /// How far the owned partitions were applied.
    var applied: [Int32: Int64] = [:]
    var failure: EventLogError?
    var isLeaving = false
    var isEnded = false
  }

  let group: String
  let topic: String
  private let allBuffers: Mutex<[PartitionBuffer]>
  let state = Mutex(State())
  /// Advances with every change of `state` that somebody may wait for.
  let changes = ChangeSignal()
  let logger: Logger
  let trouble: BrokerTrouble
  let waker: ThreadWaker
  let revocationLimit: Duration
  let settings: KafkaSettings
  private let member: String
  /// Whether others write the topic: nothing depends on how many partitions it has then.
  var mayGrow: Bool { settings.openTopics.contains(topic) }
  private let callbacks = ConsumerCallbacks()

  // What follows is the thread's.

  var client: KafkaHandle
  var packers: [Int32: RecordPacker] = [:]
  var tenures: [Int32: UInt64] = [:]
  /// Where fetching is to go on, of partitions for which librdkafka did not take it yet.
  var moves: [Int32: Int64] = [:]
  /// Offsets that librdkafka passed over, and that a second look has yet to confirm.
  var gaps: [Int32: GapLook] = [:]
  var revocation: Revocation?
  /// How far the broker has confirmed what was applied, in this assignment.
  var committed: [Int32: Int64] = [:]
  var lastCommit = ContinuousClock.now
  var lastRestatement = ContinuousClock.now
  var touched: Set<Int32> = []
  /// How often another member of this name took the membership, and whether that has just happened.
  var fences = Fences()
  var isFenced = false
  var growth = Growth()

  private static let pollSize = 1_000

  /// Joins a group. Blocks for a moment.
  init(
    _ settings: KafkaSettings, group: String, topic: String, partitions: Int32, member: String,
    trouble: BrokerTrouble, logger: Logger
  ) throws(EventLogError) {
    self.settings = settings
    self.group = group
    self.topic = topic
    self.member = member
    self.trouble = trouble
    self.logger = logger
    allBuffers = Mutex((0..<partitions).map { _ in PartitionBuffer() })
    let interval = settings.properties["max.poll.interval.ms"].flatMap { Int($0) } ?? 300_000
    revocationLimit = .milliseconds(interval)
    client = try KafkaHandle(
      settings, role: .consumer(group: group), client: member, logger: logger, trouble: trouble,
      callbacks: callbacks)
    waker = ThreadWaker(client)
    callbacks.consumer = self
    try subscribe()
  }

  /// A buffer for each partition that the topic is known to have.
  var buffers: [PartitionBuffer] { allBuffers.withLock { $0 } }

  /// Makes buffers for all partitions up to one.
  func addBuffers(upTo last: Int32) {
    allBuffers.withLock { buffers in
      while buffers.count <= Int(last) { buffers.append(PartitionBuffer()) }
    }
  }

  /// A client for the same membership, in the place of one that can go on no more.
  func renewClient() throws(EventLogError) {
    waker.end()
    client = try KafkaHandle(
      settings, role: .consumer(group: group), client: member, logger: logger, trouble: trouble,
      callbacks: callbacks)
    waker.follow(client)
    try subscribe()
  }

  func subscribe() throws(EventLogError) {
    rd_kafka_poll_set_consumer(client.pointer)
    let topics = PartitionList(topic, [RD_KAFKA_PARTITION_UA], offset: 0)
    let code = topics.lend { rd_kafka_subscribe(client.pointer, $0) }
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
      throw .failed("cannot join group \(group) of \(topic): \(KafkaText.of(code))")
    }
  }

  /// Starts the thread, which holds this object until the membership ends.
  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "kafka-consumer"
    thread.start()
  }

  /// Ends the thread's wait, because there is something for it to do.
  func wake() { waker.wake() }

  /// Ends the membership and all its waits.
  func stop(_ failure: EventLogError? = nil) {
    state.withLock { state in
      if state.failure == nil { state.failure = failure }
      state.isLeaving = true
      for buffer in buffers { buffer.set(tenure: nil) }
    }
    changes.advance()
    wake()
  }

  private func run() {
    while !state.withLock({ $0.isLeaving }) {
      serveRevocation()
      serveMoves()
      commitApplied()
      serveGrowth()
      // Short while librdkafka is not ready to move; everything else wakes the thread.
      poll(milliseconds: moves.isEmpty ? 200 : 10)
      if isFenced { joinAnew() }
    }
    commitApplied(all: true)
    // Closing would wait for an answer to a revocation that came before.
    giveBack()
    // Before the close: a wake would end its wait, and leave librdkafka's half of the membership
    // open forever.
    waker.end()
    // Librdkafka calls back for the partitions that are still assigned.
    rd_kafka_consumer_close(client.pointer)
    state.withLock { $0.isEnded = true }
    changes.advance()
  }

  /// Takes what there is, after a wait for the first of it.
  ///
  /// One by one: librdkafka 2.0.2 hands out batches that are from before a seek.
  private func poll(milliseconds: Int32) {
    guard let message = rd_kafka_consumer_poll(client.pointer, milliseconds) else { return }
    take(message)
    for _ in 1..<Self.pollSize {
      guard let message = rd_kafka_consumer_poll(client.pointer, 0) else { break }
      take(message)
    }
    flush()
  }

  private func take(_ message: UnsafeMutablePointer<rd_kafka_message_t>) {
    defer { rd_kafka_message_destroy(message) }
    let partition = message.pointee.partition
    switch message.pointee.err {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      guard follows(message.pointee.offset, in: partition, isEnd: false) else { return }
      packers[partition]?.add(message)
      touched.insert(partition)
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      guard follows(message.pointee.offset, in: partition, isEnd: true) else { return }
      packers[partition]?.skip(to: message.pointee.offset)
      touched.insert(partition)
    case let code:
      let text = rd_kafka_message_errstr(message).map { String(cString: $0) } ?? ""
      fail(code, text, partition: message.pointee.rkt == nil ? nil : partition)
    }
  }

  /// Whether an offset that librdkafka has come to is to be taken.
  private func follows(_ offset: Int64, in partition: Int32, isEnd: Bool) -> Bool {
    // What comes while the partition is to move is from elsewhere.
    guard let next = packers[partition]?.next, moves.isEmpty || moves[partition] == nil
    else { return false }
    switch gaps[partition, default: GapLook()].judge(offset, next: next, isEnd: isEnd) {
    case .take: return true
    case .pass: return false
    case .again:
      moves[partition] = next
      return false
    }
  }

  private func flush() {
    var full: [Int32] = []
    for partition in touched {
      guard let tenure = tenures[partition], let chunks = packers[partition]?.take(),
        !chunks.isEmpty
      else { continue }
      if buffers[Int(partition)].add(chunks, tenure: tenure) { full.append(partition) }
    }
    touched.removeAll(keepingCapacity: true)
    if !full.isEmpty {
      _ = PartitionList(topic, full, offset: 0).lend {
        rd_kafka_pause_partitions(client.pointer, $0)
      }
    }
  }

  /// An error ends a partition's takes, the membership, or nothing where librdkafka goes on.
  private func fail(_ code: rd_kafka_resp_err_t, _ text: String, partition: Int32?) {
    switch code {
    case RD_KAFKA_RESP_ERR__FATAL, RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
      guard !isFencedNow else { return isFenced = true }
      let reason = client.fatalError ?? text
      stop(.failed("group \(group) cannot be read any more: \(reason)"))
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
      RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
      stop(.refused("group \(group) may not read \(topic): \(text): \(KafkaFailure.rights)"))
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE,
      RD_KAFKA_RESP_ERR__BAD_MSG, RD_KAFKA_RESP_ERR__BAD_COMPRESSION:
      guard let partition, buffers.indices.contains(Int(partition)) else { fallthrough }
      // Before its first seek a partition stands where nothing need be.
      guard packers[partition] != nil else { return }
      buffers[Int(partition)].fail(.damaged("\(topic)/\(partition): \(text)"))
    default:
      guard trouble.admit("\(group) \(text)") != nil else { return }
      logger.warning(
        "kafka consumer", metadata: ["group": "\(group)", "topic": "\(topic)", "error": "\(text)"])
    }
  }

  /// Moves fetching to where takes want it, and on where buffers have room again.
  private func serveMoves() {
    for partition in tenures.keys {
      let buffer = buffers[Int(partition)]
      if let offset = buffer.wantedSeek {
        moves[partition] = offset
      } else if buffer.resumes(), let packer = packers[partition] {
        moves[partition] = packer.next
      }
    }
    for (partition, offset) in moves {
      let list = PartitionList(topic, [(partition, offset)])
      _ = list.lend { rd_kafka_resume_partitions(client.pointer, $0) }
      // The seek comes second, because only a seek makes librdkafka fetch at once.
      let error = list.lend { rd_kafka_seek_partitions(client.pointer, $0, 1_000) }
      rd_kafka_error_destroy(error)
      guard error == nil, list.error == nil else { continue }
      moves[partition] = nil
      gaps[partition]?.moved()
      packers[partition] = RecordPacker(from: offset, readsMarks: !mayGrow)
      buffers[Int(partition)].sought(offset)
    }
  }
}
