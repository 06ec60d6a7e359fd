import CNetwork
import Glibc
import Synchronization

/// A socket that never blocks: who would have to wait for it suspends until the poller says that it
/// is ready.
///
/// Readiness is told by edges: once a call says that it would block, the next edge tells that it
/// would not any more, and is kept until somebody asks.
final class Socket: Sendable {
  enum Direction { case reading, writing }

  fileprivate struct Waiter {
    var continuation: CheckedContinuation<Void, any Error>
    var deadline: ContinuousClock.Instant?
    /// Whether what waits has no request in hand.
    var isIdle: Bool
    var since: ContinuousClock.Instant
  }

  fileprivate struct Side {
    var isReady = false
    /// Whether no edge will come any more: the client has ended its sending, or is gone.
    var isOver = false
    var waiter: Waiter?
  }

  fileprivate struct State {
    var reading = Side()
    var writing = Side()
    var isHungUp = false
    var endsWhenIdle = false
    var onHangUp: (@Sendable () -> Void)?
  }

  let descriptor: Int32
  private let state = Mutex(State())

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Whether it is to be closed once it has no request in hand.
  var endsWhenIdle: Bool { state.withLock { $0.endsWhenIdle } }

  /// Since when it has been waiting without a request in hand; nil where it has one.
  var idleSince: ContinuousClock.Instant? {
    state.withLock { state in
      state.reading.waiter.flatMap { $0.isIdle ? $0.since : nil }
    }
  }

  /// Waits until it may be ready.
  ///
  /// - Parameters:
  ///   - deadline: how long at most; looked at a few times a second.
  ///   - isIdle: whether there is no request in hand, so that the wait may be ended.
  /// - Throws: ``ConnectionError``, or that the task was cancelled.
  func wait(
    _ direction: Direction, until deadline: ContinuousClock.Instant?, isIdle: Bool = false
  ) async throws {
    // The poller looks at deadlines right after it told of what arrived: who drips bytes would
    // never be found waiting then.
    let now = ContinuousClock.now
    if let deadline, deadline <= now { throw ConnectionError.timedOut }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let known: Result<Void, any Error>? = state.withLock { state in
          if Task.isCancelled { return .failure(CancellationError()) }
          if isIdle, state.endsWhenIdle { return .failure(ConnectionError.ended) }
          let side = direction.side
          if state[keyPath: side].isReady || state[keyPath: side].isOver {
            state[keyPath: side].isReady = false
            return .success(())
          }
          state[keyPath: side].waiter = Waiter(
            continuation: continuation, deadline: deadline, isIdle: isIdle, since: now)
          return nil
        }
        if let known { continuation.resume(with: known) }
      }
    } onCancel: {
      resume(with: .failure(CancellationError())) { _ in true }
    }
  }

  /// What epoll says of it.
  func signal(_ events: UInt32) {
    let isOver = events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0
    let isEnded = isOver || events & EPOLLRDHUP.rawValue != 0
    let canRead = isEnded || events & EPOLLIN.rawValue != 0
    let canWrite = isOver || events & EPOLLOUT.rawValue != 0
    let (reader, writer, onHangUp) = state.withLock { state in
      if isOver { (state.isHungUp, state.writing.isOver) = (true, true) }
      // The end comes with the last data, in one edge: who reads all of that must not wait for
      // another.
      if isEnded { state.reading.isOver = true }
      return (
        canRead ? state.reading.ready() : nil, canWrite ? state.writing.ready() : nil,
        isOver ? state.onHangUp : nil
      )
    }
    onHangUp?()
    reader?.resume()
    writer?.resume()
  }

  /// Ends the waits of which the time is over.
  func expire(at now: ContinuousClock.Instant) {
    resume(with: .failure(ConnectionError.timedOut)) { $0.deadline.map { $0 <= now } ?? false }
  }

  /// Has it closed as soon as it has no request in hand.
  func endWhenIdle() {
    state.withLock { $0.endsWhenIdle = true }
    resume(with: .failure(ConnectionError.ended)) { $0.isIdle }
  }

  /// Has something done when the client is gone, at once where it is already; nil forgets it.
  func setOnHangUp(_ action: (@Sendable () -> Void)?) {
    let isHungUp = state.withLock { state in
      state.onHangUp = action
      return state.isHungUp
    }
    if isHungUp { action?() }
  }

  private func resume(
    with result: Result<Void, any Error>, where condition: (Waiter) -> Bool
  ) {
    let (reader, writer) = state.withLock { state in
      (state.reading.take(where: condition), state.writing.take(where: condition))
    }
    reader?.resume(with: result)
    writer?.resume(with: result)
  }
}

extension Socket.Direction {
  fileprivate var side: WritableKeyPath<Socket.State, Socket.Side> {
    switch self {
    case .reading: \.reading
    case .writing: \.writing
    }
  }
}

extension Socket.Side {
  /// Whom to tell that it is ready; where nobody waits, that is kept.
  fileprivate mutating func ready() -> CheckedContinuation<Void, any Error>? {
    guard let waiter = take(where: { _ in true }) else {
      isReady = true
      return nil
    }
    return waiter
  }

  fileprivate mutating func take(
    where condition: (Socket.Waiter) -> Bool
  ) -> CheckedContinuation<Void, any Error>? {
    guard let waiting = waiter, condition(waiting) else { return nil }
    waiter = nil
    return waiting.continuation
  }
}
