import Foundation
import Synchronization

/// Hands pieces of bytes from a thread that makes them to a task that sends them on: beside the one
/// that is sent, one waits, and the thread waits with the next.
///
/// The thread does not begin before the first piece is asked for, and it ends where nobody takes
/// any more.
final class PieceChannel: Sendable {
  /// Nobody took a piece for too long.
  struct TooSlow: Error, CustomStringConvertible {
    var description: String { "the client takes nothing" }
  }

  private struct State {
    var piece: [UInt8]?
    var end: Result<Void, any Error>?
    var isCancelled = false
    var taker: CheckedContinuation<[UInt8]?, any Error>?
  }

  private let state = Mutex(State())
  /// Signalled whenever the thread may have something to do.
  private let change = DispatchSemaphore(value: 0)
  private let patience: Int

  /// - Parameter patience: for how many seconds the thread waits for a piece to be taken.
  init(patience: Int = 300) { self.patience = patience }

  // MARK: The thread

  /// Waits until the first piece is asked for.
  ///
  /// - Throws: `CancellationError` where nobody will.
  func waitUntilWanted() throws {
    while try !state.withLock({ state in
      if state.isCancelled { throw CancellationError() }
      return state.taker != nil
    }) {
      change.wait()
    }
  }

  /// Hands a piece over; waits while one is not taken yet.
  ///
  /// - Throws: `CancellationError` where nobody takes it any more, ``TooSlow``.
  func put(_ piece: [UInt8]) throws {
    if piece.isEmpty { return }
    let deadline = DispatchTime.now() + .seconds(patience)
    while true {
      let isTaken = try state.withLock { state in
        if state.isCancelled { throw CancellationError() }
        if let taker = state.taker {
          state.taker = nil
          taker.resume(returning: piece)
          return true
        }
        guard state.piece == nil else { return false }
        state.piece = piece
        return true
      }
      if isTaken { return }
      if change.wait(timeout: deadline) == .timedOut { throw TooSlow() }
    }
  }

  /// Says that there are no more pieces, or what went wrong.
  func end(_ result: Result<Void, any Error>) {
    state.withLock { state in
      state.end = result
      guard let taker = state.taker else { return }
      state.taker = nil
      taker.resume(with: result.map { nil })
    }
  }

  // MARK: The task

  /// The next piece; nil at the end.
  ///
  /// - Throws: what the thread ended with; `CancellationError`.
  func next() async throws -> [UInt8]? {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { taker in
        state.withLock { state in
          if state.isCancelled {
            taker.resume(throwing: CancellationError())
          } else if let piece = state.piece {
            state.piece = nil
            taker.resume(returning: piece)
          } else if let end = state.end {
            taker.resume(with: end.map { nil })
          } else {
            state.taker = taker
          }
        }
        change.signal()
      }
    } onCancel: {
      cancel()
    }
  }

  /// Says that nothing more is taken.
  func cancel() {
    state.withLock { state in
      state.isCancelled = true
      state.taker?.resume(throwing: CancellationError())
      state.taker = nil
    }
    change.signal()
  }
}
