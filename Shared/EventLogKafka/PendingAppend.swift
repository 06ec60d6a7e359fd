import CRdKafka
import EventLog
import Synchronization

/// The records of one append that the brokers have yet to acknowledge.
final class PendingAppend: Sendable {
  private struct State {
    /// How many were handed to librdkafka; nil until all were.
    var sent: Int?
    var answered = 0
    var failure: EventLogError?
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  /// Notes what became of records, and ends the wait with the last of them.
  func answered(_ count: Int, failure: EventLogError?) {
    let waiter = state.withLock { state in
      state.answered += count
      if state.failure == nil { state.failure = failure }
      guard state.answered == state.sent else { return nil as CheckedContinuation<Void, Never>? }
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }

  /// Waits until all of so many records are answered for; answers the first failure among them.
  ///
  /// Cancellation does not end it: librdkafka holds on to this object until then.
  func wait(for sent: Int) async -> EventLogError? {
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        state.sent = sent
        guard state.answered < sent else { return true }
        state.waiter = continuation
        return false
      }
      if isDone { continuation.resume() }
    }
    return state.withLock { $0.failure }
  }
}
