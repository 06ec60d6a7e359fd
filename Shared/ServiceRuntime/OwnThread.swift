import Foundation
import Synchronization

/// Runs what blocks for long on a thread of its own, so that the tasks go on meanwhile: they share
/// few threads, and have none to spare for waiting.
package enum OwnThread {
  /// Whether the task that waits was cancelled.
  package final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)

    /// Whether it was by now.
    package var isCancelled: Bool { flag.load(ordering: .relaxed) }

    fileprivate func cancel() { flag.store(true, ordering: .relaxed) }
  }

  /// Runs it and waits for its end, also where the task is cancelled: it is only told so.
  ///
  /// - Throws: what it throws, and nothing else.
  package static func run<Result: Sendable>(
    _ body: @escaping @Sendable (Cancellation) throws -> Result
  ) async throws -> Result {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread {
          continuation.resume(with: Swift.Result { try body(cancellation) })
        }
      }
    } onCancel: {
      cancellation.cancel()
    }
  }
}
