import Ledger

/// Reads inbound events; keeps its buffers from one event to the next.
public struct EventDecoder {
  private var tape = JSONTape()

  /// The largest event that is taken, in bytes.
  public static let sizeLimit = 16 << 20

  /// A decoder with empty buffers.
  public init() {}

  /// Reads one structured CloudEvent.
  ///
  /// - Throws: ``Rejection`` with the field that is wrong.
  public mutating func decode(_ text: UnsafeRawBufferPointer) throws(Rejection) -> InboundEvent {
    let result: Result<InboundEvent, Rejection>
    do {
      result = try tape.read(text) { root in
        Result { () throws(Rejection) in try Self.event(root, size: text.count) }
      }
    } catch let error as JSONSyntaxError {
      throw Rejection(
        .jsonMalformed, field: "", value: "byte \(error.offset): expected \(error.expected)")
    } catch {
      throw Rejection(.jsonMalformed, field: "")
    }
    return try result.get()
  }

  /// The identity of an event that could not be read further: source and id, where it has them.
  public mutating func identity(
    of text: UnsafeRawBufferPointer
  ) -> (source: String, id: String, type: String) {
    let found = try? tape.read(text) { root in
      (root["source"]?.string ?? "", root["id"]?.string ?? "", root["type"]?.string ?? "")
    }
    return found ?? ("", "", "")
  }

  private static func event(_ root: JSONNode, size: Int) throws(Rejection) -> InboundEvent {
    guard root.isObject else { throw Rejection(.eventNotAnObject, field: "", value: root.excerpt) }
    guard size <= sizeLimit else { throw Rejection(.eventTooLarge, field: "", value: "\(size)") }
    let envelope = try FieldReader(root)
    let version = try envelope.text("specversion")
    guard version == "1.0" else {
      throw Rejection(.eventVersion, field: "specversion", value: version)
    }
    let id = try envelope.name("id", atMost: 256)
    let source = try envelope.name("source", atMost: 256)
    let type = try envelope.text("type")
    let known = try payloadReader(type)
    // Rows of partes.csv have no time of their own; every other fact is dated by its sender.
    let time = type == "saldo.partes.v1" ? Instant(nanoseconds: 0) : try envelope.instant("time")
    let data = try envelope.object("data")
    let payload: InboundEvent.Payload
    do throws(Rejection) {
      payload = try known(data, envelope)
    } catch {
      throw error.within("data")
    }
    let fingerprint = Fingerprint.mix(
      Fingerprint.of(type) &+ UInt64(bitPattern: time.nanoseconds) &+ data.node.fingerprint)
    return InboundEvent(
      source: source, id: id, time: time, type: type, fingerprint: fingerprint, payload: payload)
  }

  private typealias PayloadReader =
    (FieldReader, FieldReader) throws(Rejection) -> InboundEvent.Payload

  private static func payloadReader(_ type: String) throws(Rejection) -> PayloadReader {
    switch type {
    case "immex.stock.v1":
      { (data, _) throws(Rejection) in .stock(try StockEvent(data)) }
    case "immex.pedimento.v1":
      { (data, _) throws(Rejection) in .pedimento(try PedimentoDocument(data)) }
    case "immex.part.v1":
      { (data, _) throws(Rejection) in .part(try Part(data)) }
    case "immex.bom.v1":
      { (data, _) throws(Rejection) in .bom(try BillOfMaterials(data)) }
    case "immex.company.v1":
      { (data, _) throws(Rejection) in .company(try Company(data)) }
    case "immex.plant.v1":
      { (data, _) throws(Rejection) in .plant(try Plant(data)) }
    case "immex.destruction.v1":
      { (data, _) throws(Rejection) in .destruction(try Destruction(data)) }
    case "immex.destructionNotice.v1":
      { (data, _) throws(Rejection) in .destructionNotice(try DestructionNotice(data)) }
    case "immex.submanufacturer.v1":
      { (data, _) throws(Rejection) in .submanufacturer(try Submanufacturer(data)) }
    case "immex.submanufacture.v1":
      { (data, _) throws(Rejection) in .submanufacture(try SubmanufactureEvent(data)) }
    case "saldo.datastage.v1":
      { (data, _) throws(Rejection) in .dataStage(try DataStagePedimento(data)) }
    case "saldo.partes.v1":
      { (data, envelope) throws(Rejection) in .partes(try PartesRow(data, envelope: envelope)) }
    case "immex.transfer.decision.v1":
      { (data, _) throws(Rejection) in .transferDecision(try TransferDecision(data)) }
    default:
      throw Rejection(.typeUnknown, field: "type", value: type)
    }
  }
}
