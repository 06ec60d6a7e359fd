import Foundation

/// Calls that wait for a broker, each on a thread of its own: the concurrency pool has few threads,
/// and none to spare for waiting.
enum BlockingCall {
  /// Runs a call and returns what it answers.
  static func run<Answer: Sendable>(
    _ call: @escaping @Sendable () throws -> Answer
  ) async throws -> Answer {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try call() }) }
    }
  }
}
