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
    case dataStage(DataStagePedimento)
    case partes(PartesRow)
  }
}

/// Of several events about one thing the one with the greatest version counts (RULES, section 3).
public struct FactVersion: Hashable, Comparable, Sendable, Codable {
  /// The event's time.
  public var time: Instant
  /// The event's id, compared by code point.
  public var id: String

  /// The version of an event.
  public init(time: Instant, id: String) {
    self.time = time
    self.id = id
  }

  /// By code point, like the order.
  public static func == (a: FactVersion, b: FactVersion) -> Bool {
    a.time == b.time && a.id.utf8.elementsEqual(b.id.utf8)
  }

  public static func < (a: FactVersion, b: FactVersion) -> Bool {
    a.time != b.time ? a.time < b.time : CodePoints.precedes(a.id, b.id)
  }
}

extension InboundEvent {
  /// Where the event stands among those about the same thing.
  public var version: FactVersion { FactVersion(time: time, id: id) }
}
