import Ledger
import Messages

/// A document as the stage keeps it: the facts that make it, and what was sent of it.
public struct StoredDocument: Equatable, Sendable {
  /// The document's name.
  public var id: DocumentID
  /// The pedimento, act or notice that counts; nil if only rows of partes.csv are known.
  public var main: StoredFact?
  /// The first of the facts that come one by one: rows of partes.csv, events of a move or of
  /// sub-manufacture; and, where there are several, the versions of what is said once, ``main``
  /// among them. The storage keeps the others apart, so that one more costs what it is and not what
  /// there is.
  public var facts: [StoredFact] = []
  /// How many facts the storage keeps beside ``facts``.
  public var more: Int = 0
  /// How many of all of them are versions of what is said once; none if ``main`` is the only one.
  public var versions: Int = 0
  /// The document that the one that counts rectifies.
  public var rectifies: String?
  /// The date that counted when it was last derived; nil before, and for moves of several days.
  public var date: CalendarDate?
  /// What was sent, with the last revision of each; withdrawn ones stay, to go on counting from.
  public var sent: [SentMovement] = []
  /// The revision of the last record of it.
  public var recordRevision: Int64 = 0
  /// A fingerprint of each page of that record.
  public var recordFingerprints: [UInt64] = []
  /// The company that it was sent for; empty before the first.
  public var recordRFC = ""
  /// The side of a virtual transfer that was sent of it; nil if none ever was.
  public var side: SentSide?
  /// Ids of its facts that are rejected as things stand.
  public var rejected: [String] = []

  /// So many facts lie with the document itself.
  public static let factsWithin = 8

  /// A document of which nothing is known yet.
  public init(id: DocumentID) { self.id = id }
}

/// The name of a document within a partition of the documents stage.
public struct DocumentID: Hashable, Sendable {
  /// A pedimento, an act, a move, the notice before an act, goods at a sub-manufacturer, or the
  /// withdrawals of a fact.
  public var kind: DocumentRecord.Kind
  /// The company's; of a pedimento it is not part of the name, and of withdrawals it is empty.
  public var rfc: String
  /// The pedimento, the act, the document of the move, the folio of the notice, or what withdrawals
  /// name.
  public var number: String

  /// The name of a document. A pedimento's number is unique whosever it is.
  public init(kind: DocumentRecord.Kind, rfc: String, number: String) {
    self.kind = kind
    self.rfc = rfc
    self.number = number
  }

  /// A text that stands for the document in the storage.
  public var text: String {
    switch kind {
    case .pedimento: "P" + number
    case .act: "A" + rfc + "|" + number
    case .move: "M" + rfc + "|" + number
    case .submanufacture: "S" + rfc + "|" + number
    case .notice: "N" + rfc + "|" + number
    case .withdrawal: "W" + number
    }
  }
}

/// An event as it came.
public struct StoredFact: Equatable, Sendable {
  /// The event, structured JSON.
  public var event: [UInt8]
  /// Milliseconds since the epoch.
  public var received: Int64
  /// Where it lies in the log, for who asks; nil where nobody noted it.
  public var origin: FactOrigin?

  /// An event as it came.
  public init(event: [UInt8], received: Int64, origin: FactOrigin? = nil) {
    self.event = event
    self.received = received
    self.origin = origin
  }
}

/// Where an event lies in `saldo.inbound`, as its producer sent it. It has no say in what is
/// derived.
public struct FactOrigin: Equatable, Sendable {
  /// The partition.
  public var partition: Int32
  /// The offset there.
  public var offset: Int64

  /// A record of the inbound topic.
  public init(partition: Int32, offset: Int64) {
    self.partition = partition
    self.offset = offset
  }
}

/// A movement that was sent: its identity, its last revision, and a fingerprint of what it said.
public struct SentMovement: Equatable, Sendable {
  /// Its book and its place there.
  public var identity: MovementIdentity
  /// The last revision that was sent.
  public var revision: Int64
  /// 0 where the movement is withdrawn.
  public var fingerprint: UInt64

  /// A movement that was sent.
  public init(identity: MovementIdentity, revision: Int64, fingerprint: UInt64) {
    self.identity = identity
    self.revision = revision
    self.fingerprint = fingerprint
  }
}

/// A side of a virtual transfer that was sent.
public struct SentSide: Equatable, Sendable {
  /// The company that sends.
  public var sender: String
  /// The company that receives.
  public var receiver: String
  /// Whose side it is.
  public var role: TransferRole
  /// The last revision that was sent.
  public var revision: Int64
  /// A fingerprint of what it said; 0 where the side is withdrawn.
  public var fingerprint: UInt64

  /// A side that was sent.
  public init(
    sender: String, receiver: String, role: TransferRole, revision: Int64, fingerprint: UInt64
  ) {
    self.sender = sender
    self.receiver = receiver
    self.role = role
    self.revision = revision
    self.fingerprint = fingerprint
  }
}

/// What makes a movement of a document the same from one derivation to the next: its book and its
/// place in the book's sequence.
public struct MovementIdentity: Hashable, Sendable {
  /// Whether it opens a lot; else it asks for something.
  public var isLot: Bool
  /// With ``part`` its book.
  public var plant: String
  /// With ``plant`` its book.
  public var part: String
  /// The date that counts in the sequence.
  public var date: CalendarDate
  /// The document's own line.
  public var line: Int32
  /// Place of the part in the explosion.
  public var component: Int32
  /// The finished product that was exploded; empty for any other line.
  public var product: String
  /// The receiving plant of a move; empty for any other movement.
  public var toPlant: String
  /// Whether it names the entries that it draws on.
  public var directed: Bool
  /// The account that it draws on; nil for the book of what is on hand.
  public var account: Account?

  /// The identity of a movement.
  public init(
    isLot: Bool, plant: String, part: String, date: CalendarDate, line: Int32,
    component: Int32 = 0, product: String = "", toPlant: String = "", directed: Bool = false,
    account: Account? = nil
  ) {
    self.account = account
    self.isLot = isLot
    self.plant = plant
    self.part = part
    self.date = date
    self.line = line
    self.component = component
    self.product = product
    self.toPlant = toPlant
    self.directed = directed
  }
}
