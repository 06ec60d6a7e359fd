@testable import Messages

extension MalformedEvent {
  private static let decision = SampleEvents.transferDecision

  /// What is wrong with decisions about virtual transfers.
  static let transfers: [MalformedEvent] = [
    .init(decision, #""decision":"pair","#, "", .fieldMissing, "data.decision"),
    .init(decision, #""pair""#, #""perhaps""#, .wordUnknown, "data.decision"),
    .init(decision, #""pair""#, "1", .fieldType, "data.decision"),
    .init(
      decision, #""sender":{"rfc":"XEXX010101000","pedimento":"262434567890123"},"#, "",
      .fieldMissing, "data.sender"),
    .init(
      decision, #"{"rfc":"XEXX010101000","pedimento":"262434567890123"}"#, "7", .fieldType,
      "data.sender"),
    .init(decision, #""rfc":"XAXX010101000","#, "", .fieldMissing, "data.receiver.rfc"),
    .init(decision, "XAXX010101000", "XAXX", .rfcMalformed, "data.receiver.rfc"),
    .init(
      decision, "262234567890999", "2622345678909", .pedimentoMalformed,
      "data.receiver.pedimento"),
    .init(
      decision, "XAXX010101000", "XEXX010101000", .transferSameCompany, "data.receiver.rfc",
      schema: false),
    .init(decision, #""decidedBy":"Ana Ruiz","#, "", .fieldMissing, "data.decidedBy"),
    .init(decision, "Ana Ruiz", "", .textMalformed, "data.decidedBy"),
    .init(decision, "Same invoice, 4711", " 4711", .textMalformed, "data.reason"),
  ]
}
