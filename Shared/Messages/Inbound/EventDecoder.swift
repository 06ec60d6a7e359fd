import Ledger
import Limits

/// Reads inbound events; keeps its buffers from one event to the next.
public struct EventDecoder {
  private var tape = JSONTape()
  /// The event that was read last as it is with its data in `data`; nil if it has it there.
  public private(set) var plain: [UInt8]?

  /// The largest event that is taken, in bytes.
  public static let sizeLimit = Limits.inboundEvent

  /// A decoder with empty buffers.
  public init() {}

  /// Reads one structured CloudEvent.
  ///
  /// - Throws: ``Rejection`` with the field that is wrong.
  public mutating func decode(_ text: [UInt8]) throws(Rejection) -> InboundEvent {
    let result = text.withUnsafeBytes { bytes in
      Result { () throws(Rejection) in try decode(bytes) }
    }
    return try result.get()
  }

  /// Reads one structured CloudEvent.
  ///
  /// - Throws: ``Rejection`` with the field that is wrong.
  public mutating func decode(_ text: UnsafeRawBufferPointer) throws(Rejection) -> InboundEvent {
    plain = nil
    guard let encoded = try read(text, { Self.dataAsJSON(of: $0) }) else {
      return try tape.withRoot(of: text) { (root) throws(Rejection) in
        try Self.event(root, size: text.count)
      }
    }
    // An event whose data is in Base64 is the event that has it as JSON.
    guard let encoded else { throw Rejection(.dataMalformed, field: "data_base64") }
    plain = encoded
    let result = encoded.withUnsafeBytes { bytes in
      Result { () throws(Rejection) in
        var tape = JSONTape()
        do {
          return try tape.read(bytes) { root in
            Result { () throws(Rejection) in try Self.event(root, size: text.count) }
          }
        } catch {
          throw Rejection(.dataMalformed, field: "data_base64", value: "JSON is in it where it is")
        }
      }
    }
    return try result.get().get()
  }

  /// Takes a text apart.
  private mutating func read<T>(
    _ text: UnsafeRawBufferPointer, _ body: (JSONNode) -> T
  ) throws(Rejection) -> T {
    do throws(JSONSyntaxError) {
      try tape.parse(text)
    } catch {
      throw Rejection(
        .jsonMalformed, field: "", value: "byte \(error.offset): expected \(error.expected)")
    }
    return tape.withRoot(of: text) { root in body(root) }
  }

  /// An event with its data in Base64, with it as JSON: nil if the data is no Base64, or is
  /// there as JSON too. Nothing if there is none in Base64.
  private static func dataAsJSON(of root: JSONNode) -> [UInt8]?? {
    guard root.isObject, let encoded = root["data_base64"], !encoded.isNull else { return nil }
    let isAlone = root["data"]?.isNull ?? true
    guard isAlone, encoded.isString, let data = encoded.withText({ [UInt8](base64: $0) }),
      isJSON(data)
    else { return .some(nil) }
    var event: [UInt8] = [UInt8(ascii: "{")]
    root.forEachMember { name, value in
      guard !name.equals("data_base64"), !name.equals("data") else { return }
      event.append(contentsOf: name.source)
      event.append(UInt8(ascii: ":"))
      event.append(contentsOf: value.source)
      event.append(UInt8(ascii: ","))
    }
    event.append(json: #""data":"#)
    event.append(contentsOf: data)
    event.append(UInt8(ascii: "}"))
    return .some(event)
  }

  private static func isJSON(_ data: [UInt8]) -> Bool {
    var tape = JSONTape()
    return data.withUnsafeBytes { (try? tape.parse($0)) != nil }
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
    if type == "saldo.file.v1" { throw try Rejection(fileNote: envelope.object("data")) }
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
    // What customs recorded is the same fact in every extract that holds it, whenever executed; and
    // a row of the catalogue in every file, whenever loaded.
    let isLoaded = payload.isOfCatalog && envelope.optional("saldoloaded")?.bool == true
    let isDated = !isLoaded && type != "saldo.datastage.v1"
    let dated = isDated ? UInt64(bitPattern: time.nanoseconds) : 0
    let fingerprint = Fingerprint.mix(
      Fingerprint.of(type) &+ dated &+ data.node.fingerprint)
    return InboundEvent(
      source: source, id: id, time: time, type: type, fingerprint: fingerprint,
      isLoaded: isLoaded, payload: payload)
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
    case "immex.party.v1":
      { (data, _) throws(Rejection) in .party(try Party(data)) }
    case "immex.submanufacture.v1":
      { (data, _) throws(Rejection) in .submanufacture(try SubmanufactureEvent(data)) }
    case "saldo.datastage.v1":
      { (data, envelope) throws(Rejection) in
        .dataStage(try DataStagePedimento(data, envelope: envelope))
      }
    case "saldo.partes.v1":
      { (data, envelope) throws(Rejection) in .partes(try PartesRow(data, envelope: envelope)) }
    case "immex.transfer.decision.v1":
      { (data, _) throws(Rejection) in .transferDecision(try TransferDecision(data)) }
    case "immex.withdrawal.v1":
      { (data, envelope) throws(Rejection) in
        .withdrawal(try Withdrawal(data, envelope: envelope))
      }
    default:
      throw Rejection(.typeUnknown, field: "type", value: type)
    }
  }
}

extension Rejection {
  /// `saldo.file.v1`: what a file held and its reader did not take. It is rejected as such, so that
  /// it is seen where everything is that is not in the books.
  fileprivate init(fileNote data: FieldReader) throws(Rejection) {
    do throws(Rejection) {
      let code: RejectionCode = try data.word("code")
      self.init(code, field: "", value: try data.text("detail"))
    } catch { throw error.within("data") }
  }
}
