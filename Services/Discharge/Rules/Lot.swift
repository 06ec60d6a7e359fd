import Ledger
import Messages

/// A lot of a book and what has gone out of it.
public struct Lot: Sendable, Equatable {
  /// Number within the partition; never used again.
  public let id: Int64
  /// The revision of the movement that opened it.
  public var revision: Int64
  /// The entry's clave; of a rectification its original's.
  public var clave: String
  /// The entry that it stands for; of goods that were moved, the one they first came by.
  public var pedimento: String
  /// The entry's line.
  public var line: Int32
  /// The payment date of the root of the entry's chain.
  public var enteredOn: CalendarDate
  /// The last day of use; ``CalendarDate/never`` for none.
  public var dueOn: CalendarDate
  /// The move that brought it, or the demand that left it as scrap. Few lots have one, and there
  /// are millions of lots in memory: so it lies apart.
  private let origin: Origin?
  /// Opened, in millionths of the base unit.
  public var quantity: Int64
  /// Centavos.
  public var value: Int64
  /// By exits and acts, in millionths.
  public var discharged: Int64 = 0
  /// By moves, in millionths.
  public var movedOut: Int64 = 0
  /// Value of what has gone out, in centavos.
  public var valueOut: Int64 = 0
  /// Whether it differs from what is stored.
  public var isDirty = true

  /// A lot as a movement opens it.
  public init(id: Int64, _ movement: LotMovement, quantity: Quantity, value: Money) {
    self.id = id
    revision = movement.revision
    clave = movement.clave
    pedimento = movement.pedimento
    line = movement.line
    enteredOn = movement.enteredOn
    dueOn = movement.dueOn ?? .never
    origin = movement.moved.map { Origin(.move($0)) }
    self.quantity = quantity.millionths
    self.value = value.centavos
  }

  /// Scrap that a demand took of an entry. It has no time limit.
  init(id: Int64, _ taking: ScrapTaking) {
    self.id = id
    revision = 1
    clave = taking.clave
    pedimento = taking.pedimento
    line = taking.line
    enteredOn = taking.enteredOn
    dueOn = .never
    origin = Origin(.discharge(taking.discharge))
    quantity = taking.quantity
    value = taking.value
  }

  /// A lot as it was stored.
  public init(
    id: Int64, revision: Int64, clave: String, pedimento: String, line: Int32,
    enteredOn: CalendarDate, dueOn: CalendarDate, origin: Source?, quantity: Int64,
    value: Int64, discharged: Int64, movedOut: Int64, valueOut: Int64
  ) {
    self.id = id
    self.revision = revision
    self.clave = clave
    self.pedimento = pedimento
    self.line = line
    self.enteredOn = enteredOn
    self.dueOn = dueOn
    self.origin = origin.map(Origin.init)
    self.quantity = quantity
    self.value = value
    self.discharged = discharged
    self.movedOut = movedOut
    self.valueOut = valueOut
    isDirty = false
  }

  /// Where a lot came from that no entry opened.
  public enum Source: Sendable, Equatable {
    /// A move between plants.
    case move(MoveReference)
    /// A demand that took it as scrap.
    case discharge(DischargeReference)
  }

  /// Where it came from; nil for an entry.
  public var source: Source? { origin?.source }

  /// The move that brought it; nil for any other lot.
  public var moved: MoveReference? {
    if case .move(let move)? = origin?.source { move } else { nil }
  }

  /// The demand that left it, where it is scrap; nil for any other lot.
  public var discharge: DischargeReference? {
    if case .discharge(let demand)? = origin?.source { demand } else { nil }
  }

  /// From when on it can be used (Rules.md#R5.3).
  public var available: SequenceKey {
    switch origin?.source {
    case .move(let move): move.key
    case .discharge(let demand): demand.key
    case nil: SequenceKey(date: enteredOn, rank: .entry, document: pedimento, line: line)
    }
  }

  /// Whether it can be used by what stands at a key.
  func isAvailable(before key: SequenceKey) -> Bool {
    // Nearly always the days decide, and no key has to be made.
    if origin == nil, enteredOn != key.date { return enteredOn < key.date }
    return available < key
  }

  private final class Origin: Sendable, Equatable {
    let source: Source

    init(_ source: Source) { self.source = source }

    static func == (a: Origin, b: Origin) -> Bool { a.source == b.source }
  }

  /// What is left, in millionths; never below zero.
  @inlinable
  public var balance: Int64 { quantity - discharged - movedOut }

  /// What makes it the same lot from one revision to the next, within its book.
  var identity: LotIdentity {
    LotIdentity(enteredOn: enteredOn, line: line, moved: moved, pedimento: pedimento)
  }

  /// The order in which demands draw: enteredOn, pedimento, line, available (Rules.md#R5.2).
  static func draws(_ a: Lot, before b: Lot) -> Bool {
    if a.enteredOn != b.enteredOn { return a.enteredOn < b.enteredOn }
    let pedimentos = CodePoints.compare(a.pedimento, b.pedimento)
    if pedimentos != 0 { return pedimentos < 0 }
    if a.line != b.line { return a.line < b.line }
    if a.available != b.available { return a.available < b.available }
    return a.id < b.id
  }

  /// Takes from the lot; what goes out is valued by Rules.md#R8.1.
  mutating func take(_ quantity: Int64, byMove: Bool) -> Int64 {
    if byMove { movedOut += quantity } else { discharged += quantity }
    isDirty = true
    let out = Money(centavos: value).share(
      of: Quantity(millionths: discharged + movedOut), in: Quantity(millionths: self.quantity))
    let taken = out.centavos - valueOut
    valueOut = out.centavos
    return taken
  }

  /// Takes back what was taken, exactly.
  mutating func giveBack(_ quantity: Int64, value: Int64, byMove: Bool) {
    if byMove { movedOut -= quantity } else { discharged -= quantity }
    valueOut -= value
    isDirty = true
  }

  var state: LotState {
    LotState(
      clave: clave, dueOn: dueOn == .never ? nil : dueOn, enteredOn: enteredOn, line: line,
      lot: id, moved: moved, pedimento: pedimento, quantity: Quantity(millionths: quantity),
      value: Money(centavos: value), discharge: discharge)
  }

  var goneState: LotState {
    var state = state
    state.quantity = .zero
    state.value = .zero
    return state
  }

  var outgoing: LotBalance {
    LotBalance(
      discharged: Quantity(millionths: discharged), lot: id,
      movedOut: Quantity(millionths: movedOut), value: Money(centavos: valueOut))
  }
}

/// What makes a lot the same from one revision to the next, within its book.
struct LotIdentity: Hashable {
  var enteredOn: CalendarDate
  var line: Int32
  var moved: MoveReference?
  var pedimento: String
}

extension LotMovement {
  /// The lot that this movement speaks of.
  var identity: LotIdentity {
    LotIdentity(enteredOn: enteredOn, line: line, moved: moved, pedimento: pedimento)
  }
}

extension CalendarDate {
  /// Later than every date that a fact may have.
  static let never = CalendarDate(days: .max)
}
