import CNetwork
import Glibc
import Synchronization

/// Tells sockets when they are ready, from a thread of its own that does nothing else.
final class Poller: Sendable {
  private struct State {
    var sockets: [UInt64: Socket] = [:]
    var lastID: UInt64 = 0
    var isStopped = false
  }

  /// How often deadlines are looked at.
  private static let tick: Int32 = 250

  private let epoll: Int32
  private let waker: Int32
  private let state = Mutex(State())

  /// Starts the thread.
  init() throws(ListenError) {
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    waker = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard epoll >= 0, waker >= 0, control(waker, id: 0) else { throw .last("epoll") }
    var thread = pthread_t()
    // The thread holds it until it is stopped.
    let held = Unmanaged.passRetained(self)
    let failed = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Poller>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
      }, held.toOpaque())
    guard failed == 0 else {
      held.release()
      throw ListenError(what: "a thread", code: failed)
    }
    pthread_detach(thread)
  }

  deinit {
    if epoll >= 0 { close(epoll) }
    if waker >= 0 { close(waker) }
  }

  /// Adds a socket; returns what ``remove(_:)`` knows it by.
  func add(_ socket: Socket) throws(ListenError) -> UInt64 {
    let id = state.withLock { state in
      state.lastID += 1
      state.sockets[state.lastID] = socket
      return state.lastID
    }
    guard control(socket.descriptor, id: id) else {
      remove(id)
      throw .last("epoll")
    }
    return id
  }

  /// Forgets a socket, before it is closed.
  func remove(_ id: UInt64) { _ = state.withLock { $0.sockets.removeValue(forKey: id) } }

  /// Ends the thread.
  func stop() {
    state.withLock { $0.isStopped = true }
    eventfd_write(waker, 1)
  }

  private func control(_ descriptor: Int32, id: UInt64) -> Bool {
    var event = epoll_event(events: saldo_epoll_all, data: epoll_data_t(u64: id))
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0
  }

  private func run() {
    var events = [epoll_event](repeating: epoll_event(), count: 256)
    var nextTick = ContinuousClock.now + .milliseconds(Int64(Self.tick))
    while !state.withLock({ $0.isStopped }) {
      let count = epoll_wait(epoll, &events, Int32(events.count), Self.tick)
      for event in events.prefix(Int(max(0, count))) {
        let socket = state.withLock { $0.sockets[event.data.u64] }
        socket?.signal(event.events)
      }
      let now = ContinuousClock.now
      guard now >= nextTick else { continue }
      nextTick = now + .milliseconds(Int64(Self.tick))
      for socket in state.withLock({ Array($0.sockets.values) }) { socket.expire(at: now) }
    }
  }
}
