import CRdKafka
import Synchronization

/// Ends the waits of the thread that polls a consumer.
///
/// Sendable: the pointer is used under the lock, and not any more once it is destroyed.
final class ThreadWaker: @unchecked Sendable {
  private let lock = Mutex(())
  private var queue: OpaquePointer?

  init(_ client: KafkaHandle) { queue = rd_kafka_queue_get_consumer(client.pointer) }

  /// Wakes the poll of another client from now on, after ``end()``.
  func follow(_ client: KafkaHandle) {
    lock.withLock { _ in queue = rd_kafka_queue_get_consumer(client.pointer) }
  }

  func wake() { lock.withLock { _ in if let queue { rd_kafka_queue_yield(queue) } } }

  func end() {
    lock.withLock { _ in
      if let queue { rd_kafka_queue_destroy(queue) }
      queue = nil
    }
  }
}
