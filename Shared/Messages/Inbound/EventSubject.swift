import Ledger

/// What an event is about as far as it can be read, also where the event as such is rejected: for
/// those who look for it in their files.
public struct EventSubject: Sendable, Equatable {
  /// The pedimento; of Data Stage without a date office, licence and number. Empty where none is
  /// named.
  public var pedimento = ""
  /// The company's RFC.
  public var rfc = ""
  /// The plant.
  public var plant = ""

  /// Nothing known.
  public init() {}

  /// Reads an event's text, whatever it is.
  public init(of text: String) {
    var (text, tape) = (text, JSONTape())
    let found = text.withUTF8 { bytes in
      try? tape.read(UnsafeRawBufferPointer(bytes)) { root in EventSubject(root) }
    }
    if let found { self = found }
  }

  private init(_ root: JSONNode) {
    guard let data = root["data"] else { return }
    func text(_ name: StaticString) -> String { Rejection.cut(data[name]?.string ?? "") }
    rfc = text("rfc")
    plant = text("plant")
    if plant.isEmpty { plant = text("planta") }
    pedimento = text("pedimento")
    guard data["patente"] != nil else { return }
    let reader = try? FieldReader(data)
    let number = reader.flatMap { try? DataStagePedimento.number(of: $0).number }
    pedimento =
      number ?? [text("seccionAduanera"), text("patente"), pedimento].joined(separator: " ")
  }
}
