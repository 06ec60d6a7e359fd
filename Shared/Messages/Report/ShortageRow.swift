import Ledger

/// What no entry could give a demand, on `saldo.report` by plant and part.
///
/// Sent when a demand is left short, and again whenever that changes; zero once nothing is missing
/// or the demand is withdrawn.
public struct ShortageRow: ReportRow, Equatable {
  /// Changes with the layout.
  public static let schemaName = "saldo.report.shortage.v1"

  /// The document whose arrival changed it.
  public var causeDocument: String
  public var causeLine: Int32
  /// Which revision of the line it was.
  public var causeRevision: Int64
  /// The exit's clave; `MOVE` for a move and `ACT` for an act of destruction.
  public var clave: String
  /// The exit's date.
  public var date: CalendarDate
  /// The exit: a pedimento, a move's document or an act.
  public var document: String
  public var line: Int32
  public var part: String
  public var plant: String
  /// The finished product that was exploded; nil for any other line.
  public var product: String?
  /// Milliseconds since the epoch at which the cause was received.
  public var received: Int64
  public var row: String
  public var schema = RowSchema<ShortageRow>()
  /// In the part's base unit.
  public var shortage: Quantity
  /// The receiving plant of a move; nil for exits and acts.
  public var toPlant: String?
  public var version: Int64

  /// A row of all its parts.
  public init(
    causeDocument: String, causeLine: Int32, causeRevision: Int64, clave: String,
    date: CalendarDate, document: String, line: Int32, part: String, plant: String,
    product: String?, received: Int64, row: String, shortage: Quantity, toPlant: String?,
    version: Int64
  ) {
    self.causeDocument = causeDocument
    self.causeLine = causeLine
    self.causeRevision = causeRevision
    self.clave = clave
    self.date = date
    self.document = document
    self.line = line
    self.part = part
    self.plant = plant
    self.product = product
    self.received = received
    self.row = row
    self.shortage = shortage
    self.toPlant = toPlant
    self.version = version
  }
}
