import Ledger

/// `immex.stock.v1`: a movement of stock as MES and WMS see it.
public struct StockEvent: Sendable, Equatable {
  public var kind: Kind
  public var plant: String
  public var part: String
  /// In ``uom``.
  public var quantity: ExactDecimal
  public var uom: UnitOfMeasure
  public var document: String
  public var occurredAt: Instant
  /// The day of `occurredAt` as its sender wrote it, in the sender's own offset.
  public var occurredOn: CalendarDate
  public var order: String?
  public var location: String?
  /// Of a move between plants; nil for any other kind.
  public var move: Move?

  /// What happened to the stock.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case received, issued, completed, scrapped, shipped, moved, counted
  }

  /// What a move between two plants of one company needs besides.
  public struct Move: Sendable, Equatable {
    public var rfc: String
    public var toPlant: String
    /// The notice's folio.
    public var aviso: String
  }

  init(_ data: FieldReader) throws(Rejection) {
    kind = try data.word("kind")
    plant = try data.plant("plant")
    part = try data.name("part")
    // A count may find nothing; every other movement moves something.
    if kind == .counted {
      _ = try data.required("quantity")
      quantity = try data.share("quantity")
    } else {
      quantity = try data.quantity("quantity")
    }
    guard (try? quantity.rounded(toDigits: 6)) != nil else {
      throw Rejection(.quantityOverflow, field: "quantity", value: quantity.description)
    }
    uom = try data.uom("uom")
    document = try data.name("document")
    occurredAt = try data.instant("occurredAt")
    occurredOn = try data.day("occurredAt")
    order = try data.optionalText("order")
    location = try data.optionalText("location")
    guard kind == .moved else { return }
    move = Move(
      rfc: try data.rfc("rfc"), toPlant: try data.plant("toPlant"), aviso: try data.name("aviso"))
    if move?.toPlant == plant { throw Rejection(.moveSamePlant, field: "toPlant", value: plant) }
  }
}
