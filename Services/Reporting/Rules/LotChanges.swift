import Ledger
import Messages

/// What became of the lots of a batch, so that a lot that many messages drew on is written once.
public struct LotChanges {
  /// What became of one lot.
  public struct Change: Sendable {
    /// The lot's number.
    public var lot: Int64
    /// The number of its book.
    public var book: Int64
    /// The lot, where the batch opened or revised it.
    public var state: LotState?
    /// What has gone out of it, where the batch changed that.
    public var balance: LotBalance?
    /// Whether it is withdrawn.
    public var isGone: Bool
  }

  private var places: [Int64: Int] = [:]
  private var changes: [Change] = []

  /// No changes.
  public init() {}

  /// Takes a lot as it stands; one of nothing is withdrawn.
  public mutating func note(_ state: LotState, of book: Int64) {
    let place = place(of: state.lot, book)
    if state.quantity == .zero {
      changes[place].state = nil
      changes[place].balance = nil
      changes[place].isGone = true
      return
    }
    if changes[place].isGone {
      changes[place].isGone = false
      changes[place].balance = LotBalance(
        discharged: .zero, lot: state.lot, movedOut: .zero, value: .zero)
    }
    changes[place].state = state
  }

  /// Takes what has gone out of a lot.
  ///
  /// - Returns: false where the lot is withdrawn, so that nothing can go out of it.
  public mutating func note(_ balance: LotBalance, of book: Int64) -> Bool {
    let place = place(of: balance.lot, book)
    guard !changes[place].isGone else { return false }
    changes[place].balance = balance
    return true
  }

  /// Hands over each change, by ascending number, and forgets them.
  public mutating func drain(_ body: (Change) throws -> Void) rethrows {
    changes.sort { $0.lot < $1.lot }
    for change in changes { try body(change) }
    changes.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
  }

  private mutating func place(of lot: Int64, _ book: Int64) -> Int {
    if let place = places[lot] { return place }
    places[lot] = changes.count
    changes.append(Change(lot: lot, book: book, state: nil, balance: nil, isGone: false))
    return changes.count - 1
  }
}
