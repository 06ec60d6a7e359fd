import Synchronization

/// For how long a question is asked again while no broker can answer it.
///
/// Where none ever has, the address may be wrong, and who asks says how long the first question is
/// worth. A cluster that has answered once is there, and is given the time of a failover.
final class Patience: Sendable {
  /// How long one request may take at most.
  static let longestRequest = Duration.seconds(5)
  /// How long one may take before the cluster has answered any: whether it refuses the connection
  /// is looked for in between.
  static let longestFirstRequest = Duration.seconds(1)
  /// For how long a question is asked again once the cluster has answered one.
  static let failover = Duration.seconds(40)

  private let first: Duration
  private let hasAnswered = Atomic(false)

  /// - Parameter first: for how long questions are asked again until one is answered.
  init(first: Duration) { self.first = first }

  /// For how long a question that begins now is asked again.
  var limit: Duration { isKnown ? Self.failover : first }

  /// Whether a broker has answered by now.
  var isKnown: Bool { hasAnswered.load(ordering: .relaxed) }

  /// A broker has answered.
  func answered() { hasAnswered.store(true, ordering: .relaxed) }

  /// How long the next request of a question may take, in milliseconds for librdkafka.
  func request(within left: Duration) -> Int32 {
    let longest = isKnown ? Self.longestRequest : Self.longestFirstRequest
    let left = min(left, longest).components
    let milliseconds = left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000
    // Zero would not wait at all, and less than that forever.
    return Int32(max(1, milliseconds))
  }
}
