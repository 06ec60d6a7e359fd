import Ledger

/// A move of a part from one plant to another on a day, as the ``DocumentRecord`` of its document
/// says it: events of one document that move the same part the same way add up.
public struct MoveLine: Sendable, Equatable, Codable {
  /// The notices under which the goods went, each once, in ascending order.
  public var avisos: [String]
  public var date: CalendarDate
  public var part: String
  /// The plant that sends.
  public var plant: String
  /// What the document says, in the base unit, whether or not the books had it.
  public var quantity: Quantity
  /// The plant that receives.
  public var toPlant: String

  /// A move of all its parts.
  public init(
    avisos: [String], date: CalendarDate, part: String, plant: String, quantity: Quantity,
    toPlant: String
  ) {
    self.avisos = avisos
    self.date = date
    self.part = part
    self.plant = plant
    self.quantity = quantity
    self.toPlant = toPlant
  }
}
