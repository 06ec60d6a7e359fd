import Ledger

/// What a plant received of a part by one document, in all: told for documents of moves
/// (``TransitMovement``), each time that it changes.
public struct Receipts: Sendable, Equatable, Codable {
  public var document: String
  /// When the last of it was received, to the second; 1970 where all of it was withdrawn.
  public var latest: Instant
  /// Of each unit that it came in, in ascending order of their codes; zero where all of it was
  /// withdrawn.
  public var sums: [Sum]

  /// What was received in one unit.
  public struct Sum: Sendable, Equatable, Codable {
    /// In ``uom``.
    public var quantity: Quantity
    public var uom: UnitOfMeasure

    /// So much of a unit.
    public init(quantity: Quantity, uom: UnitOfMeasure) {
      self.quantity = quantity
      self.uom = uom
    }
  }

  /// What was received by a document.
  public init(document: String, latest: Instant, sums: [Sum]) {
    self.document = document
    self.latest = latest
    self.sums = sums
  }
}
