import Ledger
import Messages

/// What MES and WMS say is on hand of a part at a plant, in one unit.
///
/// Sums of what came and went, so the order of arrival does not matter. A count never changes a
/// balance (Rules.md#R10.1): the latest is kept beside the sums, to be explained.
public struct StockOnHand: Sendable, Equatable {
  /// In millionths of the unit.
  public var received: Int64 = 0
  /// To production, in millionths of the unit.
  public var issued: Int64 = 0
  /// By production, in millionths of the unit.
  public var completed: Int64 = 0
  /// In millionths of the unit.
  public var scrapped: Int64 = 0
  /// In millionths of the unit.
  public var shipped: Int64 = 0
  /// The latest count by (`occurredAt`, id).
  public var counted: Count?

  /// A physical count.
  public struct Count: Sendable, Equatable {
    /// When it was counted.
    public var occurredAt: Instant
    /// Source and id of the event.
    public var id: String
    /// In millionths of the unit.
    public var quantity: Int64

    /// A physical count.
    public init(occurredAt: Instant, id: String, quantity: Int64) {
      self.occurredAt = occurredAt
      self.id = id
      self.quantity = quantity
    }

    func isBefore(_ instant: Instant, _ id: String) -> Bool {
      occurredAt != instant ? occurredAt < instant : CodePoints.precedes(self.id, id)
    }
  }

  /// Nothing yet.
  public init() {}

  /// What should be there: received and completed less issued, scrapped and shipped.
  public var onHand: Int128 {
    Int128(received) + Int128(completed) - Int128(issued) - Int128(scrapped) - Int128(shipped)
  }

  /// Takes a movement.
  ///
  /// - Throws: ``LedgerError/overflow`` where a sum does not fit; nothing is changed then.
  public mutating func take(_ movement: StockMovement) throws(LedgerError) {
    let quantity = movement.quantity.millionths
    if movement.movement == .counted {
      count(quantity, at: movement.occurredAt, as: movement.source + "|" + movement.id)
    } else {
      try add(quantity, to: movement.movement)
    }
  }

  /// Takes a physical count, where it is the latest.
  ///
  /// - Parameter id: source and id of the event.
  public mutating func count(_ quantity: Int64, at instant: Instant, as id: String) {
    if let counted, !counted.isBefore(instant, id) { return }
    counted = Count(occurredAt: instant, id: id, quantity: quantity)
  }

  /// Adds to the sum of a kind; a negative quantity takes back what was added.
  ///
  /// - Throws: ``LedgerError/overflow`` where the sum does not fit; nothing is changed then.
  public mutating func add(_ quantity: Int64, to kind: StockEvent.Kind) throws(LedgerError) {
    switch kind {
    case .received: received = try sum(received, quantity)
    case .issued: issued = try sum(issued, quantity)
    case .completed: completed = try sum(completed, quantity)
    case .scrapped: scrapped = try sum(scrapped, quantity)
    case .shipped: shipped = try sum(shipped, quantity)
    // Moves enter the books as documents; stock learns of them by `received` and `shipped`.
    case .moved, .counted: break
    }
  }

  private func sum(_ a: Int64, _ b: Int64) throws(LedgerError) -> Int64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    guard !overflow else { throw .overflow }
    return sum
  }
}
