/// How long a client may keep the server waiting in the middle of a body: time that its bytes earn
/// and waits spend. A client that stops is given up on after ``ServerLimits/stallTime``, and one
/// that drips bytes little later. Not Sendable: it is a connection's.
final class Pace {
  private let most: Duration
  private let perByte: Duration
  private var left: Duration

  init(_ limits: ServerLimits) {
    most = limits.stallTime
    perByte = .seconds(1) / max(1, limits.minimumRate)
    left = most
  }

  /// When to give up on a wait that begins now.
  var deadline: ContinuousClock.Instant { .now + left }

  /// Counts a wait that has ended, however it did.
  func spend(since began: ContinuousClock.Instant) { left -= .now - began }

  /// Counts bytes that came or went.
  func earn(_ bytes: Int) {
    if left < most { left = min(most, left + perByte * bytes) }
  }
}
