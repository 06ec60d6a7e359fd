import Ledger

/// Which of the two companies of a virtual transfer a document is of.
public enum TransferRole: String, Codable, Sendable, CaseIterable {
  /// The sender's: its export.
  case sender
  /// The receiver's: its import.
  case receiver
}

/// One side of a virtual transfer (V1), on `saldo.sides`: what a document that counts says of it.
///
/// Of the sides of one document between two companies the greatest revision counts.
public struct TransferSide: Sendable, Equatable, Codable {
  /// Every pedimento of the document's chain of rectifications, itself among them, ascending: the
  /// other side may name any of them.
  public var chain: [String]
  /// The date that counts in the books; nil if the side is withdrawn.
  public var date: CalendarDate?
  /// What it says was transferred: parts within a line added up, in the base unit.
  public var lines: [TransferLine]
  /// The other party's pedimento, where the document names it.
  public var names: String?
  /// The document that counts.
  public var pedimento: String
  /// The company that receives: its RFC, or what the sender's document calls it where the
  /// catalogue does not know it; empty if the document names nobody.
  public var receiver: String
  /// Counted from 1 by the documents stage.
  public var revision: Int64
  /// Whose document it is.
  public var role: TransferRole
  /// The document at the beginning of the chain.
  public var root: String
  /// The company that sends, as ``receiver``.
  public var sender: String
  /// Whether the document still says so.
  public var state: State

  /// Whether a side stands.
  public enum State: String, Codable, Sendable {
    /// The document counts.
    case counts
    /// It does not count any more, or is a side of another transfer now.
    case withdrawn
  }

  /// A side of all its parts.
  public init(
    chain: [String], date: CalendarDate?, lines: [TransferLine], names: String?, pedimento: String,
    receiver: String, revision: Int64, role: TransferRole, root: String, sender: String,
    state: State
  ) {
    self.chain = chain
    self.date = date
    self.lines = lines
    self.names = names
    self.pedimento = pedimento
    self.receiver = receiver
    self.revision = revision
    self.role = role
    self.root = root
    self.sender = sender
    self.state = state
  }
}

/// Goods of one line of a virtual transfer.
public struct TransferLine: Sendable, Equatable, Codable {
  /// The document's own line.
  public var line: Int32
  /// Of the tariff item, two digits.
  public var nico: String
  /// The part number.
  public var part: String
  /// The plant that the goods leave or reach.
  public var plant: String
  /// In the part's base unit.
  public var quantity: Quantity
  /// Eight digits.
  public var tariffItem: String
  /// The part's base unit.
  public var uom: UnitOfMeasure
  /// MXN.
  public var value: Money

  /// A line of all its parts.
  public init(
    line: Int32, nico: String, part: String, plant: String, quantity: Quantity,
    tariffItem: String, uom: UnitOfMeasure, value: Money
  ) {
    self.line = line
    self.nico = nico
    self.part = part
    self.plant = plant
    self.quantity = quantity
    self.tariffItem = tariffItem
    self.uom = uom
    self.value = value
  }
}

/// What lies on `saldo.sides`: sides of transfers, and what people decide about them.
public enum SideMessage: Sendable, Equatable {
  /// What a document says.
  case side(TransferSide)
  /// What a person says.
  case decision(PairDecision)
  /// An event that is withdrawn, or counts again: in every partition.
  case withdrawal(WithdrawalMessage)

  /// Appends the key: the two companies in the order of their code points, so that both sides of a
  /// transfer and every decision about it meet in one partition.
  public func writeKey(to bytes: inout [UInt8]) {
    switch self {
    case .side(let side): Self.writeKey(side.sender, side.receiver, to: &bytes)
    case .decision(let decision):
      Self.writeKey(decision.sender.rfc, decision.receiver.rfc, to: &bytes)
    case .withdrawal(let withdrawal): bytes.append(contentsOf: withdrawal.of.text.utf8)
    }
  }

  private static func writeKey(_ a: String, _ b: String, to bytes: inout [UInt8]) {
    let isOrdered = !CodePoints.precedes(b, a)
    bytes.append(contentsOf: (isOrdered ? a : b).utf8)
    bytes.append(UInt8(ascii: "|"))
    bytes.append(contentsOf: (isOrdered ? b : a).utf8)
  }
}
