import CRdKafka
import EventLog
import Foundation
import Logging
import Synchronization

/// One idempotent librdkafka producer, which all appends share until it can go on no more.
///
/// What goes to one partition is written in order and without a hole: the first record that is
/// refused ends it, and everything that waits behind that with it. A thread of its own serves what
/// the brokers answer.
final class ProducerClient: Sendable {
  private struct State {
    var isClosed = false
    /// Appends that have yet to return.
    var active = 0
    var isEnded = false
  }

  /// librdkafka's handles of topics, which save it looking up each record's.
  ///
  /// Sendable: written under a lock, destroyed by the last reference.
  private final class Topics: @unchecked Sendable {
    private let handles = Mutex<[String: OpaquePointer]>([:])
    private let client: KafkaHandle

    init(client: KafkaHandle) { self.client = client }

    deinit { for handle in handles.withLock({ $0.values }) { rd_kafka_topic_destroy(handle) } }

    func handle(_ topic: String) throws(EventLogError) -> OpaquePointer {
      let handle = handles.withLock { handles -> OpaquePointer? in
        if let known = handles[topic] { return known }
        let new = rd_kafka_topic_new(client.pointer, topic, nil)
        handles[topic] = new
        return new
      }
      guard let handle else {
        throw .failed("\"\(topic)\" cannot name a topic: \(KafkaText.of(rd_kafka_last_error()))")
      }
      return handle
    }
  }

  private let client: KafkaHandle
  private let topics: Topics
  private let state = Mutex(State())
  /// Advances when librdkafka has room again, and when everything ends.
  private let progress = ChangeSignal()

  private let trouble: BrokerTrouble

  init(
    _ settings: KafkaSettings, client name: String, trouble: BrokerTrouble, logger: Logger
  ) throws(EventLogError) {
    self.trouble = trouble
    client = try KafkaHandle(
      settings, role: .producer, client: name, logger: logger, trouble: trouble)
    topics = Topics(client: client)
    let thread = Thread { [client, self] in serve(client) }
    thread.name = "kafka-producer"
    thread.start()
  }

  /// Whether it can go on no more, so that another one is needed.
  var isSpent: Bool { client.fatalCode != RD_KAFKA_RESP_ERR_NO_ERROR }

  /// Appends batches whose targets exist; returns once all brokers that must have them do.
  ///
  /// - Parameter limit: how long to wait for that; nil for as long as it takes.
  func append(
    _ batches: [OutgoingBatch], source: TopicPartition?, within limit: Duration?
  ) async throws {
    let isOpen = state.withLock { state in
      if !state.isClosed { state.active += 1 }
      return !state.isClosed
    }
    guard isOpen else { throw EventLogError.closed }
    defer {
      state.withLock { $0.active -= 1 }
      progress.advance()
    }
    let write = trouble.begins()
    defer { trouble.ends(write) }
    let pending = PendingAppend()
    pending.begin()
    var sent = 0
    var stop: (any Error)?
    do {
      let sourceBytes = RecordMark.bytes(of: source)
      for batch in batches where !batch.records.isEmpty {
        try await send(batch, sourceBytes, pending, &sent)
      }
    } catch {
      stop = error
    }
    // Also after a failure: what was handed over will be answered.
    let failure = try await pending.wait(for: sent, within: limit)
    if let error = failure ?? stop { throw error }
  }

  /// Ends every append and, once they are ended, the thread; does not wait for that.
  func stop() {
    state.withLock { $0.isClosed = true }
    progress.advance()
  }

  /// Ends every append and the thread.
  func close() async {
    stop()
    while true {
      let seen = progress.changes
      if state.withLock({ $0.isEnded }) { return }
      // A task of its own: a cancelled caller waits all the same.
      await Task { [progress] in try? await progress.wait(after: seen) }.value
    }
  }

  private func send(
    _ batch: OutgoingBatch, _ source: [UInt8], _ pending: PendingAppend, _ sent: inout Int
  ) async throws {
    let topic = try topics.handle(batch.target.topic)
    var done = 0
    var link = batch.link
    while done < batch.records.count {
      let seen = progress.changes
      guard state.withLock({ !$0.isClosed }) else { throw EventLogError.closed }
      // What follows a record that was refused must not be written.
      if let failure = pending.failure { throw failure }
      var letter = ProducerLetter(
        client: client.pointer, topic: topic, partition: batch.target.partition, source: source,
        link: link, opaque: Unmanaged.passUnretained(pending).toOpaque())
      let (count, code) = letter.send(batch.records, skipping: done)
      done += count
      link = letter.link
      sent += count
      switch code {
      case RD_KAFKA_RESP_ERR_NO_ERROR: break
      case RD_KAFKA_RESP_ERR__QUEUE_FULL: try await progress.wait(after: seen)
      default: throw failure(code, batch.target)
      }
    }
  }

  private func failure(_ code: rd_kafka_resp_err_t, _ target: TopicPartition) -> EventLogError {
    switch code {
    case RD_KAFKA_RESP_ERR__PURGE_QUEUE, RD_KAFKA_RESP_ERR__PURGE_INFLIGHT,
      RD_KAFKA_RESP_ERR__DESTROY:
      return .closed
    default: break
    }
    let text = KafkaText.of(code)
    switch code {
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
      return .rejected(
        "a record for \(target) is larger than may be sent: raise message.max.bytes here and "
          + "max.message.bytes of the topic")
    case _ where KafkaFailure.isOfTheRecord(code):
      return .rejected("\(target) could not be written: \(text)")
    case _ where KafkaFailure.isForbidden(code):
      return .refused("\(target) could not be written: \(text): \(KafkaFailure.rights)")
    default: break
    }
    // From then on librdkafka refuses everything, with the code of what happened first.
    if let reason = client.fatalError {
      let fatal = "the Kafka producer can go on no more: \(reason)"
      return KafkaFailure.isForbidden(client.fatalCode)
        ? .refused("\(fatal): \(KafkaFailure.rights)") : .failed(fatal)
    }
    return .failed("\(target) could not be written: \(text)")
  }

  /// The thread: hands out the brokers' answers until the producer is closed and all is answered.
  private func serve(_ client: KafkaHandle) {
    let queue = rd_kafka_queue_get_main(client.pointer)
    while true {
      let (isClosed, active) = state.withLock { ($0.isClosed, $0.active) }
      if isClosed {
        if active == 0, rd_kafka_outq_len(client.pointer) == 0 { break }
        rd_kafka_purge(client.pointer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
      }
      guard let event = rd_kafka_queue_poll(queue, isClosed ? 10 : 100) else { continue }
      if rd_kafka_event_type(event) == RD_KAFKA_EVENT_DR { answer(event) }
      rd_kafka_event_destroy(event)
      progress.advance()
    }
    rd_kafka_queue_destroy(queue)
    state.withLock { $0.isEnded = true }
    progress.advance()
  }

  /// Tells appends what became of their records, whole runs at a time.
  private func answer(_ event: OpaquePointer) {
    var run: UnsafeMutableRawPointer?
    var count = 0
    var isWritten = false
    func flush(_ failure: EventLogError? = nil) {
      if let run, count > 0 {
        Unmanaged<PendingAppend>.fromOpaque(run).takeUnretainedValue()
          .answered(count, failure: failure)
      }
      count = 0
    }
    while let message = rd_kafka_event_message_next(event) {
      if message.pointee._private != run { flush() }
      run = message.pointee._private
      count += 1
      if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR {
        isWritten = true
      } else {
        let topic = message.pointee.rkt.map { String(cString: rd_kafka_topic_name($0)) }
        flush(
          failure(message.pointee.err, TopicPartition(topic ?? "", message.pointee.partition)))
      }
    }
    flush()
    guard isWritten else { return }
    trouble.answered()
    trouble.acknowledged()
  }
}
