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
      "bom|\(bill.product.withoutBars)|\(bill.version.withoutBars)|\(bill.plant ?? "")"
    case .submanufacturer(let registered):
      "submanufacturer|\(registered.rfc)|\(registered.submanufacturer)"
    case .party(let party): "party|\(party.kind.rawValue)|\(party.party)"
    case .pedimento, .destruction, .destructionNotice, .dataStage, .partes, .submanufacture,
      .transferDecision, .stock, .withdrawal:
      ""
    }
  }
}
