import CNetwork
import Glibc
import Synchronization

/// A socket that never blocks: a caller that would have to wait for it suspends until the poller
/// says that it is ready. It owns the descriptor, which is closed once nothing uses the socket any
/// more, so nothing can read what the descriptor's next owner is sent.
///
/// Readiness is told by edges: once a call says that it would block, the next edge tells that it
/// would not any more. Edges are counted, and a caller notes the count *before* its call, so an
/// edge that comes between the call and the wait is not missed, and no caller takes another's.
final class Socket: Sendable {
  enum Direction { case reading, writing }

  /// How many edges there were.
  struct Marks: Sendable {
    fileprivate var reading: UInt64 = 0
    fileprivate var writing: UInt64 = 0
  }

  fileprivate struct Waiter {
    var id: UInt64
    var continuation: CheckedContinuation<Void, any Error>
    var deadline: ContinuousClock.Instant?
    /// Whether what waits has no request in hand.
    var isIdle: Bool
    var since: ContinuousClock.Instant
  }

  fileprivate struct Side {
    var edges: UInt64 = 0
    /// Whether no edge will come any more: the client has ended its sending, or is gone.
    var isOver = false
    /// Mostly one; within TLS reading may wait for writing, and the other way round.
    var waiters: [Waiter] = []
  }

  fileprivate struct State {
    var reading = Side()
    var writing = Side()
    var lastID: UInt64 = 0
    var isHungUp = false
    var endsWhenIdle = false
    var isEnded = false
    var onHangUp: (@Sendable () -> Void)?
  }

  let descriptor: Int32
  private let state = Mutex(State())

  /// Takes a descriptor over.
  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Whether it is to be closed once it has no request in hand.
  var endsWhenIdle: Bool { state.withLock { $0.endsWhenIdle } }

  /// Whether the other side has ended its sending, or is gone.
  var hasPeerEnded: Bool { state.withLock { $0.reading.isOver } }

  /// How many edges there were, for ``wait(_:since:until:isIdle:)``.
  var marks: Marks {
    state.withLock { Marks(reading: $0.reading.edges, writing: $0.writing.edges) }
  }

  /// Since when it has been waiting without a request in hand; nil if it has one.
  var idleSince: ContinuousClock.Instant? {
    state.withLock { state in
      state.reading.waiters.first.flatMap { $0.isIdle ? $0.since : nil }
    }
  }

  /// Until when a request in hand may keep waiting for its client; nil if it does not wait.
  var patienceEnds: ContinuousClock.Instant? {
    state.withLock { state in
      (state.reading.waiters + state.writing.waiters)
        .compactMap { $0.isIdle ? nil : $0.deadline }.min()
    }
  }

  /// Waits until it may be ready.
  ///
  /// - Parameters:
  ///   - marks: the edges before the call that would have blocked.
  ///   - deadline: how long at most; looked at a few times a second.
  ///   - isIdle: whether there is no request in hand, so that the wait may be ended.
  /// - Throws: ``ConnectionError``, or that the task was cancelled.
  func wait(
    _ direction: Direction, since marks: Marks, until deadline: ContinuousClock.Instant?,
    isIdle: Bool = false
  ) async throws {
    // The poller looks at deadlines right after it told of what arrived: a client that drips bytes
    // would never be found waiting then.
    let now = ContinuousClock.now
    if let deadline, deadline <= now { throw ConnectionError.timedOut }
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let known: Result<Void, any Error>? = state.withLock { state in
          if Task.isCancelled { return .failure(CancellationError()) }
          if state.isEnded { return .failure(ConnectionError.closed) }
          if isIdle, state.endsWhenIdle { return .failure(ConnectionError.ended) }
          let side = state[keyPath: direction.side]
          if side.isOver || side.edges != marks[keyPath: direction.mark] { return .success(()) }
          state[keyPath: direction.side].waiters.append(
            Waiter(
              id: id, continuation: continuation, deadline: deadline, isIdle: isIdle, since: now))
          return nil
        }
        if let known { continuation.resume(with: known) }
      }
    } onCancel: {
      resume(with: .failure(CancellationError())) { $0.id == id }
    }
  }

  /// What epoll says of it.
  func signal(_ events: UInt32) {
    let isOver = events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0
    let isEnded = isOver || events & EPOLLRDHUP.rawValue != 0
    let canRead = isEnded || events & EPOLLIN.rawValue != 0
    let canWrite = isOver || events & EPOLLOUT.rawValue != 0
    let (waiters, onHangUp) = state.withLock { state in
      if isOver { (state.isHungUp, state.writing.isOver) = (true, true) }
      // The end comes with the last data, in one edge: a caller that reads all of that must not
      // wait for another.
      if isEnded { state.reading.isOver = true }
      return (
        (canRead ? state.reading.ready() : []) + (canWrite ? state.writing.ready() : []),
        isOver ? state.onHangUp : nil
      )
    }
    onHangUp?()
    for waiter in waiters { waiter.continuation.resume() }
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

  /// Has it make place for others: whoever waits for the client waits no longer, and it gets no
  /// other request.
  func evict() {
    state.withLock { $0.endsWhenIdle = true }
    resume(with: .failure(ConnectionError.ended)) { _ in true }
  }

  /// Ends the waits that go on, as those of a connection that is closed.
  func endWaits() { resume(with: .failure(ConnectionError.closed)) { _ in true } }

  /// Ends the waits that go on, and all that come.
  func end() {
    state.withLock { state in
      state.isEnded = true
      state.onHangUp = nil
    }
    endWaits()
  }

  /// Has something done when the client is gone, at once if it is already; nil forgets it.
  func setOnHangUp(_ action: (@Sendable () -> Void)?) {
    let isHungUp = state.withLock { state in
      guard !state.isEnded else { return false }
      state.onHangUp = action
      return state.isHungUp
    }
    if isHungUp { action?() }
  }

  private func resume(
    with result: Result<Void, any Error>, where condition: (Waiter) -> Bool
  ) {
    let waiters = state.withLock { state in
      state.reading.take(where: condition) + state.writing.take(where: condition)
    }
    for waiter in waiters { waiter.continuation.resume(with: result) }
  }
}

extension Socket.Direction {
  fileprivate var side: WritableKeyPath<Socket.State, Socket.Side> {
    switch self {
    case .reading: \.reading
    case .writing: \.writing
    }
  }

  fileprivate var mark: KeyPath<Socket.Marks, UInt64> {
    switch self {
    case .reading: \.reading
    case .writing: \.writing
    }
  }
}

extension Socket.Side {
  /// Counts an edge, and returns whom to tell of it.
  fileprivate mutating func ready() -> [Socket.Waiter] {
    edges += 1
    return take { _ in true }
  }

  fileprivate mutating func take(
    where condition: (Socket.Waiter) -> Bool
  ) -> [Socket.Waiter] {
    // Asked of every socket a few times a second: most have nobody to wait, or one.
    guard waiters.contains(where: condition) else { return [] }
    defer { waiters.removeAll(where: condition) }
    return waiters.filter(condition)
  }
}
