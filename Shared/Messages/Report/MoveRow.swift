import Ledger

/// A move of a part from one plant to another as its document says it, on `saldo.report` by RFC:
/// what went, whether or not the books had it (``PostingRow`` says what they had), and whether or
/// not it has been received (``ReceiptRow``).
///
/// Sent whenever it differs from before; withdrawn, with a quantity of zero, once the document does
/// not have it any more.
public struct MoveRow: ReportRow, Equatable {
  /// Changes with the layout.
  public static let schemaName = "saldo.report.move.v1"

  /// The notices under which the goods went, with spaces between them.
  public var avisos: String
  public var date: CalendarDate
  public var document: String
  /// Its place within the document, from 0.
  public var item: Int32
  public var part: String
  /// The plant that sends.
  public var plant: String
  /// In the part's base unit.
  public var quantity: Quantity
  /// Milliseconds since the epoch at which the counting event was received.
  public var received: Int64
  public var rfc: String
  public var row: String
  public var schema = RowSchema<MoveRow>()
  /// The plant that receives.
  public var toPlant: String
  public var version: Int64
  /// Whether the document does not say it any more.
  public var withdrawn: Bool

  /// A row of all its parts.
  public init(
    avisos: String, date: CalendarDate, document: String, item: Int32, part: String, plant: String,
    quantity: Quantity, received: Int64, rfc: String, row: String, toPlant: String, version: Int64,
    withdrawn: Bool
  ) {
    self.avisos = avisos
    self.date = date
    self.document = document
    self.item = item
    self.part = part
    self.plant = plant
    self.quantity = quantity
    self.received = received
    self.rfc = rfc
    self.row = row
    self.toPlant = toPlant
    self.version = version
    self.withdrawn = withdrawn
  }
}
