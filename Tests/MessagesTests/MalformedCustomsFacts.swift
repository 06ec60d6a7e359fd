@testable import Messages

extension MalformedEvent {
  private static let entry = SampleEvents.pedimento
  private static let act = SampleEvents.destruction
  private static let notice = SampleEvents.destructionNotice
  private static let own = #""pedimento":"262434567890123""#
  private static let second = #""part":"PN-2","quantity":"100.5","uom":6"#

  private static func quantity(_ json: String) -> String {
    #""part":"PN-2","quantity":\#(json),"uom":6"#
  }

  /// What is wrong with pedimentos and acts of destruction.
  static let customs: [MalformedEvent] = [
    .init(entry, own + ",", "", .fieldMissing, "data.pedimento"),
    .init(entry, own, #""pedimento":"26 24 3456 7890123""#, .pedimentoMalformed, "data.pedimento"),
    .init(entry, own, #""pedimento":"26243456789012""#, .pedimentoMalformed, "data.pedimento"),
    .init(entry, own, #""pedimento":262434567890123"#, .fieldType, "data.pedimento"),
    .init(entry, #""clave":"V1""#, #""clave":"v1""#, .claveMalformed, "data.clave"),
    .init(entry, #""clave":"V1""#, #""clave":"V1A""#, .claveMalformed, "data.clave"),
    .init(entry, #""export""#, #""exportación""#, .wordUnknown, "data.operation"),
    .init(entry, "XEXX010101000", "XEXX0101010000", .rfcMalformed, "data.rfc"),
    .init(
      entry, #""paidOn":"2026-03-05""#, #""paidOn":"05/03/2026""#, .dateMalformed, "data.paidOn"),
    .init(entry, #""paidOn":"2026-03-05""#, #""paidOn":20260305"#, .fieldType, "data.paidOn"),
    .init(
      entry, #""paidOn":"2026-03-05""#, #""paidOn":"2026-13-05""#, .dateMalformed, "data.paidOn"),
    .init(
      entry, "2026-03-05T18:30:00Z", "2026-03-05", .instantMalformed, "data.clearedAt"),
    .init(entry, #""262434567890000""#, #""R1""#, .pedimentoMalformed, "data.rectifies"),
    .init(
      entry, "262434567890000", "262434567890123", .rectifiesItself, "data.rectifies",
      schema: false),
    .init(
      MalformedEvent(
        entry, #""rectifies":"262434567890000","#, "", .rectifiesMissing, ""
      ).text,
      #""clave":"V1""#, #""clave":"R1""#, .rectifiesMissing, "data.rectifies"),
    .init(entry, #""rfc":"XAXX010101000""#, #""rfc":"X""#, .rfcMalformed, "data.counterparty.rfc"),
    .init(entry, #""rfc":"XAXX010101000","#, "", .fieldMissing, "data.counterparty.rfc"),
    .init(entry, #""plant":"QRO-1""#, #""plant":1"#, .fieldType, "data.counterparty.plant"),
    .init(
      entry, #""262234567890999""#, #""999""#, .pedimentoMalformed, "data.counterparty.pedimento"),
    .init(
      entry,
      #"{"rfc":"XAXX010101000","plant":"QRO-1","pedimento":"262234567890999"}"#,
      #""XAXX010101000""#, .fieldType, "data.counterparty"),
    .init(entry, #""lines":["#, #""lines":{},"x":["#, .fieldType, "data.lines"),
    .init(entry, #""lines":["#, #""lines":[],"x":["#, .listEmpty, "data.lines"),
    .init(entry, #""lines":["#, #""x":["#, .fieldMissing, "data.lines"),
    .init(entry, #""lines":["#, #""lines":[null,"#, .fieldType, "data.lines[0]"),
    .init(entry, #""line":2"#, #""line":0"#, .lineMalformed, "data.lines[1].line"),
    .init(entry, #""line":2"#, #""line":-2"#, .lineMalformed, "data.lines[1].line"),
    .init(entry, #""line":2"#, #""line":2.5"#, .lineMalformed, "data.lines[1].line"),
    .init(entry, #""line":2"#, #""line":"+2""#, .lineMalformed, "data.lines[1].line"),
    .init(entry, #""line":2"#, #""line":"2nd""#, .lineMalformed, "data.lines[1].line"),
    .init(entry, #""line":2"#, #""line":"""#, .lineMalformed, "data.lines[1].line"),
    .init(entry, #""line":2"#, #""line":2147483648"#, .lineMalformed, "data.lines[1].line"),
    .init(entry, #""line":2"#, #""line":true"#, .fieldType, "data.lines[1].line"),
    .init(entry, #""part":"PN-2""#, #""part":" ""#, .textMalformed, "data.lines[1].part"),
    .init(entry, second, quantity("\"\""), .quantityMalformed, "data.lines[1].quantity"),
    .init(entry, second, quantity("\"12.\""), .quantityMalformed, "data.lines[1].quantity"),
    .init(entry, second, quantity("\".5\""), .quantityMalformed, "data.lines[1].quantity"),
    .init(entry, second, quantity("\"+5\""), .quantityMalformed, "data.lines[1].quantity"),
    .init(entry, second, quantity("\"1 000\""), .quantityMalformed, "data.lines[1].quantity"),
    .init(entry, second, quantity("\"0x10\""), .quantityMalformed, "data.lines[1].quantity"),
    .init(entry, second, quantity("\"NaN\""), .quantityMalformed, "data.lines[1].quantity"),
    .init(entry, second, quantity("0"), .quantityNotPositive, "data.lines[1].quantity"),
    .init(entry, second, quantity("-0.0"), .quantityNotPositive, "data.lines[1].quantity"),
    .init(entry, second, quantity("\"-3\""), .quantityNotPositive, "data.lines[1].quantity"),
    .init(
      entry, second, quantity("\"9223372036854.775808\""), .quantityOverflow,
      "data.lines[1].quantity", schema: false),
    .init(
      entry, second, quantity("1e13"), .quantityOverflow, "data.lines[1].quantity", schema: false),
    .init(
      entry, second, quantity("1e999"), .quantityOverflow, "data.lines[1].quantity", schema: false),
    .init(entry, second, quantity("null"), .fieldMissing, "data.lines[1].quantity"),
    .init(entry, second, quantity("[1]"), .fieldType, "data.lines[1].quantity"),
    .init(entry, #""85371099""#, #""8537109A""#, .tariffItemMalformed, "data.lines[2].tariffItem"),
    .init(entry, #""nico":"02""#, #""nico":"2A""#, .nicoMalformed, "data.lines[2].nico"),
    .init(entry, #""250.10""#, #""$250""#, .valueMalformed, "data.lines[2].valueMXN"),
    .init(entry, #""250.10""#, #""-0.01""#, .valueNegative, "data.lines[2].valueMXN"),
    .init(
      entry, #""250.10""#, #""92233720368547758.08""#, .valueOverflow, "data.lines[2].valueMXN",
      schema: false),
    .init(entry, #""USA""#, #""US""#, .countryMalformed, "data.lines[2].originCountry"),
    .init(entry, #""USA""#, #""usa""#, .countryMalformed, "data.lines[2].originCountry"),
    .init(entry, #""finished":true"#, #""finished":"yes""#, .fieldType, "data.lines[2].finished"),
    .init(entry, #""finished":true"#, #""finished":1"#, .fieldType, "data.lines[2].finished"),
    .init(
      entry, "252434567890555", "25243456789055", .pedimentoMalformed,
      "data.lines[2].discharges[0].pedimento"),
    .init(
      entry, #","line":4"#, "", .fieldMissing, "data.lines[2].discharges[0].line"),
    .init(entry, #""serial":"SN-9""#, #""serial":9"#, .fieldType, "data.lines[2].serial"),
    .init(
      entry, #""tariffQuantity":"7.5""#, #""tariffQuantity":"none""#, .quantityMalformed,
      "data.lines[2].tariffQuantity"),
    .init(entry, #""tariffUom":1"#, #""tariffUom":99"#, .uomUnknown, "data.lines[2].tariffUom"),
    .init(entry, #""13.37""#, #""1.3.37""#, .valueMalformed, "data.lines[2].valueUSD"),

    .init(act, #""acta":"ACT-1","#, "", .fieldMissing, "data.acta"),
    .init(act, #""F-1""#, "null", .fieldMissing, "data.noticeFolio"),
    .init(act, "2026-04-01", "2026-04-1", .dateMalformed, "data.destroyedOn"),
    .init(
      act, #""quantity":"4""#, #""quantity":"4 kg""#, .quantityMalformed, "data.lines[0].quantity"),
    .init(act, #""uom":6"#, #""uom":"06x""#, .uomUnknown, "data.lines[0].uom"),
    .init(
      act, #""discharges":["#, #""discharges":[7,"#, .fieldType, "data.lines[0].discharges[0]"),
    .init(act, #""scrap":true"#, #""scrap":"yes""#, .fieldType, "data.lines[0].scrap"),
    .init(
      SampleEvents.scrapReturn, #""scrap":true"#, #""scrap":1"#, .fieldType,
      "data.lines[0].scrap"),

    .init(notice, #""folio":"F-1","#, "", .fieldMissing, "data.folio"),
    .init(notice, #""F-1""#, "7", .fieldType, "data.folio"),
    .init(notice, "2026-03-01", "2026-02-30", .dateMalformed, "data.noticedOn"),
    .init(notice, "2026-03-01", "1889-03-01", .dateOutOfRange, "data.noticedOn", schema: false),
    .init(notice, "XEXX010101000", "XEXX", .rfcMalformed, "data.rfc"),
    .init(notice, #""plant":"MTY-1","#, "", .fieldMissing, "data.plant"),
    .init(
      notice, #""quantity":"4""#, #""quantity":"0""#, .quantityNotPositive,
      "data.lines[0].quantity"),
    .init(notice, #""lines":["#, #""lines":{},"x":["#, .fieldType, "data.lines"),
  ]
}
