import Ledger

/// What one movement changed in its book, on `saldo.ledger`.
///
/// Postings are never edited: a correction is a reversal and a new posting (Rules.md#R1.2).
/// Lots, demands and balances are given as they stand after the movement, by their number.
public struct LedgerEntry: Sendable, Equatable, Codable {
  /// The account whose book changed; nil for the book of what is on hand.
  public var account: Account?
  /// Lots whose balance changed.
  public var balances: [LotBalance]
  /// What made the change.
  public var cause: Cause
  /// Demands that are new, changed or gone.
  public var demands: [DemandState]
  /// Lots that are new, changed or gone.
  public var lots: [LotState]
  /// True where the next message goes on with what the same movement changed; nil in the last one.
  public var more: Bool?
  /// What moves now take of each entry, where that changed.
  public var moves: [MoveTaking]
  public var part: String
  public var plant: String
  public var postings: [Posting]
  /// What was received by the document of a move, where that changed: a message of its own.
  public var receipts: Receipts?
  /// Milliseconds since the epoch at which the fact was received.
  public var received: Int64

  /// An entry of a book with nothing in it yet.
  public init(plant: String, part: String, cause: Cause, received: Int64) {
    balances = []
    self.cause = cause
    demands = []
    lots = []
    moves = []
    self.part = part
    self.plant = plant
    postings = []
    self.received = received
  }

  /// Whether nothing changed.
  public var isEmpty: Bool {
    balances.isEmpty && demands.isEmpty && lots.isEmpty && moves.isEmpty && postings.isEmpty
      && receipts == nil
  }
}

/// The movement that made a change: which document's, and which revision of it. Of receipts, which
/// have neither lines nor revisions, both are zero.
public struct Cause: Sendable, Equatable, Codable {
  public var document: String
  public var line: Int32
  public var revision: Int64
  /// The withdrawal of a fact, or its cancellation, that is behind it; nil for any other cause.
  public var withdrawal: FactName?

  /// A line of a document in a revision.
  public init(document: String, line: Int32, revision: Int64, withdrawal: FactName? = nil) {
    self.document = document
    self.line = line
    self.revision = revision
    self.withdrawal = withdrawal
  }
}

/// A lot as it stands.
public struct LotState: Sendable, Equatable, Codable {
  public var clave: String
  /// The demand that left it, where it is scrap; nil for any other lot.
  public var discharge: DischargeReference?
  public var dueOn: CalendarDate?
  public var enteredOn: CalendarDate
  public var line: Int32
  /// The lot's number within its partition of the ledger.
  public var lot: Int64
  public var moved: MoveReference?
  public var pedimento: String
  /// What was opened, in the base unit; zero where the lot is withdrawn.
  public var quantity: Quantity
  public var value: Money

  /// A lot of all its parts.
  public init(
    clave: String, dueOn: CalendarDate?, enteredOn: CalendarDate, line: Int32, lot: Int64,
    moved: MoveReference?, pedimento: String, quantity: Quantity, value: Money,
    discharge: DischargeReference? = nil
  ) {
    self.clave = clave
    self.discharge = discharge
    self.dueOn = dueOn
    self.enteredOn = enteredOn
    self.line = line
    self.lot = lot
    self.moved = moved
    self.pedimento = pedimento
    self.quantity = quantity
    self.value = value
  }
}

/// What has gone out of a lot: `opened = balance + discharged + moved out`.
public struct LotBalance: Sendable, Equatable, Codable {
  /// By exits and acts, in the base unit.
  public var discharged: Quantity
  public var lot: Int64
  /// By moves to other plants, in the base unit.
  public var movedOut: Quantity
  /// Value of all that has gone out, MXN.
  public var value: Money

  /// What has gone out of a lot.
  public init(discharged: Quantity, lot: Int64, movedOut: Quantity, value: Money) {
    self.discharged = discharged
    self.lot = lot
    self.movedOut = movedOut
    self.value = value
  }
}

/// A demand as it stands.
public struct DemandState: Sendable, Equatable, Codable {
  public var clave: String
  public var date: CalendarDate
  /// The demand's number within its partition of the ledger.
  public var demand: Int64
  public var document: String
  /// True where the demand is withdrawn.
  public var gone: Bool
  public var line: Int32
  public var product: String?
  /// What no lot could give, in the base unit.
  public var shortage: Quantity
  public var toPlant: String?

  /// A demand of all its parts.
  public init(
    clave: String, date: CalendarDate, demand: Int64, document: String, gone: Bool, line: Int32,
    product: String?, shortage: Quantity, toPlant: String?
  ) {
    self.clave = clave
    self.date = date
    self.demand = demand
    self.document = document
    self.gone = gone
    self.line = line
    self.product = product
    self.shortage = shortage
    self.toPlant = toPlant
  }
}

/// What a demand took of a lot, or the reversal of that.
public struct Posting: Sendable, Equatable, Codable {
  public var demand: Int64
  public var incorporated: Quantity
  public var lot: Int64
  /// The posting's number within its partition of the ledger; never used again.
  public var posting: Int64
  /// The posting that this one takes back, with the same quantities.
  public var reverses: Int64?
  public var scrap: Quantity
  /// MXN (Rules.md#R8.1).
  public var value: Money
  public var waste: Quantity

  /// A posting of all its parts.
  public init(
    demand: Int64, incorporated: Quantity, lot: Int64, posting: Int64, reverses: Int64? = nil,
    scrap: Quantity, value: Money, waste: Quantity
  ) {
    self.demand = demand
    self.incorporated = incorporated
    self.lot = lot
    self.posting = posting
    self.reverses = reverses
    self.scrap = scrap
    self.value = value
    self.waste = waste
  }
}

/// What a move takes of one entry in all: the lot that it opens at the other plant (Rules.md#R7.1).
public struct MoveTaking: Sendable, Equatable, Codable {
  public var clave: String
  public var dueOn: CalendarDate?
  public var enteredOn: CalendarDate
  public var line: Int32
  public var move: MoveReference
  public var pedimento: String
  /// In the base unit; zero where the move takes nothing of the entry any more.
  public var quantity: Quantity
  public var toPlant: String
  public var value: Money

  /// What a move takes of an entry.
  public init(
    clave: String, dueOn: CalendarDate?, enteredOn: CalendarDate, line: Int32,
    move: MoveReference, pedimento: String, quantity: Quantity, toPlant: String, value: Money
  ) {
    self.clave = clave
    self.dueOn = dueOn
    self.enteredOn = enteredOn
    self.line = line
    self.move = move
    self.pedimento = pedimento
    self.quantity = quantity
    self.toPlant = toPlant
    self.value = value
  }
}
