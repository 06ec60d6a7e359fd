/// Tells a book that goods are under way to it by a document: from then on the ledger tells what
/// its plant received by that document (``Receipts``).
///
/// What a move takes becomes lots at the other plant, and a move of goods that were never there
/// opens none; so the book hears of the document whatever its lots. Heard twice it says nothing
/// new.
public struct TransitMovement: Sendable, Equatable, Codable {
  /// The move's document.
  public var document: String
  public var part: String
  /// The plant that the goods go to.
  public var plant: String

  /// Goods of a part that go to a plant by a document.
  public init(document: String, part: String, plant: String) {
    self.document = document
    self.part = part
    self.plant = plant
  }

  /// What a demand of a move announces at the other plant; nil for any other demand, and for one
  /// that is withdrawn.
  public init?(_ demand: DemandMovement) {
    guard let toPlant = demand.toPlant, demand.incorporated != nil else { return nil }
    self.init(document: demand.document, part: demand.part, plant: toPlant)
  }
}
