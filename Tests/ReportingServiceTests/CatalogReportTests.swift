import Messages
import Testing

/// The catalogues as reports.
@Suite struct CatalogReportTests {
  @Test func ofEachBillTheGreatestEventCountsWhateverCameFirst() throws {
    let events = [
      CatalogEvent.bom("P-1", perUnit: "1", id: "a", time: "2026-01-01T00:00:00Z"),
      CatalogEvent.bom("P-1", perUnit: "2", id: "b", time: "2026-01-02T00:00:00Z"),
      CatalogEvent.bom("P-1", perUnit: "3", id: "c", time: "2026-01-02T00:00:00Z"),
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
      let data = try DataFolder()
      try data.send(.catalog, bytes: order.map { events[$0] })
      #expect(
        try data.rows("estructuras") == [",,P-1,1,2026-01-01,,M-1,3,0.5,0,"], "\(order)")
    }
  }

  @Test func versionsAndPlantsStandBesideOneAnotherAndTheOneInForceIsNamed() throws {
    let data = try DataFolder()
    try data.send(
      .catalog,
      bytes: [
        CatalogEvent.company(name: "Uno"), CatalogEvent.plant("JUA1"),
        CatalogEvent.event(
          "immex.part.v1", "p", CatalogEvent.start,
          """
          {"part":"P-1","kind":"product","description":"Radio","tariffItem":"85271301",\
          "nico":"00","uom":6,"category":"108-I","conversions":[]}
          """), CatalogEvent.part("M-1", conversions: [1: "0.25"]),
      ])
    try data.send(
      .catalog, partition: 1,
      bytes: [
        CatalogEvent.bom("P-1", version: "2", from: "2026-06-01", id: "2"),
        CatalogEvent.bom("P-1", version: "1", id: "1"),
        CatalogEvent.bom("P-1", version: "9", from: "2027-01-01", id: "9"),
        CatalogEvent.bom("P-1", version: "2", from: "2026-06-15", plant: "JUA1", id: "3"),
      ])
    let company = "\(Facts.rfc),Uno"
    #expect(
      try data.rows("productos") == [
        "\(company),P-1,Radio,85271301,00,pieza,108-I,2,2026-06-01,"
      ])
    #expect(
      try data.rows("productos", today: "2026-05-31") == [
        "\(company),P-1,Radio,85271301,00,pieza,108-I,1,2026-01-01,"
      ])
    #expect(
      try data.rows("materiales") == [
        "\(company),M-1,Tarjeta,85340099,01,pieza,material,108-I,kilo=0.25,"
      ])
    #expect(
      try data.rows("contribuyente") == [
        "\(company),1234-2020,,JUA1,Planta,Calle 1,,,,,,,,,,,,"
      ])
    #expect(
      try data.rows("estructuras").map { $0.split(separator: ",")[3...5].joined(separator: " ") }
        == ["1 2026-01-01 M-1", "2 2026-06-01 M-1", "2 2026-06-15 JUA1", "9 2027-01-01 M-1"])
  }

  @Test func addressesInPartsKindsAndUnitsOfTheTariffAreThere() throws {
    let data = try DataFolder()
    let parts = #"{"street":"Calle 1","number":"7","postalCode":"32000","state":"Chihuahua"}"#
    try data.send(
      .catalog,
      bytes: [
        CatalogEvent.event(
          "immex.company.v1", "c", CatalogEvent.start,
          #"{"rfc":"\#(Facts.rfc)","name":"Uno","immexProgram":"1","fiscalAddress":\#(parts)}"#),
        CatalogEvent.event(
          "immex.plant.v1", "p", CatalogEvent.start,
          #"{"plant":"JUA1","rfc":"\#(Facts.rfc)","name":"P","address":\#(parts),"#
            + #""kind":"warehouse"}"#),
        CatalogEvent.event(
          "immex.part.v1", "m", CatalogEvent.start,
          #"{"part":"M-1","kind":"material","description":"T","tariffItem":"85340099","nico":"01","#
            + #""uom":6,"tariffUom":1,"category":"108-I","conversions":[]}"#),
      ])
    let address = "Calle 1,7,32000,,Chihuahua"
    #expect(
      try data.rows("contribuyente") == [
        "\(Facts.rfc),Uno,1,,JUA1,P,\"Calle 1 7, 32000, Chihuahua\",,bodega,\(address),\(address)"
      ])
    #expect(try data.rows("materiales")[0].hasSuffix(",material,108-I,,kilo"))
  }

  @Test func partiesAreThereByKindUntilTheyAreGone() throws {
    func party(_ party: String, _ kind: String, _ name: String, time: String) -> [UInt8] {
      CatalogEvent.event(
        "immex.party.v1", "\(party)\(kind)\(time)", time,
        #"{"party":"\#(party)","name":"\#(name)","kind":"\#(kind)","country":"USA"}"#)
    }
    let data = try DataFolder()
    try data.send(
      .catalog, key: "party|supplier|12-3",
      bytes: [
        party("12-3", "supplier", "New", time: "2026-01-02T00:00:00Z"),
        party("12-3", "supplier", "Old", time: "2026-01-01T00:00:00Z"),
      ])
    try data.send(
      .catalog, key: "party|customer|12-3",
      bytes: [party("12-3", "customer", "New", time: "2026-01-02T00:00:00Z")])
    #expect(
      try data.rows("contrapartes") == [
        ",,cliente,12-3,New,USA,,,,,", ",,proveedor,12-3,New,USA,,,,,",
      ])
    try data.send(.catalog, key: "party|customer|12-3", bytes: [nil])
    #expect(try data.rows("contrapartes") == [",,proveedor,12-3,New,USA,,,,,"])
  }

  @Test func aBillOfWhichNothingCountsAnyMoreIsGone() throws {
    let data = try DataFolder()
    try data.send(.catalog, key: "bom|P-1|1|", bytes: [CatalogEvent.bom("P-1")])
    try data.send(.catalog, key: "bom|P-2|1|", bytes: [CatalogEvent.bom("P-2", id: "c")])
    try data.send(.catalog, key: "bom|P-1|1|", bytes: [nil])
    #expect(try data.rows("estructuras").map { $0.split(separator: ",")[0] } == ["P-2"])
  }

  /// With two companies nobody can say whose a part number is.
  @Test func aPartIsNobodysWhereThereAreTwoCompanies() throws {
    let data = try DataFolder()
    try data.send(
      .catalog,
      bytes: [
        CatalogEvent.company(name: "Uno"),
        CatalogEvent.company("DEF010203AB1", name: "Dos", id: "d"), CatalogEvent.part("M-1"),
      ])
    #expect(try data.rows("materiales")[0].hasPrefix(",,M-1,"))
    #expect(try data.rows("contribuyente").count == 2)
  }
}
