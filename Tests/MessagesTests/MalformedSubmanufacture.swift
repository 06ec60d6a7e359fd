@testable import Messages

extension MalformedEvent {
  private static let registered = SampleEvents.submanufacturer
  private static let sent = SampleEvents.sentOut
  private static let returned = SampleEvents.broughtBack

  /// What is wrong with sub-manufacturers, and with goods that go there or come back.
  static let submanufacture: [MalformedEvent] = [
    .init(registered, #""submanufacturer":"SUB-1","#, "", .fieldMissing, "data.submanufacturer"),
    .init(registered, "SUB-1", "SUB|1", .textMalformed, "data.submanufacturer", schema: false),
    .init(registered, #""rfc":"XEXX010101000","#, "", .fieldMissing, "data.rfc"),
    .init(registered, "XAXX010101000", "XAXX", .rfcMalformed, "data.ownRfc"),
    .init(registered, "Costuras", "", .textMalformed, "data.name"),
    .init(registered, #""Av. Dos 2""#, "2", .fieldType, "data.site"),
    .init(registered, #""77-2010""#, "77", .fieldType, "data.program"),
    .init(registered, "2026-01-01", "2026-13-01", .dateMalformed, "data.validFrom"),

    .init(sent, #""sent""#, #""lent""#, .wordUnknown, "data.kind"),
    .init(sent, "XEXX010101000", "XEXX", .rfcMalformed, "data.rfc"),
    .init(sent, #""plant":"MTY-1","#, "", .fieldMissing, "data.plant"),
    .init(sent, #""noticeFolio":"AS-1","#, "", .fieldMissing, "data.noticeFolio"),
    .init(sent, #""document":"SM-1","#, "", .fieldMissing, "data.document"),
    .init(sent, #""part":"PN-1""#, #""part":7"#, .fieldType, "data.part"),
    .init(sent, #""40""#, #""0""#, .quantityNotPositive, "data.quantity"),
    .init(sent, #""uom":6"#, #""uom":23"#, .uomUnknown, "data.uom"),
    .init(sent, "2026-03-02T12:00:00Z", "2026-03-02", .instantMalformed, "data.occurredAt"),

    .init(
      returned,
      #"{"document":"SM-1","part":"PN-1","quantity":"20.5","uom":1}"#, "[]", .fieldType,
      "data.of"),
    .init(returned, #""document":"SM-1""#, #""document":"""#, .textMalformed, "data.of.document"),
    .init(
      returned, #","quantity":"20.5","uom":1"#, "", .fieldMissing, "data.of.quantity",
      schema: false),
    .init(returned, #""20.5""#, #""-1""#, .quantityNotPositive, "data.of.quantity"),
    .init(returned, #""uom":1}"#, #""uom":0}"#, .uomUnknown, "data.of.uom"),
  ]
}
