import Synchronization

/// How many pages are read at a time, each by a thread: others wait, unless too many do.
final class ReadingQueue: Sendable {
  private struct State {
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let most: Int
  private let state: Mutex<State>

  /// - Parameter most: how many may wait.
  init(_ places: Int, most: Int) {
    self.most = most
    state = Mutex(State(free: places))
  }

  /// Waits for a place; false where too many wait already.
  func enter() async -> Bool {
    enum Answer { case entered, full, waits }
    var answer = Answer.waits
    await withCheckedContinuation { continuation in
      answer = state.withLock { state in
        if state.free > 0 {
          state.free -= 1
          return .entered
        }
        if state.waiting.count >= most { return .full }
        state.waiting.append(continuation)
        return .waits
      }
      if answer != .waits { continuation.resume() }
    }
    return answer != .full
  }

  /// Gives a place to who waits for longest.
  func leave() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      if state.waiting.isEmpty {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
