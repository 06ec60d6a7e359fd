import Ledger

/// A part of a line of an export, a change of regime or an act of destruction, as the document
/// stands, on `saldo.report` by RFC.
///
/// Sent whenever it differs from before; withdrawn, with amounts of zero, once the document does
/// not have it any more or counts no longer.
public struct ExitRow: ReportRow, Equatable {
  /// Changes with the layout.
  public static let schemaName = "saldo.report.exit.v1"

  /// Of a rectification its original's.
  public var clave: String?
  /// The date that counts in the books.
  public var date: CalendarDate?
  public var document: String
  /// Its place within the document, from 0: one line may have several parts.
  public var item: Int32
  public var kind: DocumentRecord.Kind
  public var line: Int32
  public var nico: String
  public var operation: Operation?
  public var part: String
  public var plant: String
  /// In ``uom``.
  public var quantity: Quantity
  /// Milliseconds since the epoch at which the counting event was received.
  public var received: Int64
  public var rfc: String
  public var row: String
  public var schema = RowSchema<ExitRow>()
  public var tariffItem: String
  /// The part's base unit if that is known; nil for a document without effect that says none.
  public var uom: UnitOfMeasure?
  /// MXN.
  public var value: Money
  public var version: Int64
  /// Whether it is no longer an exit.
  public var withdrawn: Bool

  /// A row of all its parts.
  public init(
    clave: String?, date: CalendarDate?, document: String, item: Int32, kind: DocumentRecord.Kind,
    line: Int32, nico: String, operation: Operation?, part: String, plant: String,
    quantity: Quantity, received: Int64, rfc: String, row: String, tariffItem: String,
    uom: UnitOfMeasure?, value: Money, version: Int64, withdrawn: Bool
  ) {
    self.clave = clave
    self.date = date
    self.document = document
    self.item = item
    self.kind = kind
    self.line = line
    self.nico = nico
    self.operation = operation
    self.part = part
    self.plant = plant
    self.quantity = quantity
    self.received = received
    self.rfc = rfc
    self.row = row
    self.tariffItem = tariffItem
    self.uom = uom
    self.value = value
    self.version = version
    self.withdrawn = withdrawn
  }
}
