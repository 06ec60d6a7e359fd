import Messages

extension InboundEvent.Payload {
  /// The name of the thing that a fact of the catalogue is about, in the log and in the stores: of
  /// two facts with one name one counts. Empty for what is no fact of the catalogue.
  var catalogKey: String {
    switch self {
    case .company(let company): "company|" + company.rfc
    case .plant(let plant): "plant|" + plant.plant
    case .part(let part): "part|" + part.part
    case .bom(let bill):
      "bom|\(Self.escaped(bill.product))|\(Self.escaped(bill.version))|\(bill.plant ?? "")"
    case .submanufacturer(let registered):
      "submanufacturer|\(registered.rfc)|\(registered.submanufacturer)"
    case .pedimento, .destruction, .destructionNotice, .dataStage, .partes, .submanufacture,
      .transferDecision, .stock:
      ""
    }
  }

  /// A name in which a bar does not end it, so that no two bills have one key; RFC and plants have
  /// none.
  private static func escaped(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "\\") }) else {
      return name
    }
    return name.replacing("\\", with: "\\\\").replacing("|", with: "\\|")
  }
}
