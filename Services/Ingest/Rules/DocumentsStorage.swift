import Ledger
import Messages

/// Where the documents stage keeps what it knows; the core asks it and tells it, within one step.
public protocol DocumentsStorage: AnyObject {
  /// A document by its ``DocumentID/text``.
  func document(_ id: String) throws -> StoredDocument?
  /// Keeps a document, with what it rectifies.
  func save(_ document: StoredDocument) throws
  /// Keeps a fact of a document beyond those that lie within it.
  func append(_ fact: StoredFact, to document: String) throws
  /// Those facts, in the order in which they came.
  func moreFacts(of document: String) throws -> [StoredFact]
  /// Ids of the pedimentos that rectify a pedimento, in ascending order.
  func rectifications(of pedimento: String) throws -> [String]
  /// Notes that a document depends on a subject (a part, a plant, an entry).
  func note(_ document: String, dependsOn subject: String) throws
  /// Whether a document depends on a subject.
  func hasDependents(on subject: String) throws -> Bool
  /// The fingerprint of the content that came before under a fact's name; where none did, notes
  /// this one and answers nil.
  func earlier(_ fact: FactName, fingerprint: UInt64) throws -> UInt64?
  /// The row of a file that was noted last of a fact; nil if none was.
  func row(of fact: FactName) throws -> Int32?
  /// Notes the row of a file in which a fact stands.
  func note(row: Int32, of fact: FactName) throws
  /// Notes where a fact is kept.
  func note(_ fact: FactName, at place: FactPlace) throws
  /// Where a fact is kept; nil if it is not known.
  func place(of fact: FactName) throws -> FactPlace?

  // MARK: The catalogue and withdrawals

  /// Keeps a version of a thing of the catalogue, whether or not it counts.
  func append(version event: [UInt8], of key: String) throws
  /// Every version of a thing of the catalogue.
  func versions(of key: String) throws -> [[UInt8]]
  /// Keeps the event that counts for a thing of the catalogue.
  func save(catalog key: String, event: [UInt8]) throws
  /// Has no event count for a thing of the catalogue.
  func remove(catalog key: String) throws
  /// The events of the catalogue that count.
  func catalog() throws -> [[UInt8]]
  /// Keeps the withdrawal that counts of those that name one fact.
  func save(withdrawal target: Withdrawal.Target, event: [UInt8]) throws
  /// The withdrawals that count.
  func withdrawals() throws -> [[UInt8]]

  // MARK: What waits for the partition's turn

  /// Whether any document was ever saved.
  var hasDocuments: Bool { get }
  /// Whether a document or a subject waits.
  var hasTouched: Bool { get }
  /// Lets a document wait.
  ///
  /// - Parameters:
  ///   - facts: whether its own facts have changed, and not only what it depends on.
  ///   - cause: the withdrawal that is behind it; of several the last counts.
  func touch(_ document: String, facts: Bool, because cause: FactName?) throws
  /// Lets the documents that depend on a subject wait; where a day is given, only those whose date
  /// is not before it, or not known.
  func touchDependents(
    on subject: String, from date: CalendarDate?, because cause: FactName?) throws
  /// Lets every document wait.
  func touchAll(because cause: FactName?) throws
  /// Lets a thing of the catalogue wait, to be followed to documents that it touches. Of several
  /// days the first counts, and nil is before all.
  func touch(thing: String, from date: CalendarDate?, because cause: FactName?) throws
  /// The things of the catalogue that wait, in ascending order; they wait no longer.
  func takeTouchedThings() throws -> [TouchedThing]
  /// Documents that wait, those that were known first; they wait no longer.
  func takeTouched(atMost limit: Int) throws -> [TouchedDocument]
}

/// Where a fact is kept.
public enum FactPlace: Hashable, Sendable {
  /// In a document, by its ``DocumentID/text``.
  case document(String)
  /// In the catalogue, under the key of its thing.
  case thing(String)
  /// It is a withdrawal.
  case withdrawal
}

/// A thing of the catalogue that waits for a turn.
public struct TouchedThing: Equatable, Sendable {
  /// What documents depend on, or a product.
  public var thing: String
  /// The first day that can matter; nil for any.
  public var from: CalendarDate?
  /// The withdrawal that is behind it.
  public var cause: FactName?

  /// A thing that waits.
  public init(thing: String, from: CalendarDate?, cause: FactName? = nil) {
    self.thing = thing
    self.from = from
    self.cause = cause
  }
}

/// A document that waits for a turn.
public struct TouchedDocument: Equatable, Sendable {
  /// Its ``DocumentID/text``.
  public var id: String
  /// Whether its own facts have changed.
  public var facts: Bool
  /// The withdrawal that is behind it.
  public var cause: FactName?

  /// A document that waits.
  public init(id: String, facts: Bool = false, cause: FactName? = nil) {
    self.id = id
    self.facts = facts
    self.cause = cause
  }
}

/// Where what the documents stage derives goes.
public protocol DocumentsOutput: AnyObject {
  /// A movement, to its book.
  func send(_ movement: Movement)
  /// A record of a document, to readers.
  func send(_ record: DocumentRecord)
  /// A side of a virtual transfer, to the two companies' pairs.
  func send(_ side: TransferSide)
  /// A fact that is not taken.
  func send(_ rejected: RejectedEvent)
  /// A fact of the catalogue that counts, to readers.
  func send(catalog key: String, event: UnsafeRawBufferPointer)
  /// Of a thing of the catalogue nothing counts any more, to readers.
  func remove(catalog key: String)
  /// A turn of this partition is asked for: it comes back through the log.
  func askTurn()
  /// A withdrawal, to the books and to the pairs: stock events and decisions are theirs.
  func send(_ withdrawal: WithdrawalMessage)
  /// A note for another partition of this stage.
  func send(_ note: DocumentsNote, to partition: Int32)
}
