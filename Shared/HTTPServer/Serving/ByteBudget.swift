import Synchronization

/// Bytes that a process may hold for its clients, all of them together: what each may have is
/// little, and what all of them have must be bounded too.
public final class ByteBudget: Sendable {
  /// The most bytes.
  public let limit: Int
  private let taken = Mutex(0)

  /// A budget of which nothing is taken.
  public init(_ limit: Int) { self.limit = limit }

  /// The bytes that are taken now.
  public var held: Int { taken.withLock { $0 } }

  /// A share of nothing yet.
  public func share() -> Share { Share(of: self) }

  private func change(by bytes: Int) -> Bool {
    taken.withLock { taken in
      guard bytes <= 0 || bytes <= limit - taken else { return false }
      taken += bytes
      return true
    }
  }

  /// What one client has of a budget; given back with its last reference.
  public final class Share: Sendable {
    private let budget: ByteBudget
    private let mine = Mutex(0)

    fileprivate init(of budget: ByteBudget) { self.budget = budget }

    deinit { _ = budget.change(by: -mine.withLock { $0 }) }

    /// Says how many bytes it has; returns whether there is room for that many. Fewer than before
    /// always have.
    public func set(_ bytes: Int) -> Bool {
      mine.withLock { mine in
        guard budget.change(by: bytes - mine) else { return false }
        mine = bytes
        return true
      }
    }
  }
}
