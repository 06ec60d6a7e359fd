import Ledger

/// A CloudEvents 1.0 event as producers send it, read and checked (EVENTS).
public struct InboundEvent: Sendable {
  /// Who sent it; with ``id`` the event's identity.
  public var source: String
  /// The sender's own name for the event.
  public var id: String
  /// When the sender says it happened; decides between events about one thing.
  public var time: Instant
  /// The event's type, such as `immex.part.v1`.
  public var type: String
  /// A fingerprint of type, time and data: the same identity with another one is a conflict.
  public var fingerprint: UInt64
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
    case submanufacture(SubmanufactureEvent)
    case transferDecision(TransferDecision)
  }
}

/// Of several events about one thing the one with the greatest version counts (RULES, section 3).
///
/// RULES compares time and id; two sources may give one id to different events, so the source
/// decides last.
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
  public var version: FactVersion { FactVersion(time: time, id: id, source: source) }
}
