import Ledger

/// Goods that went to a sub-manufacturer or came back, as a ``DocumentRecord`` of kind
/// `submanufacture` says it. One line an event; none of it is in the books.
public struct SubmanufactureLine: Sendable, Equatable, Codable {
  public var date: CalendarDate
  public var kind: SubmanufactureEvent.Kind
  public var noticeFolio: String
  /// Of what came back: the document by which it went; nil for whichever.
  public var ofDocument: String?
  /// What went; of what came back, what it was when it went.
  public var part: String
  /// The plant that sends the goods and takes them back.
  public var plant: String
  /// Of ``part``, in its base unit.
  public var quantity: Quantity
  public var submanufacturer: String

  /// A line of all its parts.
  public init(
    date: CalendarDate, kind: SubmanufactureEvent.Kind, noticeFolio: String, ofDocument: String?,
    part: String, plant: String, quantity: Quantity, submanufacturer: String
  ) {
    self.date = date
    self.kind = kind
    self.noticeFolio = noticeFolio
    self.ofDocument = ofDocument
    self.part = part
    self.plant = plant
    self.quantity = quantity
    self.submanufacturer = submanufacturer
  }

  /// Ascending, so that a record says the same in whatever order its events came.
  public static func precedes(_ a: SubmanufactureLine, _ b: SubmanufactureLine) -> Bool {
    if a.date != b.date { return a.date < b.date }
    for (left, right) in [
      (a.kind.rawValue, b.kind.rawValue), (a.plant, b.plant),
      (a.submanufacturer, b.submanufacturer), (a.part, b.part), (a.noticeFolio, b.noticeFolio),
      (a.ofDocument ?? "", b.ofDocument ?? ""),
    ] {
      let order = CodePoints.compare(left, right)
      if order != 0 { return order < 0 }
    }
    return a.quantity < b.quantity
  }
}
