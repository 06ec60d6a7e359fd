import Foundation

@testable import Messages

extension MalformedEvent {
  private static let issue = SampleEvents.stock
  private static let move = SampleEvents.moved

  /// What is wrong with movements of stock.
  static let stock: [MalformedEvent] = [
    .init(issue, #""kind":"issued","#, "", .fieldMissing, "data.kind"),
    .init(issue, #""issued""#, #""lost""#, .wordUnknown, "data.kind"),
    .init(issue, #""part":"PN-1","#, "", .fieldMissing, "data.part"),
    .init(issue, #""12.5""#, #""0""#, .quantityNotPositive, "data.quantity"),
    .init(issue, #""12.5""#, #""-12.5""#, .quantityNotPositive, "data.quantity"),
    .init(issue, #""12.5""#, #""12.5.0""#, .quantityMalformed, "data.quantity"),
    .init(
      issue, #""12.5""#, #""99999999999999""#, .quantityOverflow, "data.quantity", schema: false),
    .init(text: counted(#""12.5""#, "null"), .fieldMissing, "data.quantity"),
    .init(text: counted(#""12.5""#, "-1"), .quantityNotPositive, "data.quantity"),
    .init(text: counted(#""12.5""#, "1e30"), .quantityOverflow, "data.quantity", schema: false),
    .init(issue, #""uom":6"#, #""uom":"""#, .uomUnknown, "data.uom"),
    .init(issue, #""document":"WO-77","#, "", .fieldMissing, "data.document"),
    .init(issue, "WO-77", #"WO\n77"#, .textMalformed, "data.document"),
    .init(issue, "2026-03-05T23:59:59-06:00", "yesterday", .instantMalformed, "data.occurredAt"),
    .init(
      issue, "2026-03-05T23:59:59-06:00", "2026-03-05T23:59:59-24:00", .instantMalformed,
      "data.occurredAt"),
    .init(
      issue, "2026-03-05T23:59:59-06:00", "2126-03-05T23:59:59-06:00", .dateOutOfRange,
      "data.occurredAt", schema: false),
    .init(issue, #""order":"O-1""#, #""order":1"#, .fieldType, "data.order"),
    .init(issue, #""location":"A-01""#, #""location":[]"#, .fieldType, "data.location"),

    .init(move, #""rfc":"XEXX010101000","#, "", .fieldMissing, "data.rfc"),
    .init(move, #""toPlant":"QRO-1","#, "", .fieldMissing, "data.toPlant"),
    .init(move, #","aviso":"AV-1""#, "", .fieldMissing, "data.aviso"),
    .init(move, #""aviso":"AV-1""#, #""aviso":" AV""#, .textMalformed, "data.aviso"),
    .init(move, "QRO-1", "MTY-1", .moveSamePlant, "data.toPlant", schema: false),
  ]

  private static func counted(_ old: String, _ new: String) -> String {
    issue.replacingOccurrences(of: #""issued""#, with: #""counted""#)
      .replacingOccurrences(of: old, with: new)
  }
}
