import Synchronization

/// For how long a question is asked again while no broker can answer it.
///
/// Where none ever has, the address may be wrong, and who asks says how long the first question is
/// worth. A cluster that has answered once is there, and is given the time of a failover.
final class Patience: Sendable {
  /// How long one request may take at most.
  static let longestRequest = Duration.seconds(10)
  /// For how long a question is asked again once the cluster has answered one.
  static let failover = Duration.seconds(40)

  private let first: Duration
  private let isKnown = Atomic(false)

  /// - Parameter first: for how long questions are asked again until one is answered.
  init(first: Duration) { self.first = first }

  /// For how long a question that begins now is asked again.
  var limit: Duration { isKnown.load(ordering: .relaxed) ? Self.failover : first }

  /// A broker has answered.
  func answered() { isKnown.store(true, ordering: .relaxed) }

  /// How long the next request of a question may take, in milliseconds for librdkafka.
  static func request(within left: Duration) -> Int32 {
    let left = min(left, longestRequest).components
    let milliseconds = left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000
    // Zero would not wait at all, and less than that for ever.
    return Int32(max(1, milliseconds))
  }
}
