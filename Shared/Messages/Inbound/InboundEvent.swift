import Ledger

/// A CloudEvents 1.0 event as producers send it, read and checked (Events.md#envelope).
public struct InboundEvent: Sendable {
  /// Who sent it; with ``id`` the event's identity.
  public var source: String
  /// The sender's own name for the event.
  public var id: String
  /// When the sender says it happened; decides between events about one thing.
  public var time: Instant
  /// The event's type, such as `immex.part.v1`.
  public var type: String
  /// A fingerprint of type, time and data: the same identity with another one is a conflict. Of
  /// Data Stage and of a row of the catalogue it leaves the time out: a later extract or file that
  /// says the same is no conflict.
  public var fingerprint: UInt64
  /// Whether it is a row of a spreadsheet of the catalogue, whose time is when it was loaded.
  public var isLoaded = false
  /// What it says.
  public var payload: Payload

  /// What an event is about.
  public enum Payload: Sendable {
    case company(Company)
    case plant(Plant)
    case part(Part)
    case bom(BillOfMaterials)
    case pedimento(PedimentoDocument)
    case stock(StockEvent)
    case destruction(Destruction)
    case destructionNotice(DestructionNotice)
    case dataStage(DataStagePedimento)
    case partes(PartesRow)
    case submanufacturer(Submanufacturer)
    case party(Party)
    case submanufacture(SubmanufactureEvent)
    case transferDecision(TransferDecision)
    case withdrawal(Withdrawal)
  }
}

extension InboundEvent.Payload {
  /// Whether it is a fact of the catalogue that spreadsheets tell too.
  var isOfCatalog: Bool {
    switch self {
    case .company, .plant, .part, .bom: true
    default: false
    }
  }
}

/// Of several events about one thing the one with the greatest version counts (Rules.md#R3.4).
///
/// Rules.md#R3.4 compares time and id; two sources may give one id to different events, so the
/// source decides last.
public struct FactVersion: Hashable, Comparable, Sendable, Codable {
  /// The event's time.
  public var time: Instant
  /// The event's id, compared by code point.
  public var id: String
  /// The event's source, compared by code point.
  public var source: String

  /// The version of an event.
  public init(time: Instant, id: String, source: String) {
    self.time = time
    self.id = id
    self.source = source
  }

  public static func < (a: FactVersion, b: FactVersion) -> Bool {
    if a.time != b.time { return a.time < b.time }
    let ids = CodePoints.compare(a.id, b.id)
    return ids != 0 ? ids < 0 : CodePoints.precedes(a.source, b.source)
  }
}

extension InboundEvent {
  /// Where the event stands among those about the same thing.
  ///
  /// Of extracts of Data Stage that were executed at one time the latest moment in them decides
  /// before the id does: it goes in front of the id, in digits that compare as text.
  public var version: FactVersion {
    guard case .dataStage(let document) = payload, let recorded = document.recorded else {
      return FactVersion(time: time, id: id, source: source)
    }
    let digits = String(recorded.nanoseconds)
    let padded = String(repeating: "0", count: max(0, 20 - digits.utf8.count)) + digits
    return FactVersion(time: time, id: padded + id, source: source)
  }

  /// Whether the same identity with the same content may come again with a later version, or a row
  /// of a file in another place, and counts as of that one then.
  public var mayRise: Bool {
    switch payload {
    case .dataStage, .partes: true
    default: isLoaded
    }
  }

  /// The plant that the event is about; nil if it is about none, or names none.
  public var plant: String? {
    switch payload {
    case .plant(let plant): plant.plant
    case .bom(let bill): bill.plant
    case .pedimento(let document): document.plant
    case .stock(let stock): stock.plant
    case .destruction(let act): act.plant
    case .destructionNotice(let notice): notice.plant
    case .partes(let row): row.plant
    case .submanufacture(let event): event.plant
    case .company, .part, .dataStage, .submanufacturer, .party, .transferDecision, .withdrawal: nil
    }
  }
}
