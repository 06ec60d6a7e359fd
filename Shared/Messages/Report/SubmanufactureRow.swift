import Ledger

/// Goods that went to a sub-manufacturer or came back, as their document says it, on `saldo.report`
/// by RFC. What is out is what went less what came back; of which document depends on all the
/// others of the account, and is what `submaquila.csv` says.
///
/// Sent whenever it differs from before; withdrawn, with a quantity of zero, once the document does
/// not have it any more.
public struct SubmanufactureRow: ReportRow, Equatable {
  /// Changes with the layout.
  public static let schemaName = "saldo.report.submanufacture.v1"

  public var date: CalendarDate
  public var document: String
  /// Its place within the document, from 0.
  public var item: Int32
  /// Which way the goods went.
  public var kind: SubmanufactureEvent.Kind
  public var noticeFolio: String
  /// Of what came back: the document by which it went; nil for whichever.
  public var ofDocument: String?
  /// What went; of what came back, what it was when it went.
  public var part: String
  /// The plant that sends the goods and takes them back.
  public var plant: String
  /// In the part's base unit.
  public var quantity: Quantity
  /// Milliseconds since the epoch at which the counting event was received.
  public var received: Int64
  public var rfc: String
  public var row: String
  public var schema = RowSchema<SubmanufactureRow>()
  public var submanufacturer: String
  public var version: Int64
  /// Whether the document does not say it any more.
  public var withdrawn: Bool

  /// A row of all its parts.
  public init(
    date: CalendarDate, document: String, item: Int32, kind: SubmanufactureEvent.Kind,
    noticeFolio: String, ofDocument: String?, part: String, plant: String, quantity: Quantity,
    received: Int64, rfc: String, row: String, submanufacturer: String, version: Int64,
    withdrawn: Bool
  ) {
    self.date = date
    self.document = document
    self.item = item
    self.kind = kind
    self.noticeFolio = noticeFolio
    self.ofDocument = ofDocument
    self.part = part
    self.plant = plant
    self.quantity = quantity
    self.received = received
    self.rfc = rfc
    self.row = row
    self.submanufacturer = submanufacturer
    self.version = version
    self.withdrawn = withdrawn
  }
}
