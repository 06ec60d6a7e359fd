import Synchronization

/// The connections of a server that are open, and who has to make place for others.
final class Connections: Sendable {
  fileprivate struct Entry {
    var socket: Socket
    var networks: [Network]
    var task: Task<Void, Never>
    /// Whether it was told to end: its place counts as free.
    var isEnding = false
  }

  fileprivate struct State {
    var entries: [UInt64: Entry] = [:]
    var ending = 0
    /// Those that are not told to end.
    var perNetwork: [Network: Int] = [:]
    var lastID: UInt64 = 0
    var whenEmpty: CheckedContinuation<Void, Never>?
  }

  /// Whether a further connection is taken.
  enum Admission {
    case welcome
    /// There is no place, and none can be made.
    case full
    /// The client's network has as many as it may, all of them at work.
    case networkFull
  }

  private let state = Mutex(State())
  private let limits: ServerLimits

  init(limits: ServerLimits) { self.limits = limits }

  /// How many are open.
  var count: Int { state.withLock { $0.entries.count } }

  /// Whether a connection from a client's networks is taken. Where a network has as many as it may,
  /// or all places are taken, somebody is ended for it: first those that have been without a
  /// request for longest, then those whose clients keep the server waiting for longest.
  func admit(_ networks: [Network]) -> Admission {
    let full = state.withLock { state in
      networks.first { (state.perNetwork[$0] ?? 0) >= $0.limit(limits) }
    }
    if let full, !end(atMost: 1, where: { $0.networks.contains(full) }) { return .networkFull }
    let (live, all) = state.withLock { ($0.entries.count - $0.ending, $0.entries.count) }
    // What was told to end takes a moment, and its descriptor is still open meanwhile.
    guard all < limits.connections + max(8, limits.connections / 8) else { return .full }
    if live >= limits.connections, !endSome() { return .full }
    return .welcome
  }

  /// Ends some connections, since all are looked at; false where all are at work.
  @discardableResult
  func endSome() -> Bool { end(atMost: max(1, limits.connections / 50)) { _ in true } }

  private func end(atMost count: Int, where isMeant: (Entry) -> Bool) -> Bool {
    let now = ContinuousClock.now
    let candidates = state.withLock { state in
      state.entries.filter { !$0.value.isEnding && isMeant($0.value) }.map { ($0.key, $0.value) }
    }
    let idle = candidates.compactMap { id, entry in entry.socket.idleSince.map { (id, entry, $0) } }
    let slow =
      idle.isEmpty
      ? candidates.compactMap { id, entry in
        // A client that has its time yet is not slow: how much of it is left does not grow with a
        // byte now and then.
        entry.socket.patienceEnds
          .flatMap { $0 < now + limits.stallTime - limits.slowTime ? (id, entry, $0) : nil }
      } : []
    let longest = (idle + slow).sorted { $0.2 < $1.2 }.prefix(count)
    state.withLock { state in
      for (id, _, _) in longest { state.noteEnding(id) }
    }
    for (_, entry, _) in longest { entry.socket.evict() }
    return !longest.isEmpty
  }

  /// Has a connection served by a task of its own, until that ends.
  func open(
    _ socket: Socket, _ networks: [Network], _ serve: @escaping @Sendable () async -> Void
  ) {
    let task = state.withLock { state in
      state.lastID += 1
      let id = state.lastID
      let task = Task(executorPreference: ServingThreads.shared) {
        await serve()
        self.close(id)
      }
      state.entries[id] = Entry(socket: socket, networks: networks, task: task)
      for network in networks { state.perNetwork[network, default: 0] += 1 }
      return task
    }
    socket.setOnHangUp { task.cancel() }
  }

  private func close(_ id: UInt64) {
    let whenEmpty = state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.noteEnding(id)
      guard state.entries.removeValue(forKey: id) != nil else { return nil }
      state.ending -= 1
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

extension Connections.State {
  /// Counts a connection's place as free.
  fileprivate mutating func noteEnding(_ id: UInt64) {
    guard entries[id]?.isEnding == false, let networks = entries[id]?.networks else { return }
    entries[id]?.isEnding = true
    ending += 1
    for network in networks {
      let left = (perNetwork[network] ?? 1) - 1
      perNetwork[network] = left > 0 ? left : nil
    }
  }
}
