import Ledger

/// What a plant has received of a part by the document of a move, in all and in one unit, on
/// `saldo.report` by plant and part.
///
/// Sent whenever more of it comes; of one document as many rows as units.
public struct ReceiptRow: ReportRow, Equatable {
  /// Changes with the layout.
  public static let schemaName = "saldo.report.receipt.v1"

  /// The document of the move.
  public var document: String
  /// When the last of it was received, in whichever unit.
  public var latest: Instant
  public var part: String
  /// The plant that received.
  public var plant: String
  /// In ``uom``.
  public var quantity: Quantity
  /// Milliseconds since the epoch at which the fact that changed it was received.
  public var received: Int64
  public var row: String
  public var schema = RowSchema<ReceiptRow>()
  /// The unit in which it was received, which need not be the part's base unit.
  public var uom: UnitOfMeasure
  public var version: Int64

  /// A row of all its parts.
  public init(
    document: String, latest: Instant, part: String, plant: String, quantity: Quantity,
    received: Int64, row: String, uom: UnitOfMeasure, version: Int64
  ) {
    self.document = document
    self.latest = latest
    self.part = part
    self.plant = plant
    self.quantity = quantity
    self.received = received
    self.row = row
    self.uom = uom
    self.version = version
  }
}
