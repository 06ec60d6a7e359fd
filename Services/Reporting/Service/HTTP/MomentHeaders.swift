import HTTPServer
import Synchronization

/// What an answer says of the moment that it is of.
extension HeaderName {
  /// The name of the moment.
  static let corte: HeaderName = "Saldo-Corte"
  /// Where the next page is (RFC 8288).
  static let link: HeaderName = "Link"
  /// Of books as they were known at an instant: how many facts had been received by then.
  static let received: HeaderName = "Saldo-Received"
  /// How many of those were posted later.
  static let postedLater: HeaderName = "Saldo-Posted-Later"
}

/// There was no patience left.
struct TooLate: Error {}

/// A value that is waited for as long as there is patience; it is made all the same.
///
/// - Throws: ``TooLate``.
final class Awaited<Value: Sendable>: Sendable {
  private let waiting: Mutex<CheckedContinuation<Value, any Error>?>

  private init(_ waiting: CheckedContinuation<Value, any Error>) { self.waiting = Mutex(waiting) }

  /// - Parameter patience: nil for as long as it takes.
  /// - Throws: ``TooLate``, or what making it fails with.
  static func value(
    within patience: Duration?, _ make: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    guard let patience else { return try await make() }
    return try await withCheckedThrowingContinuation { continuation in
      let awaited = Awaited(continuation)
      let timer = Task {
        try await Task.sleep(for: patience)
        awaited.end(.failure(TooLate()))
      }
      Task {
        do {
          awaited.end(.success(try await make()))
        } catch {
          awaited.end(.failure(error))
        }
        timer.cancel()
      }
    }
  }

  private func end(_ result: Result<Value, any Error>) {
    let waiting = waiting.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
    waiting?.resume(with: result)
  }
}
