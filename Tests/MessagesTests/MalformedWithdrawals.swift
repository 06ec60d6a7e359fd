@testable import Messages

extension MalformedEvent {
  private static let event = SampleEvents.withdrawal
  private static let row = SampleEvents.rowWithdrawal

  /// What is wrong with withdrawals.
  static let withdrawals: [MalformedEvent] = [
    .init(event, #","reason":"Sent by mistake""#, "", .fieldMissing, "data.reason"),
    .init(event, "Sent by mistake", "", .textMalformed, "data.reason"),
    .init(event, "Ana Ruiz", " Ana", .textMalformed, "data.by"),
    .init(event, #""cancels":true"#, #""cancels":1"#, .fieldType, "data.cancels"),
    .init(event, #""id":"e-7","#, "", .fieldMissing, "data.id"),
    .init(event, #""source":"/erp/mty","id":"e-7","#, "", .fieldMissing, "data.source"),
    .init(event, #""id":"e-7""#, #""id":"e-1""#, .withdrawalTarget, "data.id", schema: false),
    .init(event, #""id":"e-7""#, #""id":"e-7","line":1"#, .withdrawalTarget, "data.pedimento"),
    .init(row, #""line":1,"#, "", .fieldMissing, "data.line"),
    .init(row, #""line":1"#, #""line":0"#, .lineMalformed, "data.line"),
    .init(row, #""part":"PN-1","#, "", .fieldMissing, "data.part"),
    .init(row, "262434567890123", "2624", .pedimentoMalformed, "data.pedimento"),
    .init(row, #""line":1"#, #""line":1,"id":"e-7""#, .withdrawalTarget, "data.pedimento"),
  ]
}
