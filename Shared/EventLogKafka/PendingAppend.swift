import EventLog
import Synchronization

/// The records of one append that the brokers have yet to acknowledge.
///
/// librdkafka names it by its address, so it keeps itself alive until all of them are answered for,
/// also where nobody waits for that any more.
final class PendingAppend: Sendable {
  private struct State {
    /// How many were handed to librdkafka; nil until all were.
    var sent: Int?
    var answered = 0
    var failure: EventLogError?
    var waiter: CheckedContinuation<Void, Never>?
    /// Itself, from the first record on until the last answer.
    var keeper: PendingAppend?

    var isAnswered: Bool { answered == sent }

    /// Lets go of itself and of who waits.
    mutating func end() -> Ended {
      defer {
        waiter = nil
        keeper = nil
      }
      return (waiter, keeper)
    }
  }

  private typealias Ended = (CheckedContinuation<Void, Never>?, PendingAppend?)

  private let state = Mutex(State())

  /// What the brokers refused first, as far as is known.
  var failure: EventLogError? { state.withLock { $0.failure } }

  /// Says that records are about to be handed over.
  func begin() { state.withLock { $0.keeper = self } }

  /// Notes what became of records, and ends the wait with the last of them.
  func answered(_ count: Int, failure: EventLogError?) {
    let (waiter, keeper) = state.withLock { state in
      state.answered += count
      if state.failure == nil { state.failure = failure }
      return state.isAnswered ? state.end() : Ended(nil, nil)
    }
    waiter?.resume()
    // Until here it must live.
    withExtendedLifetime(keeper) {}
  }

  /// Waits until all of so many records are answered for; returns the first failure among them.
  ///
  /// - Parameter limit: how long to wait; nil for as long as it takes.
  /// - Throws: `CancellationError` once the task is cancelled, and ``EventLogError/failed(_:)``
  ///   once the time is up. The records may still be written then.
  func wait(for sent: Int, within limit: Duration? = nil) async throws -> EventLogError? {
    let timer = limit.map { limit in
      Task {
        try await Task.sleep(for: limit)
        giveUp()
      }
    }
    defer { timer?.cancel() }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let (waiter, _) = state.withLock { state -> Ended in
          state.sent = sent
          if state.isAnswered {
            state.waiter = continuation
            return state.end()
          }
          if Task.isCancelled { return Ended(continuation, nil) }
          state.waiter = continuation
          return Ended(nil, nil)
        }
        waiter?.resume()
      }
    } onCancel: {
      giveUp()
    }
    let (isAnswered, failure) = state.withLock { ($0.isAnswered, $0.failure) }
    if let failure { return failure }
    guard !isAnswered else { return nil }
    try Task.checkCancellation()
    throw EventLogError.failed(
      "the brokers have not acknowledged within \(limit ?? .zero); what was sent may still be "
        + "written")
  }

  private func giveUp() {
    let waiter = state.withLock { state in
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }
}
