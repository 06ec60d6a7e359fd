import Ledger
import Messages

/// Where the documents stage keeps what it knows; the core asks it and tells it, within one step.
public protocol DocumentsStorage: AnyObject {
  /// A document by its ``DocumentID/text``.
  func document(_ id: String) throws -> StoredDocument?
  /// Keeps a document, with what it rectifies.
  func save(_ document: StoredDocument) throws
  /// Ids of the pedimentos that rectify a pedimento, in ascending order.
  func rectifications(of pedimento: String) throws -> [String]
  /// Notes that a document depends on a subject (a part, a plant, an entry).
  func note(_ document: String, dependsOn subject: String) throws
  /// Ids of the documents that depend on a subject, in ascending order.
  func dependents(on subject: String) throws -> [String]
  /// Of those the ones whose date is not before a day, or not known.
  func dependents(on subject: String, from date: CalendarDate) throws -> [String]
  /// The fingerprint of the content that came before under an identity; where none did, notes this
  /// one and answers nil.
  func earlier(_ identity: UInt64, fingerprint: UInt64) throws -> UInt64?
  /// Keeps the event that counts for a thing of the catalogue.
  func save(catalog key: String, event: [UInt8]) throws
  /// The events of the catalogue that count.
  func catalog() throws -> [[UInt8]]
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
}

extension DocumentsStorage {
  /// Looks at every dependent; a storage that can tell by itself does better.
  public func dependents(on subject: String, from date: CalendarDate) throws -> [String] {
    try dependents(on: subject).filter { name in
      guard let known = try document(name)?.date else { return true }
      return known >= date
    }
  }
}
