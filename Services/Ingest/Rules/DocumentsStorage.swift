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
  /// The fingerprint of the content that came before under an identity; where none did, notes this
  /// one and answers nil.
  func earlier(_ identity: UInt64, fingerprint: UInt64) throws -> UInt64?
  /// The place in a file that was noted last under a key; nil if none was.
  func place(of key: UInt64) throws -> Int32?
  /// Notes a place in a file. Keys are fingerprints, and none is an identity's.
  func note(place: Int32, of key: UInt64) throws
  /// Keeps the event that counts for a thing of the catalogue.
  func save(catalog key: String, event: [UInt8]) throws
  /// The events of the catalogue that count.
  func catalog() throws -> [[UInt8]]

  // MARK: What waits for the partition's turn

  /// Whether any document was ever saved.
  var hasDocuments: Bool { get }
  /// Whether a document or a subject waits.
  var hasTouched: Bool { get }
  /// Lets a document wait.
  ///
  /// - Parameter facts: whether its own facts have changed, and not only what it depends on.
  func touch(_ document: String, facts: Bool) throws
  /// Lets the documents that depend on a subject wait; where a day is given, only those whose date
  /// is not before it, or not known.
  func touchDependents(on subject: String, from date: CalendarDate?) throws
  /// Lets a thing of the catalogue wait, to be followed to documents that it touches. Of several
  /// days the first counts, and nil is before all.
  func touch(thing: String, from date: CalendarDate?) throws
  /// The things of the catalogue that wait, in ascending order; they wait no longer.
  func takeTouchedThings() throws -> [(thing: String, from: CalendarDate?)]
  /// Documents that wait, those that were known first; they wait no longer.
  func takeTouched(atMost limit: Int) throws -> [(id: String, facts: Bool)]
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
  /// A turn of this partition is asked for: it comes back through the log.
  func askTurn()
}
