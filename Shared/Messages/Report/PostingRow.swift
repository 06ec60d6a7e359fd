import Ledger

/// What a demand took of an entry, or the reversal of that: one posting of the ledger, with what
/// its demand and its lot say, on `saldo.report` by plant and part.
///
/// Never replaced. The amounts of a reversal are below zero, so that sums come out right.
public struct PostingRow: ReportRow, Equatable {
  /// Changes with the layout.
  public static let schemaName = "saldo.report.posting.v1"

  /// The document whose arrival made the posting.
  public var causeDocument: String
  public var causeLine: Int32
  /// Which revision of the line it was.
  public var causeRevision: Int64
  /// The withdrawal of a fact, or its cancellation, that is behind it: source and id, with a bar
  /// between them; nil for any other cause.
  public var causeWithdrawal: String?
  /// The exit's clave; `MOVE` for a move and `ACT` for an act of destruction.
  public var clave: String
  /// The exit's date.
  public var date: CalendarDate
  /// The exit: a pedimento, a move's document or an act.
  public var document: String
  /// The last day on which the entry may be discharged; nil for none.
  public var dueOn: CalendarDate?
  /// The entry's date.
  public var enteredOn: CalendarDate
  /// The line of the entry.
  public var entryLine: Int32
  /// In the part's base unit, as are waste and scrap.
  public var incorporated: Quantity
  /// The line of the exit.
  public var line: Int32
  public var part: String
  /// The entry's pedimento.
  public var pedimento: String
  public var plant: String
  /// The finished product that was exploded; nil for any other line.
  public var product: String?
  /// Milliseconds since the epoch at which the cause was received.
  public var received: Int64
  /// The row that this one takes back.
  public var reverses: String?
  public var row: String
  public var schema = RowSchema<PostingRow>()
  /// Desperdicio.
  public var scrap: Quantity
  /// The receiving plant of a move; nil for exits and acts.
  public var toPlant: String?
  /// MXN.
  public var value: Money
  public var version: Int64
  /// Merma.
  public var waste: Quantity

  /// A row of all its parts.
  public init(
    causeDocument: String, causeLine: Int32, causeRevision: Int64, clave: String,
    date: CalendarDate, document: String, dueOn: CalendarDate?, enteredOn: CalendarDate,
    entryLine: Int32, incorporated: Quantity, line: Int32, part: String, pedimento: String,
    plant: String, product: String?, received: Int64, reverses: String?, row: String,
    scrap: Quantity, toPlant: String?, value: Money, version: Int64, waste: Quantity
  ) {
    self.causeDocument = causeDocument
    self.causeLine = causeLine
    self.causeRevision = causeRevision
    self.clave = clave
    self.date = date
    self.document = document
    self.dueOn = dueOn
    self.enteredOn = enteredOn
    self.entryLine = entryLine
    self.incorporated = incorporated
    self.line = line
    self.part = part
    self.pedimento = pedimento
    self.plant = plant
    self.product = product
    self.received = received
    self.reverses = reverses
    self.row = row
    self.scrap = scrap
    self.toPlant = toPlant
    self.value = value
    self.version = version
    self.waste = waste
  }
}
