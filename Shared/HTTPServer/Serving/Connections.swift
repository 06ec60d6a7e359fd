import Synchronization

/// The connections of a server that are open.
final class Connections: Sendable {
  private struct Entry {
    var socket: Socket
    var network: String
    var task: Task<Void, Never>
  }

  private struct State {
    var entries: [UInt64: Entry] = [:]
    var perNetwork: [String: Int] = [:]
    var lastID: UInt64 = 0
    var whenEmpty: CheckedContinuation<Void, Never>?
  }

  /// Whether a further connection is taken.
  enum Admission {
    case welcome
    /// There is no place, and none can be made.
    case full
    /// The client's network has as many as it may.
    case networkFull
  }

  private let state = Mutex(State())
  private let limits: ServerLimits

  init(limits: ServerLimits) { self.limits = limits }

  /// How many are open.
  var count: Int { state.withLock { $0.entries.count } }

  /// Whether a connection from a client's network is taken; makes place where that is needed, by
  /// ending those that have been without a request for longest.
  func admit(_ network: String) -> Admission {
    let (count, ofNetwork) = state.withLock { ($0.entries.count, $0.perNetwork[network] ?? 0) }
    if ofNetwork >= limits.connectionsPerAddress { return .networkFull }
    if count >= limits.connections, !endLongestIdle() { return .full }
    return .welcome
  }

  /// Ends the connections that have been without a request for longest, some at a time since it
  /// looks at all; false where all have one.
  @discardableResult
  func endLongestIdle() -> Bool {
    let sockets = state.withLock { $0.entries.values.map(\.socket) }
    let idle = sockets.compactMap { socket in socket.idleSince.map { (socket, $0) } }
    let longest = idle.sorted { $0.1 < $1.1 }.prefix(max(1, limits.connections / 50))
    for (socket, _) in longest { socket.endWhenIdle() }
    return !longest.isEmpty
  }

  /// Has a connection served by a task of its own, until that ends.
  func open(_ socket: Socket, _ network: String, _ serve: @escaping @Sendable () async -> Void) {
    let task = state.withLock { state in
      state.lastID += 1
      let id = state.lastID
      let task = Task(executorPreference: ServingThreads.shared) {
        await serve()
        self.close(id)
      }
      state.entries[id] = Entry(socket: socket, network: network, task: task)
      state.perNetwork[network, default: 0] += 1
      return task
    }
    socket.setOnHangUp { task.cancel() }
  }

  private func close(_ id: UInt64) {
    let whenEmpty = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard let entry = state.entries.removeValue(forKey: id) else { return nil }
      let left = (state.perNetwork[entry.network] ?? 1) - 1
      state.perNetwork[entry.network] = left > 0 ? left : nil
      guard state.entries.isEmpty else { return nil }
      defer { state.whenEmpty = nil }
      return state.whenEmpty
    }
    whenEmpty?.resume()
  }

  /// Ends those without a request at once, and the others after the one that they have.
  func endWhenIdle() {
    for entry in state.withLock({ Array($0.entries.values) }) { entry.socket.endWhenIdle() }
  }

  /// Cancels what is in hand.
  func cancelAll() {
    for entry in state.withLock({ Array($0.entries.values) }) { entry.task.cancel() }
  }

  /// Waits until none is open; only one may wait.
  func untilEmpty() async {
    await withCheckedContinuation { continuation in
      let isEmpty = state.withLock { state in
        if state.entries.isEmpty { return true }
        state.whenEmpty = continuation
        return false
      }
      if isEmpty { continuation.resume() }
    }
  }
}
