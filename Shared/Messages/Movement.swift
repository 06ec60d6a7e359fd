import Ledger

/// A fact of one book, on `saldo.movements`: keyed by plant and part, derived from a document.
///
/// A movement's identity is its book and its place in the sequence; of one identity the greatest
/// revision counts, and a revision of nothing withdraws it.
public enum Movement: Sendable, Equatable {
  case lot(LotMovement)
  case demand(DemandMovement)
  case stock(StockMovement)
  case settle(SettleMovement)
  case transit(TransitMovement)
  case withdrawal(WithdrawalMessage)
}

/// A book's turn: what waits for it is served when this comes round. The books send it to
/// `saldo.documents`, out of which it comes back behind everything that lay there before it.
public struct SettleMovement: Sendable, Equatable, Codable {
  public var part: String
  public var plant: String

  /// Of the book of a plant and a part.
  public init(plant: String, part: String) {
    self.part = part
    self.plant = plant
  }
}

/// A lot that an entry opens, or that a move brings (Rules.md#R2.3, Rules.md#R7.1).
public struct LotMovement: Sendable, Equatable, Codable {
  /// The entry's clave; of a rectification its original's.
  public var clave: String
  /// The last day on which the lot may be discharged; nil for none.
  public var dueOn: CalendarDate?
  /// The payment date of the root of the entry's chain.
  public var enteredOn: CalendarDate
  public var line: Int32
  /// The move that brought it; nil for an entry.
  public var moved: MoveReference?
  public var part: String
  public var pedimento: String
  public var plant: String
  /// In the base unit; nil if the lot is withdrawn.
  public var quantity: Quantity?
  /// Counted from 1 by the sender.
  public var revision: Int64
  /// MXN; nil if the lot is withdrawn.
  public var value: Money?
  /// The withdrawal of a fact, or its cancellation, that made the change; nil for any other cause.
  public var withdrawal: FactName?

  /// A lot of all its parts.
  public init(
    clave: String, dueOn: CalendarDate?, enteredOn: CalendarDate, line: Int32,
    moved: MoveReference? = nil, part: String, pedimento: String, plant: String,
    quantity: Quantity?, revision: Int64, value: Money?
  ) {
    self.clave = clave
    self.dueOn = dueOn
    self.enteredOn = enteredOn
    self.line = line
    self.moved = moved
    self.part = part
    self.pedimento = pedimento
    self.plant = plant
    self.quantity = quantity
    self.revision = revision
    self.value = value
  }

  /// From when on the lot can be used: the entry's own key, or the move's (Rules.md#R5.3).
  public var available: SequenceKey {
    moved?.key ?? SequenceKey(date: enteredOn, rank: .entry, document: pedimento, line: line)
  }
}

/// The move that a lot came by.
public struct MoveReference: Hashable, Sendable, Codable {
  public var date: CalendarDate
  public var document: String
  public var line: Int32
  /// The plant that sent it.
  public var plant: String

  /// A line of a move on a day, from a plant.
  public init(date: CalendarDate, document: String, line: Int32, plant: String = "") {
    self.date = date
    self.document = document
    self.line = line
    self.plant = plant
  }

  /// From when on what it brings can be used: behind every demand with the move's own key, so also
  /// behind the other moves of its document on that day. Of two plants that send by one document
  /// the first by code point comes first.
  public var key: SequenceKey {
    SequenceKey(
      date: date, rank: .move, document: document, line: line, product: "\u{10FFFF}" + plant)
  }
}

/// What an exit, a move or an act asks of one book (Rules.md#R4.1).
public struct DemandMovement: Sendable, Equatable, Codable {
  /// The account that it draws on; nil for the book of what is on hand. What it asks of an account
  /// of scrap is all scrap.
  public var account: Account?
  /// The document's clave; `MOVE` for a move and `ACT` for an act of destruction.
  public var clave: String
  /// Place of the part in the explosion.
  public var component: Int32
  public var date: CalendarDate
  /// The entries that it draws on; nil for first in first out. Of a withdrawn one that named
  /// entries the list is empty.
  public var directed: [EntryReference]?
  public var document: String
  /// In the base unit, as are the other two; nil if the demand is withdrawn.
  public var incorporated: Quantity?
  public var line: Int32
  public var part: String
  public var plant: String
  /// The finished product that was exploded; nil for any other line.
  public var product: String?
  /// Counted from 1 by the sender.
  public var revision: Int64
  /// Desperdicio.
  public var scrap: Quantity?
  /// The receiving plant of a move; nil for exits and acts.
  public var toPlant: String?
  /// Merma.
  public var waste: Quantity?
  /// The withdrawal of a fact, or its cancellation, that made the change; nil for any other cause.
  public var withdrawal: FactName?

  /// The clave that moves between plants carry.
  public static let moveClave = "MOVE"
  /// The clave that acts of destruction carry.
  public static let actClave = "ACT"

  /// A demand of all its parts.
  public init(
    clave: String, component: Int32, date: CalendarDate, directed: [EntryReference]? = nil,
    document: String, incorporated: Quantity?, line: Int32, part: String, plant: String,
    product: String? = nil, revision: Int64, scrap: Quantity?, toPlant: String? = nil,
    waste: Quantity?, account: Account? = nil
  ) {
    self.account = account
    self.clave = clave
    self.component = component
    self.date = date
    self.directed = directed
    self.document = document
    self.incorporated = incorporated
    self.line = line
    self.part = part
    self.plant = plant
    self.product = product
    self.revision = revision
    self.scrap = scrap
    self.toPlant = toPlant
    self.waste = waste
  }

  /// Where the demand stands in its book.
  public var key: SequenceKey {
    SequenceKey(
      date: date, rank: toPlant == nil ? .exit : .move, document: document, line: line,
      component: component, product: product ?? toPlant ?? "", directed: directed != nil)
  }
}

/// A movement of stock on hand, in the unit that it came in.
public struct StockMovement: Sendable, Equatable, Codable {
  public var document: String
  /// The event's fingerprint in hexadecimal: the same identity with another one is a conflict.
  public var fingerprint: String
  /// With ``source`` the event's identity.
  public var id: String
  public var location: String?
  public var movement: StockEvent.Kind
  public var occurredAt: Instant
  public var order: String?
  public var part: String
  public var plant: String
  public var quantity: Quantity
  public var source: String
  public var uom: UnitOfMeasure

  /// A movement of stock of all its parts.
  public init(
    document: String, fingerprint: String, id: String, location: String?,
    movement: StockEvent.Kind, occurredAt: Instant, order: String?, part: String, plant: String,
    quantity: Quantity, source: String, uom: UnitOfMeasure
  ) {
    self.document = document
    self.fingerprint = fingerprint
    self.id = id
    self.location = location
    self.movement = movement
    self.occurredAt = occurredAt
    self.order = order
    self.part = part
    self.plant = plant
    self.quantity = quantity
    self.source = source
    self.uom = uom
  }
}

/// The key of a book in the log: plant and part number.
public enum BookKey {
  /// Appends the key's bytes: the plant, a vertical bar, the part.
  public static func write(plant: String, part: String, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: plant.utf8)
    bytes.append(UInt8(ascii: "|"))
    bytes.append(contentsOf: part.utf8)
  }
}

extension Movement {
  /// Writes the key of the movement's book.
  public func writeKey(to bytes: inout [UInt8]) {
    switch self {
    case .lot(let lot): BookKey.write(plant: lot.plant, part: lot.part, to: &bytes)
    case .demand(let demand): BookKey.write(plant: demand.plant, part: demand.part, to: &bytes)
    case .stock(let stock): BookKey.write(plant: stock.plant, part: stock.part, to: &bytes)
    case .settle(let settle): BookKey.write(plant: settle.plant, part: settle.part, to: &bytes)
    case .transit(let transit): BookKey.write(plant: transit.plant, part: transit.part, to: &bytes)
    // It goes to every partition, whatever its key.
    case .withdrawal(let withdrawal): bytes.append(contentsOf: withdrawal.of.text.utf8)
    }
  }
}
