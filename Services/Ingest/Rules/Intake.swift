import Ledger
import Messages

/// The intake stage's core: checks an inbound event and says where it belongs. Without a state.
public struct Intake {
  private var decoder = EventDecoder()
  private let isTimeZone: @Sendable (String) -> Bool

  /// A core with empty buffers.
  ///
  /// - Parameter isTimeZone: whether there is a time zone of a name. Which ones there are changes:
  ///   what is asked here is not asked of a fact that was let through.
  public init(isTimeZone: @escaping @Sendable (String) -> Bool) { self.isTimeZone = isTimeZone }

  /// Where an inbound event goes.
  public enum Route: Sendable {
    /// To the documents stage, as it came, by the company's RFC.
    case document(rfc: String)
    /// To every partition of the documents stage, as it came: a fact of the catalogue, or a
    /// withdrawal, as only the partition that has the fact knows it.
    case everywhere(key: String)
    /// To its book: stock on hand.
    case stock(StockMovement)
    /// To the two companies of a virtual transfer: what a person decided.
    case decision(PairDecision)
    /// To the rejected topic.
    case rejected(RejectedEvent)
  }

  /// Checks an event.
  ///
  /// - Parameters:
  ///   - event: in structured mode.
  ///   - fault: what is wrong with the record that carried it; it is rejected for that then.
  ///   - place: where it stands in a file, where it came in one.
  ///   - received: milliseconds since the epoch.
  public mutating func route(
    _ event: UnsafeRawBufferPointer, fault: Rejection? = nil, place: EventPlace? = nil,
    received: Int64
  ) -> Route {
    do throws(Rejection) {
      if let fault { throw fault }
      let fact = try decoder.decode(event)
      try Self.check(fact, isTimeZone)
      return route(fact)
    } catch {
      return .rejected(rejected(event, error.located(at: place), place, received: received))
    }
  }

  /// Checks what a fact names and only the world knows.
  public static func check(
    _ fact: InboundEvent, _ isTimeZone: (String) -> Bool
  ) throws(Rejection) {
    guard case .plant(let plant) = fact.payload, let zone = plant.timeZone, !isTimeZone(zone) else {
      return
    }
    throw Rejection(.timeZoneUnknown, field: "data.timeZone", value: zone)
  }

  /// The event that was routed last as it is to go on, if that is not as it came: with its data
  /// as JSON.
  public var plain: [UInt8]? { decoder.plain }

  private func route(_ event: InboundEvent) -> Route {
    switch event.payload {
    case .company, .plant, .part, .bom, .submanufacturer, .party:
      return .everywhere(key: event.payload.catalogKey)
    case .pedimento(let document): return .document(rfc: document.rfc)
    case .destruction(let act): return .document(rfc: act.rfc)
    case .destructionNotice(let notice): return .document(rfc: notice.rfc)
    case .dataStage(let document): return .document(rfc: document.rfc)
    case .partes(let row): return .document(rfc: row.rfc)
    case .submanufacture(let event): return .document(rfc: event.rfc)
    case .withdrawal(let withdrawal): return .everywhere(key: withdrawal.target.text)
    case .transferDecision(let decision):
      return .decision(
        PairDecision(
          by: decision.decidedBy, decision: decision.decision,
          fingerprint: Self.hex(event.fingerprint), id: event.id, reason: decision.reason,
          receiver: decision.receiver, sender: decision.sender, source: event.source,
          time: event.time))
    case .stock(let stock):
      if let move = stock.move { return .document(rfc: move.rfc) }
      // Checked when it was read: the quantity fits.
      let quantity = (try? Quantity(rounding: stock.quantity)) ?? .zero
      return .stock(
        StockMovement(
          document: stock.document, fingerprint: Self.hex(event.fingerprint), id: event.id,
          location: stock.location, movement: stock.kind, occurredAt: stock.occurredAt,
          order: stock.order, part: stock.part, plant: stock.plant, quantity: quantity,
          source: event.source, uom: stock.uom))
    }
  }

  private mutating func rejected(
    _ event: UnsafeRawBufferPointer, _ rejection: Rejection, _ place: EventPlace?, received: Int64
  ) -> RejectedEvent {
    let identity = decoder.identity(of: event)
    let text = String(validating: event, as: UTF8.self) ?? String(latin1: event)
    return RejectedEvent(
      rejection: rejection, event: text, source: identity.source, id: identity.id,
      type: identity.type, received: received, place: place)
  }

  private static func hex(_ value: UInt64) -> String {
    let digits: StaticString = "0123456789abcdef"
    return String(unsafeUninitializedCapacity: 16) { text in
      for place in 0..<16 {
        text[place] = digits.utf8Start[Int(value >> UInt64(60 - 4 * place) & 15)]
      }
      return 16
    }
  }
}
