import Ledger
import Messages

/// A fact of a book or of the account of scrap beside it: what can be late and wait for the book's
/// turn.
public enum BookFact: Sendable, Equatable {
  case lot(LotMovement)
  case demand(DemandMovement)

  /// The fact that a movement states; nil for one that concerns no book.
  public init?(_ movement: Movement) {
    switch movement {
    case .lot(let lot): self = .lot(lot)
    case .demand(let demand): self = .demand(demand)
    case .stock, .settle, .transit, .withdrawal: return nil
    }
  }

  /// What it changes: its document, its line there, and its revision.
  public var cause: Cause {
    switch self {
    case .lot(let lot):
      Cause(
        document: lot.pedimento, line: lot.line, revision: lot.revision,
        withdrawal: lot.withdrawal)
    case .demand(let demand):
      Cause(
        document: demand.document, line: demand.line, revision: demand.revision,
        withdrawal: demand.withdrawal)
    }
  }
}

extension DemandMovement {
  /// What it asks for; nil if it is withdrawn.
  var asked: Split? {
    guard let incorporated, let waste, let scrap else { return nil }
    return Split(
      incorporated: incorporated.millionths, waste: waste.millionths, scrap: scrap.millionths)
  }
}

extension LotMovement {
  /// The day from which on the lot can be used: that of ``available``.
  var availableOn: CalendarDate { moved?.date ?? enteredOn }

  /// What it opens; nil if it is withdrawn.
  var opened: (quantity: Quantity, value: Money)? {
    guard let quantity, let value else { return nil }
    return (quantity, value)
  }
}
