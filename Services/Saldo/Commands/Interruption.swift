import Foundation
import Synchronization

/// SIGINT or SIGTERM: somebody wants the process to end.
struct Interruption: Error, CustomStringConvertible {
  let signal: Signal

  /// As shells have it.
  var exitCode: Int32 { 128 + signal.rawValue }

  var description: String {
    "interrupted; what was loaded is kept: run the command again to continue"
  }
}

/// What a signal asks for, given those that came before: the first for a graceful end, a second for
/// an end at once. A terminal and a supervisor that both want the process to end send SIGINT and
/// SIGTERM at the same time; those are one wish.
struct SignalCount {
  /// How long after the first signal the other one still belongs to it.
  private static let sameWish = Duration.seconds(1)

  /// The first.
  private(set) var first: Signal?
  private var firstCame: ContinuousClock.Instant?
  private var came: [Signal] = []

  /// Counts a signal, and returns whether it asks for the end at once.
  mutating func isSecond(_ signal: Signal, at now: ContinuousClock.Instant) -> Bool {
    defer { came.append(signal) }
    guard let firstCame else {
      (first, firstCame) = (signal, now)
      return false
    }
    return came.contains(signal) || now - firstCame > Self.sameWish
  }
}

/// Traps SIGINT and SIGTERM: the first asks for a graceful end, the second ends it at once.
final class Interruptions: Sendable {
  private struct State {
    var count = SignalCount()
    var waiting: [UInt64: CheckedContinuation<Signal?, Never>] = [:]
    var nextWait: UInt64 = 0
  }

  private let state = Mutex(State())

  /// Traps the signals from here on, for the rest of the process's life.
  ///
  /// - Throws: what the system refuses it with.
  init() throws {
    try Signal.trap([.interrupt, .terminate]) { self.came($0) }
  }

  /// The first signal, also where it came before; nil where the task is cancelled before it comes.
  func wait() async -> Signal? {
    let id = state.withLock { state in
      state.nextWait += 1
      return state.nextWait
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let known: Signal?? = state.withLock { state in
          if let first = state.count.first { return .some(first) }
          if Task.isCancelled { return .some(nil) }
          state.waiting[id] = continuation
          return nil
        }
        if let known { continuation.resume(returning: known) }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: nil)
    }
  }

  /// What work answers; a signal that comes meanwhile cancels it.
  ///
  /// - Throws: ``Interruption`` on a signal, and what the work throws.
  func during<Answer: Sendable>(
    _ work: @escaping @Sendable () async throws -> Answer
  ) async throws -> Answer {
    try await withThrowingTaskGroup(of: Answer?.self) { tasks in
      tasks.addTask { try await work() }
      tasks.addTask {
        if let signal = await self.wait() { throw Interruption(signal: signal) }
        return nil
      }
      defer { tasks.cancelAll() }
      while let ended = try await tasks.next() {
        if let answer = ended { return answer }
      }
      throw CancellationError()
    }
  }

  private func came(_ signal: Signal) {
    let waiting = state.withLock { state in
      if state.count.isSecond(signal, at: .now) { _exit(128 + signal.rawValue) }
      defer { state.waiting = [:] }
      return Array(state.waiting.values)
    }
    for continuation in waiting { continuation.resume(returning: signal) }
  }
}
