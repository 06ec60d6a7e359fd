import Ledger

/// How a virtual transfer stands, on `saldo.transfers`.
///
/// Replaces the earlier state of the same ``id``; the greatest revision counts.
public struct TransferState: Sendable, Equatable, Codable {
  /// The other party's documents that it may be, where there are several; ascending.
  public var candidates: [TransferDocument]
  /// Everything that people decided about its documents, in the order of time.
  public var decisions: [PairDecision]
  /// What the two sides do not agree on.
  public var differs: [TransferDifference]
  /// `company:counterparty:pedimento`: whose document leads the row (the sender's, or the
  /// receiver's where no sender's is its counterpart), the other company, and the document at the
  /// beginning of the leading one's chain.
  public var id: String
  /// What made the pair; nil if there is none.
  public var pairing: Pairing?
  /// The receiver's import; nil if it is not known.
  public var receiver: TransferParty?
  /// The company that receives, as the documents name it.
  public var receiverRFC: String
  /// Counted from 1 by the pairs stage.
  public var revision: Int64
  /// The sender's export; nil if it is not known.
  public var sender: TransferParty?
  /// The company that sends, as the documents name it.
  public var senderRFC: String
  /// How it stands.
  public var state: State

  /// How a transfer stands. That a side has waited too long depends on the day on which one looks,
  /// and is no state of its own.
  public enum State: String, Codable, Sendable, CaseIterable {
    /// The receiver's import is missing.
    case senderOnly
    /// The sender's export is missing.
    case receiverOnly
    /// Several documents may be the other side: a person has to say which.
    case proposed
    /// Both sides are there and agree.
    case paired
    /// Both sides are there and do not agree.
    case differing
    /// The row is gone: its documents are in other rows now, or do not count any more.
    case withdrawn
  }

  /// What makes two documents the sides of one transfer.
  public enum Pairing: String, Codable, Sendable, CaseIterable {
    /// A person.
    case person
    /// One names the other.
    case reference
    /// Goods, quantity and date.
    case goods
  }

  /// A state of all its parts.
  public init(
    candidates: [TransferDocument] = [], decisions: [PairDecision] = [],
    differs: [TransferDifference] = [], id: String, pairing: Pairing? = nil,
    receiver: TransferParty? = nil, receiverRFC: String, revision: Int64,
    sender: TransferParty? = nil, senderRFC: String, state: State
  ) {
    self.candidates = candidates
    self.decisions = decisions
    self.differs = differs
    self.id = id
    self.pairing = pairing
    self.receiver = receiver
    self.receiverRFC = receiverRFC
    self.revision = revision
    self.sender = sender
    self.senderRFC = senderRFC
    self.state = state
  }
}

/// What two sides of a transfer do not agree on.
public enum TransferDifference: String, Codable, Sendable, CaseIterable {
  /// They are of other goods, by part number and by tariff item.
  case goods
  /// They are of the same goods, and of other quantities or units.
  case quantity
  /// Their values are not the same.
  case value
}

/// What one company's document says of a transfer.
public struct TransferParty: Sendable, Equatable, Codable {
  /// The date that counts in the books.
  public var date: CalendarDate
  /// The goods.
  public var lines: [TransferLine]
  /// The other party's pedimento, where the document names it.
  public var names: String?
  /// The document that counts.
  public var pedimento: String
  /// The document at the beginning of its chain.
  public var root: String

  /// A party of all its parts.
  public init(
    date: CalendarDate, lines: [TransferLine], names: String?, pedimento: String, root: String
  ) {
    self.date = date
    self.lines = lines
    self.names = names
    self.pedimento = pedimento
    self.root = root
  }
}
