import Ledger
import Messages
import ReportingService
import Testing

/// What the records and catalogue stages keep, as the reports show it.
@Suite struct DocumentReportTests {
  @Test func entriesHaveEveryColumn() throws {
    let data = try DataFolder()
    try data.send(
      .catalog,
      bytes: [
        CatalogEvent.company(name: "Maquila"), CatalogEvent.plant("JUA1", rfc: "XYZ990101AB2"),
        CatalogEvent.part("M-1", description: "=Ñ, tarjeta"), CatalogEvent.bom("P-1"),
      ])
    try data.send(
      .records,
      [
        try Facts.record(
          "260000000000001",
          lines: [
            try Facts.line(2, "12.5", due: "2027-07-10"), try Facts.line(10, of: "M-2", "1"),
            try Facts.line(1, of: "-M", plant: "JUA0", "1", value: "0"),
          ]),
        try Facts.record(
          "260000000000002", state: .listed, clave: "CT", lines: [try Facts.line()]),
        try Facts.record("260000000000003", state: .replaced, lines: [try Facts.line()]),
        try Facts.record("260000000000004", clave: "F4", lines: [try Facts.line()]),
      ])
    // The company is the record's, whatever plant the catalogue knows.
    let text = """
      rfc,razon_social,planta,pedimento,clave,linea,numero_parte,fecha_entrada,fraccion,nico,\
      descripcion,cantidad,unidad,valor_mxn,pais_origen,fecha_vencimiento
      ABC010203AB1,Maquila,JUA0,260000000000001,IN,1,'-M,2026-01-10,85340099,01,,1,pieza,0,USA,
      ABC010203AB1,Maquila,JUA1,260000000000001,IN,10,M-2,2026-01-10,85340099,01,,1,pieza,10.5,USA,
      ABC010203AB1,Maquila,JUA1,260000000000001,IN,2,M-1,2026-01-10,85340099,01,\
      "'=Ñ, tarjeta",12.5,pieza,10.5,USA,2027-07-10
      ABC010203AB1,Maquila,JUA1,260000000000002,CT,1,M-1,2026-01-10,85340099,01,\
      "'=Ñ, tarjeta",5,pieza,10.5,USA,

      """
    #expect(try data.export()["entradas"] == Facts.detailed(text, .entries))
  }

  @Test func whatAuditorsAskForStandsBehind() throws {
    let data = try DataFolder()
    var document = Details<DocumentDetail>()
    for name in DocumentDetail.allCases { document[name] = name.rawValue }
    (document[.clearedOn], document[.crossedOn]) = ("2026-01-12", "2026-01-13")
    document[.enteredOn] = "2026-01-09"
    var line = try Facts.line()
    var details = Details<LineDetail>()
    for name in LineDetail.allCases { details[name] = name.rawValue }
    (details[.valueUSD], details[.tariffUom], details[.brand]) = ("1.5", "1", "=A, B")
    line.details = details
    var entry = try Facts.record("260000000000001", lines: [line, try Facts.line(2)])
    entry.details = document
    var exit = try Facts.record(
      "262434567000009", clave: "RT", operation: .export, lines: [line])
    try data.send(.records, [entry, exit])
    #expect(
      try data.rows("entradas").map { String($0.dropFirst(86)) } == [
        "customsOffice,0000,broker,2026-01-12,transportDocument,notice,2026-01-13,2026-01-09,"
          + "description,\"'=A, B\",model,serial,supplier,invoice,invoiceDate,cove,sellerCountry,"
          + "dutyRate,dutyRateKind,formOfPayment,customsValueMXN,tariffQuantity,kilo,1.5,"
          + "assetTag,location",
        "customsOffice,0000,broker,2026-01-12,transportDocument,notice,2026-01-13,2026-01-09"
          + String(repeating: ",", count: 18),
      ])
    let row = try #require(try data.rows("salidas").first)
    #expect(
      row.hasSuffix(
        "10.5,destinationCountry,24,3456,,,,,,description,\"'=A, B\",model,serial,customer,"
          + "invoice,invoiceDate,cove,dutyRate,dutyRateKind,formOfPayment,tariffQuantity,kilo,1.5"
      ), "\(row)")
    // A later record that says none takes them back.
    (exit.revision, exit.lines[0].details) = (2, nil)
    try data.send(.records, [exit])
    #expect(
      try data.rows("salidas")[0].hasSuffix("10.5,,24,3456" + String(repeating: ",", count: 19)))
  }

  /// Of two sources that give one id and one time to different events the greater counts, in
  /// whatever order they come: as the documents stage has it.
  @Test(arguments: [["a", "b"], ["b", "a"]])
  func ofTwoSourcesTheGreaterCounts(_ order: [String]) throws {
    let data = try DataFolder()
    try data.send(
      .catalog, bytes: order.map { CatalogEvent.company(name: "Maquila \($0)", source: $0) })
    try data.send(
      .records, [try Facts.record("260000000000001", lines: [try Facts.line()])])
    let row = try data.export()["entradas"]?.split(separator: "\n").last ?? ""
    #expect(row.contains(",Maquila b,"), "\(row)")
  }

  @Test func exitsHaveEveryColumn() throws {
    let data = try DataFolder()
    try data.send(
      .records,
      [
        try Facts.record(
          "260000000000009", clave: "RT", operation: .export, lines: [try Facts.line()]),
        try Facts.record("260000000000008", clave: "A3", lines: [try Facts.line()]),
        try Facts.record(
          "ACTA-1", kind: .act, clave: "ACT", operation: .export, lines: [try Facts.line()]),
        try Facts.record(
          "T-1", kind: .move, clave: "MOVE", operation: nil, lines: [try Facts.line()]),
        try Facts.record("260000000000007", lines: [try Facts.line()]),
      ])
    let text = """
      rfc,razon_social,planta,documento,clave,linea,numero_parte,fecha,fraccion,nico,cantidad,\
      unidad,valor_mxn,destino
      ABC010203AB1,,JUA1,260000000000008,A3,1,M-1,2026-01-10,85340099,01,5,pieza,10.5,
      ABC010203AB1,,JUA1,260000000000009,RT,1,M-1,2026-01-10,85340099,01,5,pieza,10.5,
      ABC010203AB1,,JUA1,ACTA-1,ACT,1,M-1,2026-01-10,85340099,01,5,pieza,10.5,

      """
    #expect(try data.export()["salidas"] == Facts.detailed(text, .exits))
  }

  /// Kept and listed, with and without lines (Rules.md#R3.1).
  @Test func documentsWithoutEffectAreListedWithoutLinesToo() throws {
    let data = try DataFolder()
    var line = try Facts.line(2, "0", value: "7")
    (line.plant, line.part, line.uom) = ("", "", nil)
    try data.send(
      .records,
      [
        try Facts.record("260000000000001", state: .listed, clave: "CT"),
        try Facts.record("260000000000002", state: .listed, clave: "CT", lines: [line]),
        try Facts.record("260000000000003", state: .counts, clave: "IN"),
        try Facts.record("260000000000004", state: .waiting, clave: "CT"),
        try Facts.record("260000000000005", state: .listed, clave: "GC", operation: .export),
      ])
    let reports = try data.export()
    func own(_ report: String, _ columns: Int) throws -> [String] {
      try #require(reports[report]).split(separator: "\n").dropFirst().map { row in
        row.split(separator: ",", omittingEmptySubsequences: false).prefix(columns)
          .joined(separator: ",")
      }
    }
    #expect(
      try own("entradas", 16) == [
        "ABC010203AB1,,,260000000000001,CT,,,2026-01-10,,,,,,,,",
        "ABC010203AB1,,,260000000000002,CT,2,,2026-01-10,85340099,01,,0,,7,USA,",
      ])
    #expect(
      try own("salidas", 14) == ["ABC010203AB1,,,260000000000005,GC,,,2026-01-10,,,,,,"])
  }

  @Test(arguments: [true, false])
  func theLatestRecordReplacesLinesAndWhatWaits(inOneBatch: Bool) throws {
    let data = try DataFolder()
    let number = "260000000000001"
    let messages = [
      try Facts.record(
        number, lines: [try Facts.line(1), try Facts.line(2), try Facts.line(3)],
        pending: [Facts.pending("a"), Facts.pending("b")]),
      try Facts.record(
        number, revision: 3, lines: [try Facts.line(4, "7")], pending: [Facts.pending("c")]),
      try Facts.record(number, revision: 2, lines: [try Facts.line(5)]),
      // Another kind with the same number, and another company's, are other documents.
      try Facts.record(number, kind: .act, clave: "ACT", lines: [try Facts.line(6)]),
    ]
    if inOneBatch {
      try data.send(.records, messages)
    } else {
      for message in messages { try data.send(.records, [message]) }
    }
    let reports = try data.export()
    #expect(cells(reports["entradas"], column: 5) == ["4"])
    #expect(cells(reports["salidas"], column: 5) == ["6"])
    #expect(cells(reports["pendientes"], column: 0) == ["c"])
    #expect(try ReportTotals.read(dataDirectory: data.path).documents == 2)
  }

  @Test func aDocumentThatIsReplacedLeavesItsReport() throws {
    let data = try DataFolder()
    try data.send(.records, [try Facts.record("260000000000001", lines: [try Facts.line()])])
    #expect(try data.rows("entradas").count == 1)
    try data.send(
      .records,
      [
        try Facts.record(
          "260000000000001", state: .replaced, revision: 2, lines: [try Facts.line()])
      ])
    #expect(try data.rows("entradas") == [])
  }

  /// The greatest (time, id) counts, whatever the order of arrival (Rules.md#R3.4).
  @Test(arguments: 0..<6)
  func theLatestVersionOfTheCatalogueCounts(order: Int) throws {
    let data = try DataFolder()
    var versions = [
      ("a", "2026-01-01T00:00:00Z", "Old"), ("Z", "2026-01-02T00:00:00Z", "Newer"),
      ("b", "2026-01-02T00:00:00Z", "Newest"),
    ]
    let first = versions.remove(at: order / 2)
    if order % 2 == 1 { versions.reverse() }
    for (id, time, name) in [first] + versions {
      let rfc = name == "Newest" ? Facts.rfc : "XYZ990101AB2"
      try data.send(
        .catalog,
        bytes: [
          CatalogEvent.company(name: name, id: id, time: time),
          CatalogEvent.plant("JUA1", rfc: rfc, id: id, time: time),
          CatalogEvent.part(
            "M-1", uom: name == "Newest" ? 1 : 6, description: name, id: id, time: time),
        ])
    }
    try data.send(.ledger, [Facts.entry(demands: [try Facts.demand(1, shortage: "1")])])
    try data.send(.records, [try Facts.record("260000000000001", lines: [try Facts.line()])])
    let reports = try data.export()
    #expect(cells(reports["faltantes"], column: 0) == [Facts.rfc])
    #expect(cells(reports["faltantes"], column: 1) == ["Newest"])
    #expect(cells(reports["faltantes"], column: 7) == ["kilo"])
    #expect(cells(reports["entradas"], column: 10) == ["Newest"])
  }
}

/// One column of a report whose cells hold no commas.
func cells(_ report: String?, column: Int) -> [String] {
  (report ?? "").split(separator: "\n").dropFirst().map { row in
    let cells = row.split(separator: ",", omittingEmptySubsequences: false)
    return column < cells.count ? String(cells[column]) : "no such column"
  }
}
