/// A book's plant and part number.
///
/// Names in the books are composed, so that Swift's equality of strings is that of code points.
public struct BookName: Hashable, Sendable {
  /// The plant.
  public var plant: String
  /// The part number.
  public var part: String

  /// The book of a part at a plant.
  public init(plant: String, part: String) {
    self.plant = plant
    self.part = part
  }
}
