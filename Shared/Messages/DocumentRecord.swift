import Ledger

/// What the documents stage made of one document, on `saldo.records`.
///
/// Replaces the earlier record of the same document; the greatest revision counts. A document of
/// many lines, or of which many facts wait, has a record of several pages. Each replaces the one
/// before of its number, and the first says how many there are.
public struct DocumentRecord: Sendable, Equatable, Codable {
  /// Of a rectification its original's; nil if the document itself is not known yet.
  public var clave: String?
  /// The date that counts in the books.
  public var date: CalendarDate?
  /// What it says that the books need not know; nil for nothing, and on all pages but the first.
  public var details: Details<DocumentDetail>?
  public var document: String
  public var kind: Kind
  public var lines: [RecordLine]
  /// What a document of moves moves; nil for every other kind of document.
  public var moves: [MoveLine]?
  /// Of an act of destruction the folio of the notice before it; nil for any other document.
  public var notice: String?
  public var operation: Operation?
  /// Which page it is, from 1; nil for the first.
  public var page: Int32?
  /// On the first page how many there are; nil for one.
  public var pages: Int32?
  /// What waits or is rejected of it.
  public var pending: [PendingFact]
  /// Milliseconds since the epoch at which the counting event was received.
  public var received: Int64
  public var revision: Int64
  public var rfc: String
  public var state: State
  /// Goods that went to sub-manufacturers or came back; nil for every other kind of document.
  public var submanufacture: [SubmanufactureLine]?
  /// What a withdrawal says; nil for every other kind of document.
  public var withdrawal: WithdrawalLine?

  /// A page has so many lines.
  public static let linesOnPage = 500
  /// A page has what waits of so many facts of the document.
  public static let factsOnPage = 100

  /// The place of the page's first line among those of the document.
  public var firstLine: Int { Int(page ?? 0) * Self.linesOnPage }

  /// What kind of document it is.
  public enum Kind: String, Codable, Sendable {
    case pedimento, act, move
    /// The notice before an act of destruction.
    case notice
    /// Goods at a sub-manufacturer.
    case submanufacture
    /// The withdrawals of a fact: the document is what they name.
    case withdrawal
  }

  /// How the document stands.
  public enum State: String, Codable, Sendable {
    /// Its lines are in the books.
    case counts
    /// It has no quantity effect.
    case listed
    /// A later rectification counts in its place.
    case replaced
    /// Data Stage says that it was desisted or only reserved.
    case desisted
    /// It waits as a whole.
    case waiting
    /// Only what refers to it is known.
    case unknown
    /// All that said it was withdrawn.
    case withdrawn
  }

  /// A record of a document.
  public init(
    document: String, kind: Kind, rfc: String, state: State, clave: String? = nil,
    date: CalendarDate? = nil, operation: Operation? = nil, lines: [RecordLine] = [],
    pending: [PendingFact] = [], received: Int64 = 0, revision: Int64 = 0, notice: String? = nil
  ) {
    self.clave = clave
    self.date = date
    self.document = document
    self.kind = kind
    self.lines = lines
    self.notice = notice
    self.operation = operation
    self.pending = pending
    self.received = received
    self.revision = revision
    self.rfc = rfc
    self.state = state
  }
}

/// A line of a document as it counts: parts within a line added up, in the base unit.
///
/// Of a document without effect that names no parts, a partida as customs recorded it: part and
/// plant are empty.
public struct RecordLine: Sendable, Equatable, Codable {
  /// What it says that the books need not know; nil for nothing.
  public var details: Details<LineDetail>?
  public var dueOn: CalendarDate?
  public var line: Int32
  public var nico: String
  public var originCountry: String
  public var part: String
  public var plant: String
  public var quantity: Quantity
  public var tariffItem: String
  /// Nil if the document has no effect and says none.
  public var uom: UnitOfMeasure?
  public var value: Money

  /// A line of all its parts.
  public init(
    dueOn: CalendarDate?, line: Int32, nico: String, originCountry: String, part: String,
    plant: String, quantity: Quantity, tariffItem: String, uom: UnitOfMeasure?, value: Money,
    details: Details<LineDetail>? = nil
  ) {
    self.details = details
    self.dueOn = dueOn
    self.line = line
    self.nico = nico
    self.originCountry = originCountry
    self.part = part
    self.plant = plant
    self.quantity = quantity
    self.tariffItem = tariffItem
    self.uom = uom
    self.value = value
  }
}

/// A fact that waits for another, or that the facts known now reject.
public struct PendingFact: Hashable, Sendable, Codable {
  /// What it waits for or why it is rejected.
  public var code: String
  public var detail: String
  /// The file that it came in, and ``line`` there; nil if it came in none.
  public var file: String?
  public var id: String
  public var line: Int64?
  /// The plant that it is about, where it names one.
  public var plant: String?
  /// Milliseconds since the epoch.
  public var received: Int64
  /// True where the fact is rejected as things stand; it is taken up if they change.
  public var rejected: Bool
  public var source: String
  public var type: String

  /// A fact that is not in the books, and why.
  public init(
    code: String, detail: String, id: String, received: Int64, rejected: Bool, source: String,
    type: String, place: EventPlace? = nil, plant: String? = nil
  ) {
    self.code = code
    self.detail = detail
    file = place?.file
    self.id = id
    line = place?.line
    self.plant = plant
    self.received = received
    self.rejected = rejected
    self.source = source
    self.type = type
  }
}

/// What a fact can wait for.
public enum WaitingReason: String, Sendable, Codable, CaseIterable {
  case plantUnknown = "wait.plant"
  case partUnknown = "wait.part"
  case bomUnknown = "wait.bom"
  case rectifiedUnknown = "wait.rectified"
  case entryUnknown = "wait.entry"
  case partesMissing = "wait.partes"
  case pedimentoUnknown = "wait.pedimento"
  case partidaUnknown = "wait.partida"
  /// A row of partes.csv takes back one that is not known.
  case rowUnknown = "wait.row"
  case submanufacturerUnknown = "wait.submanufacturer"
  case factUnknown = "wait.fact"
}
