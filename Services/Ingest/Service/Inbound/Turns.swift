import Synchronization

/// Whose turn it is among partitions: what is sent little by little spreads over all of them.
public final class Turns: Sendable {
  private let count: Atomic<UInt32>

  /// Turns that begin anywhere, so that short-lived senders do not all begin with the same.
  public init(from first: UInt32 = .random(in: 0...UInt32.max)) { count = Atomic(first) }

  /// The next of so many partitions.
  public func next(of partitions: Int32) -> Int32 {
    Int32(count.wrappingAdd(1, ordering: .relaxed).oldValue % UInt32(partitions))
  }
}
