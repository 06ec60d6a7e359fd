import Messages

/// A book's plant and part number, and which of their accounts it is.
///
/// Names in the books are composed, so that Swift's equality of strings is that of code points.
public struct BookName: Hashable, Sendable {
  /// The plant.
  public var plant: String
  /// The part number.
  public var part: String
  /// The account; nil for the book of what is on hand.
  public var account: Account?

  /// The book of a part at a plant, or an account beside it.
  public init(plant: String, part: String, account: Account? = nil) {
    self.plant = plant
    self.part = part
    self.account = account
  }
}
