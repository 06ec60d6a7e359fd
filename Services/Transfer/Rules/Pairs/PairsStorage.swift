import Ledger
import Messages

/// Where the pairs stage keeps sides, decisions and what it sent; the core asks it and tells it,
/// within one step.
public protocol PairsStorage {
  /// A side as its greatest revision says, withdrawn ones too.
  func side(_ name: SideName) throws -> TransferSide?
  /// Keeps a side in the place of its earlier revision, to be found by these marks and no others.
  mutating func save(_ side: TransferSide, as name: SideName, marks: [SideMark]) throws
  /// The sides that bear a mark.
  func sides(marked mark: String) throws -> [TransferSide]
  /// The sides that bear a mark and whose date lies between two days.
  func sides(marked mark: String, from: CalendarDate, to: CalendarDate) throws -> [TransferSide]
  /// The fingerprint of the decision that came first under an identity.
  func fingerprint(ofDecision id: String, source: String) throws -> String?
  /// Keeps a decision.
  mutating func save(_ decision: PairDecision) throws
  /// The decision of a name, withdrawn ones too.
  func decision(_ name: FactName) throws -> PairDecision?
  /// The withdrawal that counts of those of a decision, known or not.
  func withdrawal(of decision: FactName) throws -> WithdrawalMessage?
  /// Keeps the withdrawal that counts.
  mutating func save(_ withdrawal: WithdrawalMessage) throws
  /// What was decided about a document, whichever side it is, and is not withdrawn.
  func decisions(about document: TransferDocument) throws -> [PairDecision]
  /// A row as it was last sent; nil if it never was.
  func sent(_ id: String) throws -> SentTransfer?
  /// Keeps a row as it is sent now.
  mutating func save(_ id: String, _ sent: SentTransfer) throws
}

/// The name of a side: the companies, whose it is, and its document.
public struct SideName: Hashable, Sendable {
  /// The company that sends, as the document has it.
  public var sender: String
  /// The company that receives, as the document has it.
  public var receiver: String
  /// Whose side it is.
  public var role: TransferRole
  /// The document.
  public var pedimento: String

  /// The name of a side.
  public init(_ side: TransferSide) {
    (sender, receiver) = (side.sender, side.receiver)
    (role, pedimento) = (side.role, side.pedimento)
  }

  /// A text that stands for it.
  public var text: String {
    [sender, receiver, role.rawValue, pedimento].joined(separator: "\u{1F}")
  }

  /// Ascending by document.
  static func precedes(_ a: SideName, _ b: SideName) -> Bool {
    CodePoints.precedes(a.pedimento, b.pedimento)
  }
}

/// By what a side is found.
public struct SideMark: Hashable, Sendable {
  /// What it is about.
  public var text: String
  /// The side's date.
  public var date: CalendarDate

  /// A mark of a side.
  public init(text: String, date: CalendarDate) {
    self.text = text
    self.date = date
  }
}

/// A row of transfers as it was last sent.
public struct SentTransfer: Sendable, Equatable {
  /// Counted from 1.
  public var revision: Int64
  /// Of what it said; 0 where it was withdrawn.
  public var fingerprint: UInt64

  /// A row as it was last sent.
  public init(revision: Int64, fingerprint: UInt64) {
    self.revision = revision
    self.fingerprint = fingerprint
  }
}
