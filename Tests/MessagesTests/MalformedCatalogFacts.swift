@testable import Messages

extension MalformedEvent {
  private static let company = SampleEvents.company
  private static let plant = SampleEvents.plant
  private static let part = SampleEvents.part
  private static let bom = SampleEvents.bom

  /// What is wrong with companies, plants, parts and bills of materials.
  static let catalog: [MalformedEvent] = [
    .init(company, #""rfc":"XEXX010101000","#, "", .fieldMissing, "data.rfc"),
    .init(company, "XEXX010101000", "xexx010101000", .rfcMalformed, "data.rfc"),
    .init(company, "XEXX010101000", "XEXX011301000", .rfcMalformed, "data.rfc"),
    .init(company, "XEXX010101000", "XEXX010132000", .rfcMalformed, "data.rfc"),
    .init(company, "XEXX010101000", "XEXXX010101000", .rfcMalformed, "data.rfc"),
    .init(company, "XEXX010101000", "XEXX01010100", .rfcMalformed, "data.rfc"),
    .init(company, #""Maquilas del Norte""#, "7", .fieldType, "data.name"),
    .init(company, "Maquilas del Norte", "", .textMalformed, "data.name"),
    .init(
      company, "Maquilas del Norte", String(repeating: "n", count: 301), .textMalformed,
      "data.name"),
    .init(company, "1234-2006", "1234-2006 ", .textMalformed, "data.immexProgram"),
    .init(company, #""AAA""#, #""AAAA""#, .wordUnknown, "data.certification"),
    .init(company, #""AAA""#, "3", .fieldType, "data.certification"),

    .init(plant, #""plant":"MTY-1","#, "", .fieldMissing, "data.plant"),
    .init(
      plant, "MTY-1", String(repeating: "p", count: 65), .textMalformed, "data.plant"),
    .init(plant, "MTY-1", #"MTY\u0000"#, .textMalformed, "data.plant"),
    .init(
      plant, #""rfc":"#, #""timeZone":"Tijuana","rfc":"#, .timeZoneUnknown, "data.timeZone"),
    .init(
      plant, #""rfc":"#, #""timeZone":"../Tijuana","rfc":"#, .timeZoneUnknown, "data.timeZone"),
    .init(plant, "MTY-1", #"MTY\u0085"#, .textMalformed, "data.plant"),
    .init(plant, "MTY-1", #"Me\u0301rida"#, .textMalformed, "data.plant", schema: false),
    .init(plant, "XEXX010101000", "XEXX010101-00", .rfcMalformed, "data.rfc"),
    .init(plant, #","address":"Av. Uno 1""#, "", .fieldMissing, "data.address"),
    .init(plant, #""Av. Uno 1""#, "7", .fieldType, "data.address"),
    .init(plant, #""Av. Uno 1""#, #"{"number":1}"#, .fieldType, "data.address.number"),

    .init(part, #""material""#, #""raw""#, .wordUnknown, "data.kind"),
    .init(part, #""material""#, "true", .fieldType, "data.kind"),
    .init(part, #""description":"Cable","#, "", .fieldMissing, "data.description"),
    .init(part, "85444299", "8544429", .tariffItemMalformed, "data.tariffItem"),
    .init(part, "85444299", "8544.4299", .tariffItemMalformed, "data.tariffItem"),
    .init(part, #""85444299""#, "85444299", .fieldType, "data.tariffItem"),
    .init(part, #""01""#, #""1""#, .nicoMalformed, "data.nico"),
    .init(part, #""uom":6"#, #""uom":23"#, .uomUnknown, "data.uom"),
    .init(part, #""uom":6"#, #""uom":0"#, .uomUnknown, "data.uom"),
    .init(part, #""uom":6"#, #""uom":"piece""#, .uomUnknown, "data.uom"),
    .init(part, #""uom":6"#, #""uom":6.5"#, .uomUnknown, "data.uom"),
    .init(part, #""uom":6"#, #""uom":[6]"#, .fieldType, "data.uom"),
    .init(part, "108-I", "108-IV", .wordUnknown, "data.category"),
    .init(
      part, #","conversions":[{"uom":11,"factor":"1000"},{"uom":1,"factor":"0.5"}]"#, "",
      .fieldMissing, "data.conversions"),
    .init(part, #"{"uom":1,"factor":"0.5"}"#, "1", .fieldType, "data.conversions[1]"),
    .init(
      part, #""factor":"0.5""#, #""factor":"0""#, .quantityNotPositive, "data.conversions[1].factor"
    ),
    .init(part, #","factor":"0.5""#, "", .fieldMissing, "data.conversions[1].factor"),
    .init(
      part, #""uom":1,"#, #""uom":11,"#, .listRepeats, "data.conversions[1].uom", schema: false),

    .init(bom, #""version":"A""#, #""version":1"#, .fieldType, "data.version"),
    .init(bom, "2026-01-01", "2026-1-1", .dateMalformed, "data.validFrom"),
    .init(bom, "2026-01-01", "2026-04-31", .dateMalformed, "data.validFrom", schema: false),
    .init(bom, "2026-01-01", "2101-01-01", .dateOutOfRange, "data.validFrom", schema: false),
    .init(bom, #""plant":"MTY-1""#, #""plant":"""#, .textMalformed, "data.plant"),
    .init(
      bom,
      #"{"part":"PN-1","perUnit":"2.5","waste":"0.1","scrap":"0.05"},{"part":"PN-2","#
        + #""perUnit":"1"}"#,
      "", .listEmpty, "data.components"),
    .init(
      bom, #""perUnit":"1""#, #""perUnit":"-1""#, .quantityNotPositive, "data.components[1].perUnit"
    ),
    .init(
      bom, #""perUnit":"1""#, #""perUnit":"0","waste":"0","scrap":"0.0""#, .quantityNotPositive,
      "data.components[1].perUnit"),
    .init(
      bom, #""perUnit":"1""#, #""waste":"1""#, .fieldMissing, "data.components[1].perUnit"),
    .init(
      bom, #""perUnit":"1""#, #""perUnit":"1,5""#, .quantityMalformed,
      "data.components[1].perUnit"),
    .init(
      bom, #""waste":"0.1""#, #""waste":"-0.1""#, .quantityNotPositive, "data.components[0].waste"),
    .init(bom, #""scrap":"0.05""#, #""scrap":false"#, .fieldType, "data.components[0].scrap"),
    .init(
      bom, #""part":"PN-2""#, #""part":"FG-1""#, .bomCycle, "data.components[1].part", schema: false
    ),
  ]
}
