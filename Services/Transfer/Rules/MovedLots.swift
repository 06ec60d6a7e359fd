import Ledger
import Messages

/// The core of the transfer service's first stage: what a move takes at one plant becomes lots at
/// the other, with pedimento, line, dates and value kept (Rules.md#R7.1).
///
/// The ledger says what a move takes of an entry in all, each time that it changes; the lot that
/// it opens is sent as its next revision, and withdrawn where the move takes nothing any more.
public struct MovedLots<Storage: MovedLotsStorage> {
  /// What was sent of each lot.
  public var storage: Storage

  /// The lots that were sent, as the storage has them.
  public init(storage: Storage) { self.storage = storage }

  /// Takes an entry of the ledger and sends what changes at other plants.
  ///
  /// - Throws: what the storage throws.
  public mutating func apply(_ entry: LedgerEntry, _ send: (LotMovement) -> Void) throws {
    for taking in entry.moves {
      let name = Self.name(of: taking, part: entry.part)
      let isTaken = taking.quantity > .zero
      let last = try storage.sent(name)
      // Nothing sent and nothing to be sent, or sent as it is.
      if last == nil, !isTaken { continue }
      let now = SentLot(
        revision: (last?.revision ?? 0) + 1, quantity: taking.quantity, value: taking.value,
        dueOn: taking.dueOn, clave: taking.clave)
      if let last, last.says(the: now) { continue }
      try storage.save(name, now)
      var lot = LotMovement(
        clave: taking.clave, dueOn: taking.dueOn, enteredOn: taking.enteredOn, line: taking.line,
        moved: taking.move, part: entry.part, pedimento: taking.pedimento,
        plant: taking.toPlant, quantity: isTaken ? taking.quantity : nil,
        revision: now.revision, value: isTaken ? taking.value : nil)
      lot.withdrawal = entry.cause.withdrawal
      send(lot)
    }
  }

  /// A text that stands for the lot: the receiving book, the move and the entry.
  static func name(of taking: MoveTaking, part: String) -> String {
    let move = taking.move
    let fields = [
      taking.toPlant, part, move.plant, move.document, "\(move.date)", "\(move.line)",
      taking.pedimento, "\(taking.line)", "\(taking.enteredOn)",
    ]
    return fields.joined(separator: "\u{1F}")
  }
}

/// A lot as it was last sent.
public struct SentLot: Sendable, Equatable {
  /// Counted from 1.
  public var revision: Int64
  /// In the base unit; zero where it was withdrawn.
  public var quantity: Quantity
  /// MXN.
  public var value: Money
  /// The last day on which it may be discharged; nil for none.
  public var dueOn: CalendarDate?
  /// Of the entry that it first came by.
  public var clave: String

  /// A lot as it was last sent.
  public init(
    revision: Int64, quantity: Quantity, value: Money, dueOn: CalendarDate?, clave: String
  ) {
    self.revision = revision
    self.quantity = quantity
    self.value = value
    self.dueOn = dueOn
    self.clave = clave
  }

  /// Whether both say the same but for their revision; of what is withdrawn nothing else matters.
  func says(the other: SentLot) -> Bool {
    guard quantity > .zero || other.quantity > .zero else { return true }
    return quantity == other.quantity && value == other.value && dueOn == other.dueOn
      && clave == other.clave
  }
}

/// Where the lots that were sent are kept.
public protocol MovedLotsStorage {
  /// A lot as it was last sent; nil if it never was.
  func sent(_ name: String) throws -> SentLot?
  /// Keeps a lot as it is sent now.
  mutating func save(_ name: String, _ lot: SentLot) throws
}
