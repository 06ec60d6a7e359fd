import Ledger
import Messages

/// A lot as the rows of the report topics need it.
public struct ReportedLot: Sendable, Equatable {
  /// Its number.
  public var number: Int64
  /// The entry line that it is of.
  public var entry: EntryLine
  /// The entry's date.
  public var enteredOn: CalendarDate
  /// The last day on which it may be discharged; nil for none.
  public var dueOn: CalendarDate?
  /// What was opened; zero where the lot is withdrawn.
  public var quantity: Quantity
  /// MXN, of what was opened.
  public var value: Money
  /// What has gone out of it.
  public var out: LotBalance

  /// A lot with nothing gone out of it.
  public init(_ state: LotState, of book: Int64) {
    self.init(
      number: state.lot,
      entry: EntryLine(book: book, pedimento: state.pedimento, line: state.line),
      enteredOn: state.enteredOn, dueOn: state.dueOn, quantity: state.quantity, value: state.value,
      out: LotBalance(discharged: .zero, lot: state.lot, movedOut: .zero, value: .zero))
  }

  /// A lot of all its parts.
  public init(
    number: Int64, entry: EntryLine, enteredOn: CalendarDate, dueOn: CalendarDate?,
    quantity: Quantity, value: Money, out: LotBalance
  ) {
    self.number = number
    self.entry = entry
    self.enteredOn = enteredOn
    self.dueOn = dueOn
    self.quantity = quantity
    self.value = value
    self.out = out
  }

  /// Whether it is withdrawn from its book.
  public var isGone: Bool { quantity == .zero }
}

/// A line of an entry in a book: what one balance is of.
public struct EntryLine: Hashable, Sendable {
  /// The number of the book.
  public var book: Int64
  /// The entry's pedimento.
  public var pedimento: String
  /// The line of it.
  public var line: Int32

  /// A line of a pedimento in a book.
  public init(book: Int64, pedimento: String, line: Int32) {
    self.book = book
    self.pedimento = pedimento
    self.line = line
  }
}

/// The lots and demands of a partition of the ledger, as they stood when the batch began; those
/// that are withdrawn can still be found, because a later part of one entry may take back what they
/// gave.
public protocol ReportedBooks {
  /// The lot of a number, also where it is withdrawn; nil where there never was one.
  func lot(_ number: Int64) throws -> ReportedLot?

  /// The numbers of the lots of an entry line that are in their book, in ascending order.
  func lots(of entry: EntryLine) throws -> [Int64]

  /// The demand of a number, also where it is withdrawn; nil where there never was one.
  func demand(_ number: Int64) throws -> DemandState?

  /// Keeps a lot that is withdrawn.
  func keep(withdrawn lot: ReportedLot) throws

  /// Keeps a demand that is withdrawn.
  func keep(withdrawn demand: DemandState) throws
}

/// Takes the rows of the report topics.
public protocol LedgerRowsOutput {
  /// Sends a posting.
  mutating func send(_ row: PostingRow)
  /// Sends a shortage.
  mutating func send(_ row: ShortageRow)
  /// Sends a balance.
  mutating func send(_ row: BalanceRow)
  /// Sends what was received by the document of a move.
  mutating func send(_ row: ReceiptRow)
  /// Says that the balance of a key is gone.
  mutating func remove(balance key: String)
}

/// An entry of the ledger names what it cannot name.
public enum LedgerRowsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A balance or a posting of a lot that there never was.
  case unknownLot(Int64)
  /// A posting of a demand that there never was.
  case unknownDemand(Int64)

  public var description: String {
    switch self {
    case .unknownLot(let lot): "the ledger names lot \(lot), which was never opened"
    case .unknownDemand(let demand): "the ledger names demand \(demand), which was never told"
    }
  }
}
