import Synchronization

/// Lets tasks wait for the next change of something, without polling and without missing one.
///
/// Read ``changes`` first, look at the thing, then wait for a change after the count that was read:
/// a change between the look and the wait ends the wait at once.
package final class ChangeSignal: Sendable {
  private struct State {
    var changes: UInt64 = 0
    var lastWaiter: UInt64 = 0
    var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  /// A signal that nothing has changed yet.
  package init() {}

  /// How many changes there were.
  package var changes: UInt64 { state.withLock { $0.changes } }

  /// Says that something changed: every wait ends.
  package func advance() {
    let waiters = state.withLock { state in
      state.changes += 1
      let waiters = state.waiters
      state.waiters = [:]
      return waiters
    }
    for waiter in waiters.values { waiter.resume() }
  }

  /// Waits until there were more changes than those seen.
  ///
  /// - Throws: `CancellationError` once the task is cancelled.
  package func wait(after seen: UInt64) async throws {
    let waiter = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let waits = state.withLock { state in
          guard state.changes == seen, !Task.isCancelled else { return false }
          state.waiters[waiter] = continuation
          return true
        }
        if !waits { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: waiter) }?.resume()
    }
    try Task.checkCancellation()
  }
}
