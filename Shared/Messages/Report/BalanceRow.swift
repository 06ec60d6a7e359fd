import Ledger

/// What became of an entry line of a part at a plant, on `saldo.balances` by plant, part, pedimento
/// and line: `quantity = balance + discharged + movedOut`.
///
/// Replaces the earlier row of its key. An entry line that is withdrawn has a record without a
/// value; one with nothing left keeps its row, as it does in `saldos.csv`.
public struct BalanceRow: ReportRow, Equatable {
  /// Changes with the layout.
  public static let schemaName = "saldo.report.balance.v1"

  /// What is left, in the part's base unit, as are the other quantities.
  public var balance: QuantitySum
  /// By exits and acts.
  public var discharged: QuantitySum
  /// The last day on which it may be discharged; nil for none.
  public var dueOn: CalendarDate?
  public var enteredOn: CalendarDate
  public var line: Int32
  /// By moves to other plants.
  public var movedOut: QuantitySum
  public var part: String
  public var pedimento: String
  public var plant: String
  /// What came in; of goods that came by several moves the sum, which goods that went to and fro
  /// between two plants make larger than any entry.
  public var quantity: QuantitySum
  /// Milliseconds since the epoch at which the fact that changed it was received.
  public var received: Int64
  public var row: String
  public var schema = RowSchema<BalanceRow>()
  /// MXN, of what came in.
  public var value: MoneySum
  /// MXN, of what is left.
  public var valueLeft: MoneySum
  public var version: Int64

  /// A row of all its parts.
  public init(
    balance: QuantitySum, discharged: QuantitySum, dueOn: CalendarDate?,
    enteredOn: CalendarDate, line: Int32, movedOut: QuantitySum, part: String, pedimento: String,
    plant: String, quantity: QuantitySum, received: Int64, row: String, value: MoneySum,
    valueLeft: MoneySum, version: Int64
  ) {
    self.balance = balance
    self.discharged = discharged
    self.dueOn = dueOn
    self.enteredOn = enteredOn
    self.line = line
    self.movedOut = movedOut
    self.part = part
    self.pedimento = pedimento
    self.plant = plant
    self.quantity = quantity
    self.received = received
    self.row = row
    self.value = value
    self.valueLeft = valueLeft
    self.version = version
  }

  /// The key of a balance in the log, which is also the row's name: the parts of it with bars
  /// between them. Only the part number may hold a bar, so the key can be taken apart again.
  public static func key(plant: String, part: String, pedimento: String, line: Int32) -> String {
    "\(plant)|\(part)|\(pedimento)|\(line)"
  }
}
